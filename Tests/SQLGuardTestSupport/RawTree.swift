import CPgQuery
import ServiceRuntime

/// What stands in the parser's JSON, by the general JSON parser and without knowing where it belongs.
struct RawTree {
    struct Relation {
        let schema: String?
        let name: String
    }

    /// Names of all fields, those that say a node's kind among them.
    private(set) var kinds: Set<String> = []
    private(set) var functions: [String] = []
    private(set) var relations: [Relation] = []
    private(set) var commonTables: Set<String> = []

    /// Nil for what does not parse, or is nested more deeply than documents are.
    init?(_ sql: String) {
        let result = sql.withCString { pg_query_parse($0) }
        defer { pg_query_free_parse_result(result) }
        guard result.error == nil, let json = result.parse_tree,
            let value = try? JSONValue(parsing: String(cString: json))
        else { return nil }
        collect(value)
    }

    private mutating func collect(_ value: JSONValue) {
        switch value {
        case .array(let elements):
            for element in elements { collect(element) }
        case .object(let members):
            kinds.formUnion(members.keys)
            if let name = members["relname"]?.string {
                relations.append(Relation(schema: members["schemaname"]?.string, name: name))
            }
            if let name = members["ctename"]?.string { commonTables.insert(name) }
            if case .array(let parts)? = members["funcname"], let name = parts.last?["String"]?["sval"]?.string {
                functions.append(name)
            }
            for member in members.values { collect(member) }
        case .null, .bool, .integer, .number, .string: break
        }
    }
}

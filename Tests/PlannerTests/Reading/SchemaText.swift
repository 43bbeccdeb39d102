import Planner

/// A schema in a few lines, as tests write it.
///
///     table | description
///       column type! -> table | description | value, value
///
/// An exclamation mark says NOT NULL; the first column is the key, unless its type is marked with `~`.
enum SchemaText {
    static func source(_ text: String) -> (source: SemanticSource, values: [String: [String]]) {
        var tables: [SemanticSource.Table] = []
        var values: [String: [String]] = [:]
        for line in text.split(separator: "\n") where line.contains(where: { $0 != " " }) {
            let parts = line.split(separator: "|", omittingEmptySubsequences: false).map(trimmed)
            let description = parts.count > 1 ? parts[1] : ""
            guard line.hasPrefix("  ") else {
                tables.append(.init(name: parts[0], description: description, columns: []))
                continue
            }
            guard let table = tables.indices.last else { continue }
            let head = parts[0].split(separator: " ").map(String.init)
            var type = head.count > 1 ? head[1] : "text"
            let isRequired = type.hasSuffix("!")
            let isPlain = type.hasSuffix("~")
            if isRequired || isPlain { type.removeLast() }
            let isKey = tables[table].columns.isEmpty && !isPlain
            tables[table].columns.append(
                .init(
                    name: head[0], type: types[type] ?? type, isNullable: !isKey && !isRequired,
                    description: description))
            if isKey { tables[table].primaryKey = [head[0]] }
            if head.count > 3, head[2] == "->" {
                tables[table].foreignKeys.append(
                    .init(columns: [head[0]], table: TableID(name: head[3]), referencedColumns: []))
            }
            if parts.count > 2 {
                values["\(tables[table].name).\(head[0])"] = parts[2].split(separator: ",").map(trimmed)
            }
        }
        for table in tables.indices {
            for key in tables[table].foreignKeys.indices {
                let target = tables[table].foreignKeys[key].table.name
                let primary = tables.first { $0.name == target }?.primaryKey ?? []
                tables[table].foreignKeys[key].referencedColumns = primary
            }
        }
        return (SemanticSource(tables: tables), values)
    }

    private static let types = [
        "int": "integer", "num": "numeric(12,2)", "ts": "timestamp with time zone", "bool": "boolean",
    ]

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

import ServiceRuntime

/// A knowledge entry as `search_knowledge` returns it: kind, source, and the entry's own fields.
enum KnowledgeRecord {
    static func json(_ entry: KnowledgeEntry) throws -> JSONValue {
        let fields: JSONValue =
            switch entry.content {
            case .table(let value): try JSONValue(encoding: value)
            case .query(let value): try JSONValue(encoding: value)
            case .metric(let value): try JSONValue(encoding: value)
            case .rule(let value): try JSONValue(encoding: value)
            case .gotcha(let value): try JSONValue(encoding: value)
            case .document(let value): try JSONValue(encoding: value)
            case .business(let value): try JSONValue(encoding: value)
            }
        return ["kind": .string(entry.content.kind.rawValue), "source": .string(entry.source), "entry": fields]
    }

    /// nil for what this version does not know.
    static func entry(_ json: JSONValue) -> KnowledgeEntry? {
        guard let kind = json["kind"]?.string.flatMap(KnowledgeContent.Kind.init), let fields = json["entry"],
            let content = try? content(kind, fields)
        else { return nil }
        return KnowledgeEntry(content: content, source: json["source"]?.string ?? "")
    }

    private static func content(_ kind: KnowledgeContent.Kind, _ fields: JSONValue) throws -> KnowledgeContent {
        switch kind {
        case .table: .table(try fields.decode())
        case .query: .query(try fields.decode())
        case .metric: .metric(try fields.decode())
        case .rule: .rule(try fields.decode())
        case .gotcha: .gotcha(try fields.decode())
        case .document: .document(try fields.decode())
        case .business: .business(try fields.decode())
        }
    }
}

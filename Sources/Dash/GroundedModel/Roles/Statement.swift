import ServiceRuntime

/// What the built-in model runs for a candidate.
struct Statement: Sendable, Equatable {
    var sql: String
    /// The query whose words the statement has.
    var name: String

    /// nil where a list cannot be made as long as it was asked for.
    init?(_ candidate: Candidate) {
        let body = SQLOutline.body(candidate.query.sql)
        name = candidate.query.name
        guard let rows = candidate.rows else {
            sql = body
            return
        }
        guard let head = Self.beforeLimit(body) else { return nil }
        sql = "\(head)LIMIT \(rows)"
    }

    var arguments: JSONValue {
        ["sql": .string(sql), "query_name": .string(name)]
    }

    /// The statement up to a LIMIT that ends it; nil where it ends otherwise.
    static func beforeLimit(_ sql: String) -> Substring? {
        guard let words = SQLWords.topLevel(of: sql), let last = words.last, last.text == "limit",
            Int(SourceText.trimmed(sql[last.range.upperBound...])) != nil
        else { return nil }
        return sql[..<last.range.lowerBound]
    }
}

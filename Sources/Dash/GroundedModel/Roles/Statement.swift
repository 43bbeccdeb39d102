import Planner
import Postgres
import ServiceRuntime

/// What the built-in model runs for a candidate.
struct Statement: Sendable, Equatable {
    var sql: String
    /// The query or metric whose words the statement has.
    var name: String?

    /// nil where a metric's definition cannot be computed by one statement.
    init?(_ candidate: Candidate) {
        switch candidate.source {
        case .query(let query, _):
            let body = SQLOutline.body(query.sql)
            guard let rows = candidate.rows else {
                (sql, name) = (body, query.name)
                return
            }
            guard let head = Self.beforeLimit(body) else { return nil }
            (sql, name) = ("\(head)LIMIT \(rows)", query.name)
        case .metric(let metric, let request):
            guard let statement = try? MetricStatement(for: metric, request) else { return nil }
            (sql, name) = (statement.sql, metric.name)
        case .rowCount(let table):
            sql =
                "SELECT count(*) AS number_of_\(Words.slug(Words.plain(Lexicon.unqualified(table))) ?? "rows")\nFROM \(Self.relation(table))"
        case .values(let table, let column):
            let column = SQLIdentifier.sql(column)
            sql =
                "SELECT DISTINCT \(column)\nFROM \(Self.relation(table))\nWHERE \(column) IS NOT NULL\nORDER BY 1\nLIMIT 100"
        }
    }

    var arguments: JSONValue {
        var members: [String: JSONValue] = ["sql": .string(sql)]
        if let name { members["query_name"] = .string(name) }
        return .object(members)
    }

    /// The statement up to a LIMIT that ends it; nil where it ends otherwise.
    static func beforeLimit(_ sql: String) -> Substring? {
        guard let words = SQLWords.topLevel(of: sql), let last = words.last, last.text == "limit",
            Int(SourceText.trimmed(sql[last.range.upperBound...])) != nil
        else { return nil }
        return sql[..<last.range.lowerBound]
    }

    private static func relation(_ name: String) -> String {
        let parts = SQLIdentifier.parts(of: name)
        return parts.isEmpty ? SQLIdentifier.sql(name) : parts.map(SQLIdentifier.sql).joined(separator: ".")
    }
}

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
            (sql, name) = (SQLOutline.body(query.sql), query.name)
        case .metric(let metric, let request):
            guard let sql = MetricSQL.statement(for: metric, request) else { return nil }
            (self.sql, name) = (sql, metric.name)
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

    private static func relation(_ name: String) -> String {
        let parts = SQLIdentifier.parts(of: name)
        return parts.isEmpty ? SQLIdentifier.sql(name) : parts.map(SQLIdentifier.sql).joined(separator: ".")
    }
}

import Postgres
import ServiceRuntime

/// How many entries there are and how common their words: what PostgreSQL's ANALYZE found.
struct KnowledgeStatistics: Sendable {
    /// Up to here words are counted in the index itself.
    private static let exactLimit = 4_000

    var entries: Int
    var isExact: Bool
    private var fractions: [String: Double] = [:]
    private var headFractions: [String: Double] = [:]

    /// Of a word that is not among the common ones, a few entries are expected to hold it.
    func entries(holding lexeme: String) -> Double {
        max(1, (fractions[lexeme] ?? rarest(fractions)) * Double(entries))
    }

    func headEntries(holding lexeme: String) -> Double {
        max(1, (headFractions[lexeme] ?? rarest(headFractions)) * Double(entries))
    }

    private func rarest(_ fractions: [String: Double]) -> Double {
        (fractions.values.min() ?? 0) / 4
    }

    static func read(on connection: PostgresConnection) async throws -> Self {
        let counted = try await connection.query(
            """
            SELECT count(*) AS entries,
                (SELECT reltuples::bigint FROM pg_catalog.pg_class WHERE oid = 'ai.knowledge_index'::regclass) AS estimate
            FROM (SELECT FROM ai.knowledge_index LIMIT \(exactLimit + 1)) AS sample
            """)
        guard let row = counted.rows.first else { return Self(entries: 0, isExact: true) }
        let entries: Int = try row.decode("entries")
        guard entries > exactLimit else { return Self(entries: entries, isExact: true) }
        var statistics = Self(entries: max(entries, try row.decode("estimate")), isExact: false)
        let common = try await connection.query(
            """
            SELECT attname, lexeme, fraction
            FROM pg_catalog.pg_stats
            CROSS JOIN LATERAL unnest(most_common_elems::text::text[], most_common_elem_freqs) AS e (lexeme, fraction)
            WHERE schemaname = 'ai' AND tablename = 'knowledge_index' AND attname IN ('head', 'search')
                AND lexeme IS NOT NULL
            """)
        for row in common.rows {
            let lexeme: String = try row.decode("lexeme")
            let fraction: Double = try row.decode("fraction")
            if row["attname"] == "head" {
                statistics.headFractions[lexeme] = fraction
            } else {
                statistics.fractions[lexeme] = fraction
            }
        }
        return statistics
    }
}

extension KnowledgeStatistics {
    private init(entries: Int, isExact: Bool) {
        self.entries = entries
        self.isExact = isExact
    }
}

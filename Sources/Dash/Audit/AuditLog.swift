import Agents
package import FoundationEssentials
package import Postgres
import ServiceRuntime

/// `ai.audit`: every statement of an agent, who asked for it and what became of it.
///
/// The daemon's role may add and read, not change: the table belongs to `dash_owner`.
package struct AuditLog: Sendable {
    /// Which entries; all conditions hold.
    package struct Filter: Sendable {
        package var since: Date?
        /// The asker's whole id (`slack:T1:U1`, `local:ada`) or the last part of it.
        package var user: String?
        package var limit = 100

        package init() {}
    }

    private static let longestText = 65_536
    private let client: PostgresClient

    package init(client: PostgresClient) {
        self.client = client
    }

    /// Throws `PostgresError`: an outcome that cannot be recorded must not be used.
    package func record(_ entry: AuditEntry) async throws {
        try await client.query(
            """
            INSERT INTO ai.audit (run_id, team, asker, channel, surface, question, agent, sql, verdict, layer, reason,
                sqlstate, rows, milliseconds)
            VALUES (\(entry.context.runID?.description)::uuid, \(entry.context.origin.team), \(entry.context.asker.id),
                \(entry.context.origin.channel), \(entry.context.origin.surface.rawValue),
                \(entry.context.question?.storable(Self.longestText)), \(entry.agent.rawValue),
                \(entry.sql.storable(Self.longestText)), \(entry.verdict.outcome.rawValue),
                \(entry.verdict.layer?.rawValue), \(entry.verdict.reason?.storable(Self.longestText)),
                \(entry.verdict.sqlState), \(entry.rows), \(entry.milliseconds))
            """)
    }

    /// The latest entries that pass the filter, oldest first.
    package func entries(_ filter: Filter = Filter()) async throws -> [AuditEntry] {
        let rows = try await client.query(
            """
            SELECT extract(epoch FROM at)::float8 AS time, run_id::text AS run_id, team, asker, channel, surface,
                question, agent, sql, verdict, layer, reason, sqlstate, rows, milliseconds
            FROM (
                SELECT * FROM ai.audit
                WHERE at >= coalesce(\(filter.since)::timestamptz, '-infinity')
                    AND (\(filter.user)::text IS NULL OR asker = \(filter.user)
                        OR right(asker, length(\(filter.user)::text) + 1) = ':' || \(filter.user))
                ORDER BY id DESC LIMIT \(filter.limit)
            ) AS latest
            ORDER BY id
            """
        ).rows
        return try rows.map(Self.entry)
    }

    private static func entry(_ row: PostgresRow) throws -> AuditEntry {
        let outcome: String = try row.decode("verdict")
        return AuditEntry(
            time: Date(timeIntervalSince1970: try row.decode("time")),
            context: StatementContext(
                asker: Asker(id: row["asker"] ?? ""),
                origin: Origin(
                    surface: row["surface"].flatMap(Origin.Surface.init) ?? .system, team: row["team"],
                    channel: row["channel"]),
                runID: row["run_id"].flatMap { UUID(uuidString: $0) }.map { RunID(rawValue: $0) },
                question: row["question"]),
            agent: AgentName(rawValue: try row.decode("agent")), sql: try row.decode("sql"),
            verdict: StatementVerdict(
                StatementVerdict.Outcome(rawValue: outcome) ?? .failed,
                layer: row["layer"].flatMap(StatementVerdict.Layer.init), reason: row["reason"],
                sqlState: row["sqlstate"]),
            rows: try row.decodeIfPresent("rows"),
            milliseconds: try row.decodeIfPresent("milliseconds") ?? 0)
    }
}

extension String {
    /// Without what looks like a secret, cut where it is longer, without NUL, which PostgreSQL cannot keep.
    fileprivate func storable(_ limit: Int) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: SecretScan.process.clean(self).unicodeScalars.prefix(limit).lazy.filter { $0 != "\0" })
        return String(text)
    }
}

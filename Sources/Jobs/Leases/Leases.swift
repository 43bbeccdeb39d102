package import FoundationEssentials
package import Postgres
import ServiceRuntime

/// Takes leases for one holder, which is most often a process.
///
/// A row and not an advisory lock: anybody who may log in could take that one. The row's times are the database's; a
/// holder times its trust by a clock of its own, which no change of the date moves.
package struct Leases: Sendable {
    /// The share of a lease after which its holder no longer trusts it.
    private static let trustedShare = 0.9
    /// How long giving a lease back may take; otherwise it runs out.
    static let farewell = Duration.seconds(2)

    package let holder: UUID
    private let client: PostgresClient
    private let stopwatch: Stopwatch

    package init(client: PostgresClient, holder: UUID = UUID(), clock: some Clock<Duration> = ContinuousClock()) {
        self.client = client
        self.holder = holder
        stopwatch = Stopwatch(clock)
    }

    /// Nil while somebody else has it.
    package func take(_ name: LeaseName, for duration: Duration) async throws -> Lease? {
        let sentAt = stopwatch.elapsed
        // Only a row that is free is written, so that those who wait leave no dead rows behind.
        let rows = try await client.query(
            """
            WITH free AS (
                UPDATE ai.leases SET holder = \(holder),
                    term = term + CASE WHEN holder = \(holder) THEN 0 ELSE 1 END,
                    until = clock_timestamp() + make_interval(secs => \(duration.inSeconds)::double precision)
                WHERE name = \(name.rawValue) AND (holder = \(holder) OR until <= clock_timestamp())
                RETURNING term
            ), new AS (
                INSERT INTO ai.leases (name, holder, term, until)
                SELECT \(name.rawValue), \(holder)::uuid, 1,
                    clock_timestamp() + make_interval(secs => \(duration.inSeconds)::double precision)
                WHERE NOT EXISTS (SELECT FROM ai.leases WHERE name = \(name.rawValue))
                ON CONFLICT DO NOTHING
                RETURNING term
            )
            SELECT term FROM free UNION ALL SELECT term FROM new
            """
        ).rows
        return try rows.first.map { row in
            Lease(
                name, holder: holder, term: try row.decode("term"), stopwatch: stopwatch,
                trustedUntil: sentAt + duration * Self.trustedShare)
        }
    }

    /// False where somebody else has it now.
    package func renew(_ lease: Lease, for duration: Duration) async throws -> Bool {
        let sentAt = stopwatch.elapsed
        let renewed = try await client.query(
            """
            UPDATE ai.leases
            SET until = clock_timestamp() + make_interval(secs => \(duration.inSeconds)::double precision)
            WHERE name = \(lease.name.rawValue) AND holder = \(lease.holder) AND term = \(lease.term)
            """)
        guard renewed.affectedRows == 1 else { return false }
        lease.extend(to: sentAt + duration * Self.trustedShare)
        return true
    }

    /// Lets somebody else have it at once.
    package func release(_ lease: Lease) async throws {
        try await client.query(
            """
            UPDATE ai.leases SET holder = NULL, until = clock_timestamp()
            WHERE name = \(lease.name.rawValue) AND holder = \(lease.holder) AND term = \(lease.term)
            """, within: Self.farewell)
    }
}

package import FoundationEssentials
package import Postgres
import ServiceRuntime

/// The name of something that one replica at a time may do.
package struct LeaseName: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }
    package var description: String { rawValue }
}

/// The right to do something for a while, held in one row of `ai.leases`.
package final class Lease: Sendable {
    package let name: LeaseName
    package let holder: UUID
    /// Counts up with every change of the holder.
    package let term: Int64
    private let stopwatch: Stopwatch
    private let trustedUntil: Locked<Duration>

    init(_ name: LeaseName, holder: UUID, term: Int64, stopwatch: Stopwatch, trustedUntil: Duration) {
        self.name = name
        self.holder = holder
        self.term = term
        self.stopwatch = stopwatch
        self.trustedUntil = Locked(trustedUntil)
    }

    /// False some time before the database lets somebody else have it, so that clocks may differ a little.
    package var isTrusted: Bool { trust > .zero }

    /// Locks the lease until the end of the caller's transaction, which can so commit only while it is held.
    ///
    /// To be called late: a renewal waits for the transaction. Throws `LeaseLost`; then roll back.
    package func verify(on connection: PostgresConnection) async throws {
        let held = try await connection.query(
            """
            SELECT FROM ai.leases WHERE name = \(name.rawValue) AND holder = \(holder) AND term = \(term) FOR SHARE
            """)
        guard held.rows.count == 1 else { throw LeaseLost(name: name) }
    }

    /// How long it is trusted still.
    var trust: Duration { trustedUntil.withLock { $0 } - stopwatch.elapsed }

    func extend(to moment: Duration) {
        trustedUntil.withLock { $0 = max($0, moment) }
    }
}

/// Somebody else has it now: what was done under the lease must be rolled back.
package struct LeaseLost: Error, Sendable, CustomStringConvertible {
    package var name: LeaseName
    package var description: String { "the lease \(name) has passed to another replica" }
}

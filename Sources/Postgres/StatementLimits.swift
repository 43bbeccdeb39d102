import ServiceRuntime

/// How long statements over a connection may take: what the server ends, and what the client no longer waits for.
///
/// Every connection has them, so that nothing waits for ever: not behind a lock, not for a server that hangs, not for a
/// peer that has gone without a word. Work that takes longer says so, with limits of its own for its transaction.
package struct StatementLimits: Sendable, Equatable {
    /// The server ends a longer statement (57014).
    package var statement: Duration
    /// The server ends a longer wait for a lock (55P03).
    package var lock: Duration
    /// The server ends a session that leaves a transaction open for longer without a statement (25P03).
    package var idleInTransaction: Duration
    /// The client gives up a connection that has said nothing for this long while an answer is due
    /// (`PostgresError(.connectionLost)`); longer than `statement`, so that a server that is alive speaks first.
    package var silence: Duration

    package init(
        statement: Duration, lock: Duration = .seconds(10), idleInTransaction: Duration = .seconds(60),
        silence: Duration? = nil
    ) {
        self.statement = statement
        self.lock = lock
        self.idleInTransaction = idleInTransaction
        self.silence = silence ?? statement + .seconds(5)
    }

    /// Dash's own statements, which take milliseconds.
    package static let usual = StatementLimits(statement: .seconds(30))
    /// Whole tables are read, written or built: migrations, set-up, loading. Whoever else does so is waited for.
    package static let long = StatementLimits(statement: .seconds(15 * 60), lock: .seconds(60))

    /// The server's part.
    var settings: [String: String] {
        [
            "statement_timeout": Self.milliseconds(statement), "lock_timeout": Self.milliseconds(lock),
            "idle_in_transaction_session_timeout": Self.milliseconds(idleInTransaction),
        ]
    }

    /// A number without a unit, as every version reads it; zero would be no limit.
    private static func milliseconds(_ duration: Duration) -> String {
        String(min(max(1, duration.inMilliseconds), Int(Int32.max)))
    }
}

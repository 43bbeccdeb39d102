package import Postgres
package import ServiceRuntime

/// Statements that went on after they had been cancelled, until the server shows that they are over.
///
/// Nothing ends such a statement but itself. Until then it takes a session and a core from others, so its asker gets no
/// further one, and of each agent's sessions no more are abandoned and in use together than `SandboxSessions.limit`.
/// Everything here is about this process; replicas do not see each other's.
package final class AbandonedStatements: Service {
    private struct Statement {
        var agent: String
        var asker: String?
        var processID: Int
        /// The server's name of its transaction, as which no later one of the same process is taken for it; nil until the
        /// server has been asked.
        var transaction: String?
        var since: ContinuousClock.Instant
    }

    private struct State {
        var lastID = 0
        var statements: [Int: Statement] = [:]
        var inUse: [String: Int] = [:]
    }

    /// On whose behalf the task's statements run.
    @TaskLocal static var asker: String?

    /// What an asker waits at most, and what is believed of a statement where the server cannot be asked.
    static let longestBan = Duration.seconds(900)
    /// Short for a gauge that alerts are made from, long for a query of `pg_locks`.
    private static let interval = Duration.seconds(10)
    private static let longestLook = Duration.seconds(2)

    private let client: PostgresClient
    private let logger: Logger
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Locked(State())

    /// - Parameter client: the daemon's role on the server where the statements run; it sees which transactions there are,
    ///   whoever they belong to.
    package init(
        client: PostgresClient, logger: Logger, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.client = client
        self.logger = logger
        self.now = now
    }

    /// How many of them go on, as far as is known.
    package var count: Int { state.withLock(\.statements.count) }

    /// Looks at intervals until shutdown, so that the count is right while nobody asks anything.
    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: Self.interval)
                await self.refresh()
            }
        }
    }

    /// Throws `SQLFailure` of class `limit` while more than `tolerated` statements of the asker go on.
    func requireEnd(ofThoseBy asker: String, tolerating tolerated: Int) async throws {
        guard banned(asker).count > tolerated else { return }
        await refresh()
        let begun = banned(asker)
        guard begun.count > tolerated, let first = begun.min() else { return }
        let minutes = max(1, Int(((first + Self.longestBan - now()).inSeconds / 60).rounded(.up)))
        throw SQLFailure(
            .limit, message: "a statement of yours still runs on the server and cannot be stopped",
            hint:
                "Nothing else of yours runs until it has ended, \(minutes) more \(minutes == 1 ? "minute" : "minutes") "
                + "at the most. Do not send it again; ask later.")
    }

    // MARK: - For who has a session

    /// Counts a session of the agent as in use; to be followed by `leave`. Throws `SQLFailure.busy` where those that were
    /// abandoned leave none.
    func enter(_ sessions: SandboxSessions) async throws {
        if takeSession(sessions) { return }
        await refresh()
        guard takeSession(sessions) else { throw SQLFailure.busy }
    }

    func leave(_ sessions: SandboxSessions) {
        state.withLock { $0.inUse[sessions.agent, default: 1] -= 1 }
    }

    /// Remembers what runs in this process of the server. Also for a task that has been cancelled.
    func add(_ processID: Int, of sessions: SandboxSessions) async {
        let statement = Statement(
            agent: sessions.agent, asker: Self.asker, processID: processID, since: now())
        state.withLock { state in
            state.lastID += 1
            state.statements[state.lastID] = statement
        }
        await Task { await refresh() }.value
    }

    private func takeSession(_ sessions: SandboxSessions) -> Bool {
        state.withLock { state in
            let abandoned = state.statements.values.count { $0.agent == sessions.agent }
            guard state.inUse[sessions.agent, default: 0] + abandoned < sessions.limit else { return false }
            state.inUse[sessions.agent, default: 0] += 1
            return true
        }
    }

    private func banned(_ asker: String) -> [ContinuousClock.Instant] {
        let start = now() - Self.longestBan
        return state.withLock { state in
            state.statements.values.filter { $0.asker == asker && $0.since > start }.map(\.since)
        }
    }

    // MARK: - Looking

    /// Forgets what is over.
    private func refresh() async {
        let asked = state.withLock(\.statements)
        guard !asked.isEmpty else { return }
        do {
            let running = try await withTimeout(Self.longestLook) { [client] in
                try await Self.transactions(of: asked.values.map(\.processID), client)
            }
            settle(asked) { statement in
                guard let transaction = running[statement.processID] else { return nil }
                guard let known = statement.transaction else { return transaction }
                return known == transaction ? known : nil
            }
        } catch {
            logger.debug("abandoned statements cannot be looked for", ["error": "\(error)"])
            let start = now() - Self.longestBan
            settle(asked) { $0.since > start ? $0.transaction ?? "" : nil }
        }
    }

    /// `transaction` says in which transaction a statement is; nil where it is over.
    private func settle(_ asked: [Int: Statement], _ transaction: (Statement) -> String?) {
        for (id, statement) in asked {
            let transaction = transaction(statement)
            let isOver = state.withLock { state in
                guard state.statements[id] != nil else { return false }
                guard let transaction else { return state.statements.removeValue(forKey: id) != nil }
                state.statements[id]?.transaction = transaction.isEmpty ? nil : transaction
                return false
            }
            if isOver {
                logger.info(
                    "an abandoned statement has ended", ["agent": statement.agent, "pid": "\(statement.processID)"])
            }
        }
    }

    /// Of the server's processes, those with a transaction, and its name. Everybody may see that; of a session of another
    /// role nothing else would tell it from a later one.
    private static func transactions(of processIDs: [Int], _ client: PostgresClient) async throws -> [Int: String] {
        let result = try await client.query(
            """
            SELECT pid, virtualtransaction AS transaction FROM pg_catalog.pg_locks
            WHERE locktype = 'virtualxid' AND mode = 'ExclusiveLock' AND granted AND pid = ANY(\(processIDs)::int[])
            """)
        var transactions: [Int: String] = [:]
        for row in result.rows { transactions[try row.decode("pid")] = row["transaction"] }
        return transactions
    }
}

/// The sessions in which an agent's statements run.
struct SandboxSessions: Sendable {
    let agent: String
    /// Those that are in use and those that were abandoned, together.
    let limit: Int
    let abandoned: AbandonedStatements

    func enter() async throws { try await abandoned.enter(self) }
    func leave() { abandoned.leave(self) }
    func abandon(_ processID: Int) async { await abandoned.add(processID, of: self) }
}

import Postgres
package import ServiceRuntime

/// Whether statements of agents may run at the moment: the gate in front of both runners.
///
/// It closes when a check of the rights finds something fatal and opens again when nothing is left, so an administrator
/// fixes a grant while Dash runs. Checked every minute, and before a statement where the last check is older.
package final class SQLGate: Service {
    package enum State: Sendable, Equatable {
        /// Not checked yet.
        case unknown
        case on
        /// With what is wrong; never empty.
        case off([SetupFinding])
    }

    private struct Content {
        var state = State.unknown
        var checkedAt: ContinuousClock.Instant?
        var isChecking = false
    }

    /// So long a right that somebody widens goes unnoticed.
    private static let interval = Duration.seconds(60)
    /// While it is closed somebody is likely to be fixing it.
    private static let intervalWhileOff = Duration.seconds(5)
    /// Without a successful check for longer than this nothing runs.
    private static let longestTrust = Duration.seconds(300)

    private let check: @Sendable () async throws -> [SetupFinding]
    private let logger: Logger
    private let now: @Sendable () -> ContinuousClock.Instant
    private let content = Locked(Content())

    /// - Parameter check: everything that is wrong with roles and rights; only what is fatal counts here.
    package init(
        logger: Logger, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        check: @escaping @Sendable () async throws -> [SetupFinding]
    ) {
        self.logger = logger
        self.now = now
        self.check = check
    }

    package var state: State { content.withLock(\.state) }

    /// Returns where statements may run.
    ///
    /// Throws `SQLToolsOff` where they may not, `PostgresError` where the server that would know is away, and
    /// `CancellationError`.
    package func require() async throws {
        switch try await current() {
        case .on: return
        case .off(let findings): throw SQLToolsOff(findings: findings)
        case .unknown: throw SQLToolsOff(findings: [])
        }
    }

    /// Takes over what a check elsewhere, for example set-up, has just found.
    package func settle(_ findings: [SetupFinding]) {
        let fatal = findings.filter(\.isFatal)
        let next = fatal.isEmpty ? State.on : .off(fatal)
        let time = now()
        let before = content.withLock { content in
            defer {
                content.state = next
                content.checkedAt = time
            }
            return content.state
        }
        tell(next, before)
    }

    /// Checks at intervals until shutdown.
    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while true {
                    var isOff = false
                    if case .off = self.state { isOff = true }
                    try await Task.sleep(for: isOff ? Self.intervalWhileOff : Self.interval)
                    do {
                        _ = try await self.refreshed()
                    } catch is CancellationError {
                        throw CancellationError()
                    } catch {
                        self.logger.warning("the rights could not be checked", ["error": "\(error)"])
                    }
                }
            }
        } catch is CancellationError {}
    }

    // MARK: - Checking

    private func current() async throws -> State {
        let (state, age) = content.withLock { content in
            (content.state, content.checkedAt.map { now() - $0 } ?? Self.longestTrust)
        }
        switch state {
        case .on where age < Self.interval, .off where age < Self.intervalWhileOff: return state
        default: return try await refreshed()
        }
    }

    /// One checks; the others go by what is known, unless nothing is.
    private func refreshed() async throws -> State {
        let known = content.withLock { content -> State? in
            if content.isChecking, content.state != .unknown, !isTooOld(content) { return content.state }
            content.isChecking = true
            return nil
        }
        if let known { return known }
        defer { content.withLock { $0.isChecking = false } }
        do {
            settle(try await check())
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as PostgresError {
            try Task.checkCancellation()
            // The statement itself will show that the server is away.
            guard error.isPassing else {
                settle([Self.uncheckable(error.message)])
                return state
            }
            let trusted = content.withLock { isTooOld($0) ? .unknown : $0.state }
            if trusted == .unknown { throw error }
            return trusted
        }
        return state
    }

    private func isTooOld(_ content: Content) -> Bool {
        content.checkedAt.map { now() - $0 > Self.longestTrust } ?? true
    }

    private static func uncheckable(_ cause: String) -> SetupFinding {
        SetupFinding(
            .fatal, .check, "the rights of the sandbox roles cannot be checked: \(cause)",
            remedy: "dashd setup, with DB_USER and DB_PASS of an administrator; it grants what the check reads")
    }

    private func tell(_ state: State, _ before: State) {
        guard state != before else { return }
        switch state {
        case .off(let findings):
            for finding in findings {
                logger.error(
                    "SQL tools are off", ["finding": finding.message, "remedy": finding.remedy ?? "run dashd doctor"])
            }
        case .on where before != .unknown: logger.notice("SQL tools are on again")
        case .on, .unknown: break
        }
    }
}

import ServiceRuntime

/// Performs what `PoolState` decides: holds the waiting tasks, opens and closes connections outside the lock.
final class ConnectionPool: Sendable {
    typealias Machine = PoolState<PostgresConnection>

    private struct State {
        var machine: Machine
        var lastWaiter: Machine.WaiterID = 0
        var waiting: [Machine.WaiterID: CheckedContinuation<Machine.Grant, any Error>] = [:]
        var drained: [CheckedContinuation<Void, Never>] = []
        /// Set once a server refused start-up options: the next connections do without from the start.
        var useStartupOptions = true
        var abandonedSessions = 0
    }

    private let state: Locked<State>
    private let configuration: PostgresConfiguration
    private let maximumConnections: Int
    private let leaseTimeout: Duration
    private let eventLoop: EventLoop
    private let logger: Logger

    init(
        configuration: PostgresConfiguration, maximumConnections: Int, leaseTimeout: Duration, eventLoop: EventLoop,
        logger: Logger
    ) {
        self.configuration = configuration
        self.maximumConnections = maximumConnections
        self.leaseTimeout = leaseTimeout
        self.eventLoop = eventLoop
        self.logger = logger
        state = Locked(State(machine: Machine(maximumConnections: maximumConnections)))
    }

    /// A connection that is alive as far as can be told without asking. To be given to `giveBack`.
    func lease() async throws -> PostgresConnection {
        try Task.checkCancellation()
        switch try await grant() {
        case .reuse(let connection):
            if connection.isAlive() { return connection }
            logger.debug("an idle connection had died")
            return try await open()
        case .open:
            return try await open()
        }
    }

    /// Replaces a leased connection by a fresh one; the slot is given back when that fails.
    func open() async throws -> PostgresConnection {
        do {
            let useStartupOptions = state.withLock(\.useStartupOptions)
            let opened = try await PostgresConnection.connect(
                configuration, startupOptions: useStartupOptions, eventLoop: eventLoop, logger: logger)
            if useStartupOptions, opened.refusedStartupOptions { state.withLock { $0.useStartupOptions = false } }
            return opened.connection
        } catch {
            giveBackSlot()
            throw error
        }
    }

    func giveBack(_ connection: PostgresConnection) {
        if connection.isAbandoned {
            let count = state.withLock { state in
                state.abandonedSessions += 1
                return state.abandonedSessions
            }
            logger.warning(
                "a cancelled statement did not end on the server; its session was given up",
                [
                    "role": configuration.user, "database": configuration.database,
                    "grace": "\(configuration.cancelGrace)", "total": "\(count)",
                ])
        }
        // What swallowed everything on one connection has hardly spared the others.
        if connection.isSilent { prune(idleLongerThan: .zero) }
        guard connection.isReusable else { return giveBackSlot() }
        perform { $0.giveBack(connection, now: .now) }
    }

    var abandonedSessions: Int { state.withLock(\.abandonedSessions) }

    var usage: PoolUsage {
        state.withLock { state in
            PoolUsage(
                inUse: state.machine.leasedCount, idle: state.machine.idleCount, waiting: state.machine.waiterCount)
        }
    }

    func prune(idleLongerThan limit: Duration) {
        // Closed as the array goes, outside the lock.
        _ = state.withLock { $0.machine.prune(idleSinceBefore: .now - limit) }
    }

    /// Refuses new leases, closes what is idle; returns when the last lease has ended or the task is cancelled.
    func shutDown() async {
        let (action, refused) = state.withLock { state in
            let action = state.machine.shutDown()
            return (action, action.refuse.compactMap { state.waiting.removeValue(forKey: $0) })
        }
        for waiter in refused { waiter.resume(throwing: Self.closedError) }
        guard !action.isDrained else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !state.machine.isDrained, !Task.isCancelled else { return true }
                    state.drained.append(continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                defer { state.drained = [] }
                return state.drained
            }
            for continuation in waiting { continuation.resume() }
        }
    }

    private func giveBackSlot() {
        perform { $0.giveBackSlot() }
    }

    private func perform(_ event: (inout Machine) -> Machine.ReturnAction) {
        let (action, waiter, drained) = state.withLock { state in
            let action = event(&state.machine)
            let waiter = action.wake.flatMap { state.waiting.removeValue(forKey: $0.waiter) }
            defer { if action.isDrained { state.drained = [] } }
            return (action, waiter, action.isDrained ? state.drained : [])
        }
        if let grant = action.wake?.grant { waiter?.resume(returning: grant) }
        for continuation in drained { continuation.resume() }
    }

    private func grant() async throws -> Machine.Grant {
        let waiter = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let action = state.withLock { state in
                    let action = state.machine.lease(waiter)
                    if case .wait = action { state.waiting[waiter] = continuation }
                    return action
                }
                switch action {
                case .grant(let grant): continuation.resume(returning: grant)
                case .refuse: continuation.resume(throwing: Self.closedError)
                case .wait: limit(waiter)
                }
            }
        } onCancel: {
            abandon(waiter, CancellationError())
        }
    }

    private func limit(_ waiter: Machine.WaiterID) {
        // The handler of a cancellation that came earlier found nobody waiting.
        if Task.isCancelled { return abandon(waiter, CancellationError()) }
        _ = eventLoop.schedule(at: .now + leaseTimeout) { [weak self] in
            guard let self else { return }
            abandon(
                waiter,
                PostgresError(
                    .poolTimeout,
                    message: """
                        none of the \(maximumConnections) connections to database \(configuration.database) as \
                        \(configuration.user) became free within \(leaseTimeout)
                        """))
        }
    }

    private func abandon(_ waiter: Machine.WaiterID, _ error: any Error) {
        let continuation: CheckedContinuation<Machine.Grant, any Error>? = state.withLock { state in
            guard state.machine.abandon(waiter) else { return nil }
            return state.waiting.removeValue(forKey: waiter)
        }
        continuation?.resume(throwing: error)
    }

    private static let closedError = PostgresError(.notRunning, message: "the database client has been closed")
}

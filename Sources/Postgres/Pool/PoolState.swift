/// The pool's rules, without sockets, tasks or clocks: every event returns what is to be done, outside the lock.
///
/// A slot is the right to have one connection. Who has a slot and no connection opens one in its own task; so no
/// connection is ever opened for someone who has gone.
struct PoolState<Connection: Sendable> {
    typealias Instant = ContinuousClock.Instant
    typealias WaiterID = UInt64

    /// What a task that asked for a connection gets.
    enum Grant: Sendable {
        /// An idle connection; may have died since it was last used.
        case reuse(Connection)
        /// A slot: open a connection, then return it or give the slot back.
        case open
    }

    enum LeaseAction {
        case grant(Grant)
        /// Nothing is free; the waiter is in the queue now.
        case wait
        case refuse
    }

    struct ReturnAction {
        var close: Connection?
        var wake: (waiter: WaiterID, grant: Grant)?
        /// True when the pool is shut down and this was its last connection.
        var isDrained = false
    }

    struct ShutdownAction {
        var close: [Connection]
        var refuse: [WaiterID]
        var isDrained: Bool
    }

    private enum Phase {
        case open, shutDown
    }

    private let maximumConnections: Int
    private var phase = Phase.open
    /// Longest idle first; the last one is used first, so that the surplus gets old.
    private var idle: [(connection: Connection, since: Instant)] = []
    private var leasedSlots = 0
    private var waiters: [WaiterID] = []

    init(maximumConnections: Int) {
        self.maximumConnections = max(1, maximumConnections)
    }

    var waiterCount: Int { waiters.count }
    var leasedCount: Int { leasedSlots }
    var idleCount: Int { idle.count }
    var isDrained: Bool { phase == .shutDown && leasedSlots == 0 }

    mutating func lease(_ waiter: WaiterID) -> LeaseAction {
        guard phase == .open else { return .refuse }
        if let connection = idle.popLast()?.connection {
            leasedSlots += 1
            return .grant(.reuse(connection))
        }
        guard leasedSlots < maximumConnections else {
            waiters.append(waiter)
            return .wait
        }
        leasedSlots += 1
        return .grant(.open)
    }

    /// A lease ended with a connection that another task may have.
    mutating func giveBack(_ connection: Connection, now: Instant) -> ReturnAction {
        guard phase == .open else {
            leasedSlots -= 1
            return ReturnAction(close: connection, isDrained: isDrained)
        }
        if let waiter = nextWaiter() {
            return ReturnAction(wake: (waiter, .reuse(connection)))
        }
        leasedSlots -= 1
        idle.append((connection, now))
        return ReturnAction()
    }

    /// A lease ended without a usable connection: it was closed, or never opened.
    mutating func giveBackSlot() -> ReturnAction {
        if phase == .open, let waiter = nextWaiter() {
            return ReturnAction(wake: (waiter, .open))
        }
        leasedSlots -= 1
        return ReturnAction(isDrained: isDrained)
    }

    /// The waiter gave up. False when it has been granted or refused already: then it has to live with that.
    mutating func abandon(_ waiter: WaiterID) -> Bool {
        guard let index = waiters.firstIndex(of: waiter) else { return false }
        waiters.remove(at: index)
        return true
    }

    /// Takes out the connections that have been idle since before `limit`.
    mutating func prune(idleSinceBefore limit: Instant) -> [Connection] {
        let count = idle.prefix { $0.since < limit }.count
        defer { idle.removeFirst(count) }
        return idle.prefix(count).map(\.connection)
    }

    mutating func shutDown() -> ShutdownAction {
        phase = .shutDown
        defer {
            idle = []
            waiters = []
        }
        return ShutdownAction(close: idle.map(\.connection), refuse: waiters, isDrained: isDrained)
    }

    private mutating func nextWaiter() -> WaiterID? {
        waiters.isEmpty ? nil : waiters.removeFirst()
    }
}

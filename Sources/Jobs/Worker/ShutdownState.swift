import ServiceRuntime

/// How far a worker's graceful shutdown has come.
final class ShutdownState: Sendable {
    private enum Phase {
        case none, begun, over
    }

    private let phase = Locked(Phase.none)
    private let signal = WakeSignal()

    /// No more claims.
    var hasBegun: Bool { phase.withLock { $0 != .none } }
    /// The grace has passed.
    var isOver: Bool { phase.withLock { $0 == .over } }

    func begin() {
        phase.withLock { if $0 == .none { $0 = .begun } }
        signal.signal()
    }

    func end() {
        phase.withLock { $0 = .over }
    }

    /// Returns when shutdown begins, or the task is cancelled. For one task.
    func wait() async {
        await signal.wait()
    }
}

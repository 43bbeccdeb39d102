import CSystem
import Glibc

/// What the loop's thread and the waiting tasks share.
///
/// Waits are told apart by numbers, never by descriptors or pointers: a late event for a wait that ended finds nothing,
/// even when the descriptor has been closed and its number given away.
final class EventLoopCore: Sendable {
    private struct Wait {
        var continuation: CheckedContinuation<EventLoop.Interest, any Error>
        var deadline: ContinuousClock.Instant?
    }

    private struct Descriptors {
        var epoll: Int32
        var wakeUp: Int32
    }

    private enum Phase {
        case idle
        case running(Descriptors)
        case stopped
    }

    private struct State {
        var phase = Phase.idle
        var lastID: UInt64 = 0
        var waits: [UInt64: Wait] = [:]
        var actions: [UInt64: @Sendable () -> Void] = [:]
        var deadlines = DeadlineQueue()
        /// What the thread sleeps until at most; nil while it is awake or sleeps without a limit.
        var wakesAt: ContinuousClock.Instant?
    }

    private let state = Locked(State())

    func nextID() -> UInt64 {
        state.withLock {
            $0.lastID += 1
            return $0.lastID
        }
    }

    func wait(
        _ id: UInt64, for interest: EventLoop.Interest, on descriptor: Int32, until deadline: ContinuousClock.Instant?,
        _ continuation: CheckedContinuation<EventLoop.Interest, any Error>
    ) {
        let failure: (any Error)? = state.withLock { state in
            do {
                let descriptors = try started(&state)
                state.waits[id] = Wait(continuation: continuation, deadline: deadline)
                do {
                    try Self.arm(descriptors.epoll, id, interest, descriptor)
                } catch {
                    state.waits[id] = nil
                    throw error
                }
                if let deadline { Self.add(deadline, id, to: &state, descriptors) }
                return nil
            } catch {
                return error
            }
        }
        if let failure { continuation.resume(throwing: failure) }
    }

    func cancelWait(_ id: UInt64) {
        let wait = state.withLock { state in
            let wait = state.waits.removeValue(forKey: id)
            if let deadline = wait?.deadline { state.deadlines.remove(deadline, id) }
            return wait
        }
        wait?.continuation.resume(throwing: CancellationError())
    }

    func schedule(_ id: UInt64, at deadline: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) {
        state.withLock { state in
            guard let descriptors = try? started(&state) else { return }
            state.actions[id] = action
            Self.add(deadline, id, to: &state, descriptors)
        }
    }

    func cancelTimer(_ id: UInt64, _ deadline: ContinuousClock.Instant) {
        state.withLock { state in
            state.actions[id] = nil
            state.deadlines.remove(deadline, id)
        }
    }

    func stop() {
        let waits = state.withLock { state in
            switch state.phase {
            case .running(let descriptors): Self.wake(descriptors)
            case .idle, .stopped: break
            }
            state.phase = .stopped
            defer {
                state.waits = [:]
                state.actions = [:]
                state.deadlines = DeadlineQueue()
            }
            return state.waits
        }
        for wait in waits.values { wait.continuation.resume(throwing: EventLoopError.stopped) }
    }

    private func started(_ state: inout State) throws -> Descriptors {
        switch state.phase {
        case .running(let descriptors): return descriptors
        case .stopped: throw EventLoopError.stopped
        case .idle: break
        }
        let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { throw SystemError(call: "epoll_create1") }
        let wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard wakeUp >= 0 else {
            let error = SystemError(call: "eventfd")
            close(epoll)
            throw error
        }
        let descriptors = Descriptors(epoll: epoll, wakeUp: wakeUp)
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        event.data.u64 = 0
        guard epoll_ctl(epoll, EPOLL_CTL_ADD, wakeUp, &event) == 0 else {
            let error = SystemError(call: "epoll_ctl")
            close(epoll)
            close(wakeUp)
            throw error
        }
        SystemThread.start(name: "event-loop") { [self] in runLoop(descriptors) }
        state.phase = .running(descriptors)
        return descriptors
    }

    private static func arm(
        _ epoll: Int32, _ id: UInt64, _ interest: EventLoop.Interest, _ descriptor: Int32
    ) throws {
        var event = epoll_event()
        event.events = EPOLLONESHOT.rawValue
        if interest.contains(.readable) { event.events |= EPOLLIN.rawValue | EPOLLRDHUP.rawValue }
        if interest.contains(.writable) { event.events |= EPOLLOUT.rawValue }
        event.data.u64 = id
        // Closing a descriptor takes it out of epoll, so only epoll knows whether it is in.
        if epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event) == 0 { return }
        guard errno == ENOENT, epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 else {
            throw SystemError(call: "epoll_ctl")
        }
    }

    private static func add(
        _ deadline: ContinuousClock.Instant, _ id: UInt64, to state: inout State, _ descriptors: Descriptors
    ) {
        state.deadlines.insert(deadline, id)
        if let wakesAt = state.wakesAt, wakesAt <= deadline { return }
        wake(descriptors)
    }

    private static func wake(_ descriptors: Descriptors) {
        var one: UInt64 = 1
        write(descriptors.wakeUp, &one, MemoryLayout<UInt64>.size)
    }

    private func runLoop(_ descriptors: Descriptors) {
        var events = [epoll_event](repeating: epoll_event(), count: 64)
        while let timeout = prepareToSleep() {
            let count = epoll_wait(descriptors.epoll, &events, Int32(events.count), timeout)
            var drained: UInt64 = 0
            for event in events.prefix(Int(max(count, 0))) {
                if event.data.u64 == 0 {
                    read(descriptors.wakeUp, &drained, MemoryLayout<UInt64>.size)
                } else {
                    finish(event.data.u64, event.events)
                }
            }
            runDue()
        }
        close(descriptors.epoll)
        close(descriptors.wakeUp)
    }

    /// Milliseconds to sleep, -1 for no limit; nil when the loop has been stopped.
    private func prepareToSleep() -> Int32? {
        state.withLock { state in
            guard case .running = state.phase else { return nil }
            state.wakesAt = state.deadlines.first
            guard let first = state.deadlines.first else { return -1 }
            let left = ContinuousClock.now.duration(to: first) / .milliseconds(1)
            return Int32(min(max(left.rounded(.up), 0), 3_600_000))
        }
    }

    private func finish(_ id: UInt64, _ events: UInt32) {
        let wait = state.withLock { state in
            let wait = state.waits.removeValue(forKey: id)
            if let deadline = wait?.deadline { state.deadlines.remove(deadline, id) }
            return wait
        }
        var ready: EventLoop.Interest = []
        if events & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue) != 0 { ready.insert(.readable) }
        if events & EPOLLOUT.rawValue != 0 { ready.insert(.writable) }
        // The next read or write tells what is wrong.
        if events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { ready = [.readable, .writable] }
        wait?.continuation.resume(returning: ready)
    }

    private func runDue() {
        let (waits, actions) = state.withLock { state in
            var waits: [Wait] = []
            var actions: [@Sendable () -> Void] = []
            for id in state.deadlines.removeDue(ContinuousClock.now) {
                if let wait = state.waits.removeValue(forKey: id) { waits.append(wait) }
                if let action = state.actions.removeValue(forKey: id) { actions.append(action) }
            }
            return (waits, actions)
        }
        for wait in waits { wait.continuation.resume(returning: []) }
        for action in actions { action() }
    }
}

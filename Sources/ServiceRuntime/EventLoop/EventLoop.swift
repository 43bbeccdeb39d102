import Glibc

/// One thread that waits on file descriptors and deadlines with epoll, for all connections of the process.
///
/// The thread starts with the first wait and ends with `stop()` or when the loop is released. It only wakes tasks:
/// reading, writing and decoding happen in the task that waited.
package final class EventLoop: Sendable {
    /// What a task waits for on a descriptor.
    package struct Interest: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let readable = Interest(rawValue: 1)
        package static let writable = Interest(rawValue: 2)
    }

    /// A deadline that can be taken back.
    package struct Timer: Sendable, Hashable {
        let id: UInt64
        let deadline: ContinuousClock.Instant
    }

    private let core = EventLoopCore()

    package init() {}

    deinit {
        core.stop()
    }

    /// Suspends until the descriptor is ready, and returns for what; empty when the deadline passed first.
    ///
    /// One task at a time may wait on a descriptor. Throws `CancellationError` when the task is cancelled (unless
    /// `cancellable` is false), `EventLoopError.stopped` after `stop()`, `SystemError` when epoll refuses the descriptor.
    package func wait(
        for interest: Interest, on descriptor: Int32, until deadline: ContinuousClock.Instant? = nil,
        cancellable: Bool = true
    ) async throws -> Interest {
        let id = core.nextID()
        guard cancellable else {
            return try await withCheckedThrowingContinuation { continuation in
                core.wait(id, for: interest, on: descriptor, until: deadline, continuation)
            }
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                core.wait(id, for: interest, on: descriptor, until: deadline, continuation)
                // The handler below may have run before the wait was known.
                if Task.isCancelled { core.cancelWait(id) }
            }
        } onCancel: {
            core.cancelWait(id)
        }
    }

    /// Runs the action on the loop's thread at the deadline; it must be brief. Dropped when the loop has stopped.
    package func schedule(at deadline: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) -> Timer {
        let id = core.nextID()
        core.schedule(id, at: deadline, action)
        return Timer(id: id, deadline: deadline)
    }

    /// Takes a deadline back; does nothing when it has passed already.
    package func cancel(_ timer: Timer) {
        core.cancelTimer(timer.id, timer.deadline)
    }

    /// Ends the thread; tasks that wait get `EventLoopError.stopped`.
    package func stop() {
        core.stop()
    }
}

/// Why an event loop cannot wait.
package enum EventLoopError: Error, Sendable, CustomStringConvertible {
    case stopped

    package var description: String { "the event loop has been stopped" }
}

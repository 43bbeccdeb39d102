import CLibPQ
import ServiceRuntime

/// Asks the server, over a connection of its own, to end what a session is running.
///
/// libpq before 17 sends the request unencrypted even when the session uses TLS. It holds the backend's number and its
/// cancellation key, nothing of the statement: whoever reads it on the wire can cancel, not read.
final class CancelRequest: @unchecked Sendable {
    // @unchecked: the handle is made before and freed after the one thread that uses it.
    private let handle: OpaquePointer

    init?(of connection: OpaquePointer) {
        guard let handle = PQgetCancel(connection) else { return nil }
        self.handle = handle
    }

    deinit {
        PQfreeCancel(handle)
    }

    /// Blocks a thread of its own, never a task's. Returns whether the request was over within the limit; the server
    /// has then signalled the backend, or there was nothing to signal.
    func deliver(within limit: Duration, eventLoop: EventLoop) async -> Bool {
        let outcome = Outcome()
        return await withCheckedContinuation { continuation in
            outcome.arm(continuation)
            let timer = eventLoop.schedule(at: .now + limit) { outcome.settle(false) }
            SystemThread.start(name: "pg-cancel") { [self] in
                var message = [CChar](repeating: 0, count: 256)
                // A refusal means that the server is gone or full; the statement's own wait shows which.
                _ = PQcancel(handle, &message, Int32(message.count))
                eventLoop.cancel(timer)
                outcome.settle(true)
            }
        }
    }
}

/// A continuation that the first of two resumes.
private final class Outcome: Sendable {
    private let continuation = Locked<CheckedContinuation<Bool, Never>?>(nil)

    func arm(_ continuation: CheckedContinuation<Bool, Never>) {
        self.continuation.withLock { $0 = continuation }
    }

    func settle(_ value: Bool) {
        let waiting = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        waiting?.resume(returning: value)
    }
}

import CSystem
import Glibc

/// Threads of our own, for C calls that block: the cooperative pool must never wait for the outside world.
package enum SystemThread {
    /// Starts a detached thread that receives no signals and ends when `body` returns.
    ///
    /// The name (15 bytes are shown by the system) tells the threads apart in `top -H` and in a debugger.
    package static func start(name: String, stackBytes: Int = 1 << 20, _ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Start(name: name, body: body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackBytes)
        var thread = pthread_t()
        let status = pthread_create(&thread, &attributes, threadMain, box.toOpaque())
        guard status == 0 else {
            preconditionFailure("the system refuses another thread (\(name)): error \(status)")
        }
    }

    /// Runs one blocking call on a thread of its own and returns its result. The call is not interrupted by
    /// cancellation.
    package static func run<Result: Sendable>(
        name: String, stackBytes: Int = 1 << 20, _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            start(name: name, stackBytes: stackBytes) {
                continuation.resume(with: Swift.Result { try body() })
            }
        }
    }

    fileprivate final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}

private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let start = Unmanaged<SystemThread.Start>.fromOpaque(argument).takeRetainedValue()
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    csystem_name_thread(start.name)
    start.body()
    return nil
}

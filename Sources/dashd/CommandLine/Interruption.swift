import Glibc
import ServiceRuntime

/// Ctrl-C and its like as cancellation, so that what a command holds is given back: above all the embedded PostgreSQL.
enum Interruption {
    /// Runs the body; one of the signals cancels it, a second one ends the process at once.
    ///
    /// Throws `CancellationError` after a signal, whatever the body made of it.
    static func cancelling<Result: Sendable>(
        on signals: [UnixSignal], _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let count = Locked(0)
        let received = UnixSignals(signals) { signal in
            let isSecond = count.withLock { count in
                count += 1
                return count > 1
            }
            if isSecond { _exit(128 + signal.number) }
        }
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                _ = await received.next()
                return nil
            }
            defer { group.cancelAll() }
            if let result = try await group.next() ?? nil { return result }
            group.cancelAll()
            while try await group.next() != nil {}
            throw CancellationError()
        }
    }
}

/// A long-lived part of the daemon. `init` does nothing; `run()` does all the work.
///
/// `run()` returns when the service has stopped. On graceful shutdown (see `withGracefulShutdownHandler`) it finishes
/// what it has begun and returns; on cancellation it stops at once. Returning early or throwing stops the whole group.
package protocol Service: Sendable {
    func run() async throws
}

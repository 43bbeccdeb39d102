package import ServiceRuntime

/// Ends runs whose confirmation nobody will decide any more, and deletes old confirmations, once an hour.
///
/// A surface closes its own in time; what is left here was asked at a terminal that is gone, or while Dash was down.
package struct ConfirmationSweeper: Service {
    /// Nobody waits for it: who might was told by the surface.
    private static let interval = Duration.seconds(3600)

    private let store: ConfirmationStore
    private let runner: QuestionRunner
    private let logger: Logger

    package init(store: ConfirmationStore, runner: QuestionRunner, logger: Logger) {
        self.store = store
        self.runner = runner
        self.logger = logger
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: Self.interval)
                do {
                    try await sweep()
                } catch {
                    guard !Task.isCancelled else { return }
                    logger.warning("confirmations cannot be swept", ["error": "\(error)"])
                }
            }
        }
    }

    /// Safe on several replicas at once. A run that cannot be ended does not keep the others.
    package func sweep() async throws {
        for id in try await store.expireForgotten() {
            logger.notice("nobody decided about a confirmation in time", ["confirmation": "\(id)"])
            do {
                _ = try await runner.resume(id)
            } catch {
                try Task.checkCancellation()
                logger.warning(
                    "the run of a confirmation that nobody decided cannot be ended",
                    ["confirmation": "\(id)", "error": "\(error)"])
            }
        }
        try await store.deleteOld()
    }
}

import ServiceRuntime

/// Deletes old records of events, once an hour.
struct EventSweeper: Service {
    let store: EventStore
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: .seconds(3600))
                do {
                    try await store.sweep()
                } catch {
                    logger.debug("old events cannot be deleted", ["error": "\(error)"])
                }
            }
        }
    }
}

import ServiceRuntime

/// Has history read as soon as this replica, which could not store a question, reaches the database again.
final class CatchUpRequests: Service {
    private let store: CatchUpStore
    private let interval: Duration
    private let isWanted = Locked(false)
    private let logger: Logger

    init(store: CatchUpStore, interval: Duration, logger: Logger) {
        self.store = store
        self.interval = interval
        self.logger = logger
    }

    func note() { isWanted.withLock { $0 = true } }

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: self.interval)
                guard self.isWanted.withLock({ $0 }) else { continue }
                do {
                    try await self.store.request()
                    self.isWanted.withLock { $0 = false }
                } catch {
                    self.logger.debug("history cannot be asked for yet", ["error": "\(error)"])
                }
            }
        }
    }
}

import ServiceRuntime

/// A service that begins when a latch opens: workers wait for the tables they need.
struct LatchedService: Service {
    var latch: ReadinessLatch
    var service: any Service

    func run() async throws {
        try? await cancelWhenGracefulShutdown { try await latch.wait() }
        guard !isShuttingDown else { return }
        try Task.checkCancellation()
        try await service.run()
    }
}

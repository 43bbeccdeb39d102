import ServiceRuntime

/// A service that begins when a gate opens: workers wait for the tables they need.
struct GatedService: Service {
    var gate: Gate
    var service: any Service

    func run() async throws {
        try? await cancelWhenGracefulShutdown { try await gate.wait() }
        guard !isShuttingDown else { return }
        try Task.checkCancellation()
        try await service.run()
    }
}

import HTTP
import ServiceRuntime

let quiet = Logger(label: "test", minimumLevel: .error, handler: { _, _, _, _ in })

/// Runs a server on a free loopback port while `body` runs, then stops it gracefully.
func withServer<Result>(
    _ router: HTTPRouter, logger: Logger = quiet, configure: (inout HTTPServer.Options) -> Void = { _ in },
    _ body: (Int) async throws -> Result
) async throws -> Result {
    var options = HTTPServer.Options()
    options.host = "127.0.0.1"
    options.port = 0
    configure(&options)
    let server = HTTPServer(options: options, router: router, logger: logger)
    let shutdown = GracefulShutdown()
    async let running: Void = shutdown.run { try await server.run() }
    do {
        let result = try await body(try await server.boundPort)
        shutdown.trigger()
        try await running
        return result
    } catch {
        shutdown.trigger()
        try await running
        throw error
    }
}

/// Runs a client while `body` runs.
func withClient<Result>(_ body: (HTTPClient) async throws -> Result) async throws -> Result {
    try await body(HTTPClient(logger: quiet))
}

/// Holds tasks up until it is opened; tells when the first has come.
final class Gate: Sendable {
    private let opening = AsyncStream<Void>.makeStream()
    private let arrival = AsyncStream<Void>.makeStream()

    func open() { opening.continuation.finish() }

    /// Throws when cancelled instead of opened.
    func pass() async throws {
        arrival.continuation.yield()
        for await _ in opening.stream {}
        try Task.checkCancellation()
    }

    func waitForArrival() async {
        for await _ in arrival.stream { return }
    }
}

package import ServiceRuntime

/// All outgoing HTTP: one libcurl multi handle on one thread. http and https only, redirects off.
package final class HTTPClient: Service {
    package init(logger: Logger) {}

    /// Keeps the transfer thread alive until shutdown or cancellation.
    package func run() async throws {}

    /// Sends and collects the whole response. `timeout` covers all of it. Cancelling the task aborts the transfer.
    package func send(
        _ request: HTTPRequest, timeout: Duration = .seconds(30), maximumResponseBytes: Int = 16 << 20
    ) async throws -> HTTPResponse { fatalError("not written yet") }

    /// Sends and hands the body over as it comes, with back-pressure.
    ///
    /// `idleTimeout` is the longest silence between two chunks; `timeout` covers all.
    package func stream<Result>(
        _ request: HTTPRequest, timeout: Duration = .seconds(600), idleTimeout: Duration = .seconds(60),
        _ body: (HTTPResponse, HTTPBodyStream) async throws -> Result
    ) async throws -> Result { fatalError("not written yet") }
}

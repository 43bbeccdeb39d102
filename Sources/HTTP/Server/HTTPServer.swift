package import ServiceRuntime

/// The daemon's listening socket: libmicrohttpd with the limits and refusals it lacks (see docs/architecture.md).
package final class HTTPServer: Service {
    package struct Options: Sendable {
        package var host = "0.0.0.0"
        /// 0 lets the system choose; see `boundPort`.
        package var port = 8000
        package var headerTimeout: Duration = .seconds(10)
        package var maximumConnections = 1024
        package init() {}
    }

    package init(options: Options, router: HTTPRouter, logger: Logger) {}

    /// Serves until graceful shutdown, then refuses new connections and lets running requests end.
    package func run() async throws {}

    /// The port in use; waits until `run()` has bound it, throws `HTTPError.bindFailed` where it could not.
    package var boundPort: Int {
        get async throws { fatalError("not written yet") }
    }
}

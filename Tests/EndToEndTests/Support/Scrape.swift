import HTTP
import ServiceRuntime
import TestSupport

extension DaemonProcess {
    /// A page of the daemon.
    func page(_ path: String, _ http: HTTPClient) async throws -> HTTPResponse {
        try await http.send(HTTPRequest(method: .get, target: url(path)), timeout: .seconds(30))
    }

    /// The status and body of `/health`.
    func health(_ http: HTTPClient) async throws -> (status: Int, body: JSONValue) {
        let response = try await page("/health", http)
        return (response.status, try JSONValue(parsing: response.body))
    }

    /// `/metrics` as Prometheus's own library reads it.
    func metrics(_ http: HTTPClient) async throws -> PrometheusText {
        let response = try await page("/metrics", http)
        guard response.status == 200, response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        else { throw DaemonError(description: "/metrics: \(response.status)") }
        return try await PrometheusText(reading: String(decoding: response.body, as: UTF8.self))
    }

    /// Waits until `/health` is as wanted.
    func health(
        _ http: HTTPClient, within limit: Duration = .seconds(300), is wanted: (Int, JSONValue) -> Bool
    ) async throws -> (status: Int, body: JSONValue) {
        let deadline = ContinuousClock.now + limit
        while true {
            let (status, body) = try await health(http)
            if wanted(status, body) { return (status, body) }
            guard ContinuousClock.now < deadline else {
                throw DaemonError(description: "/health stays \(status) \(body.encoded())")
            }
            // What is asked for is passed on for some seconds.
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// The log so far, line by line.
    var logLines: [JSONValue] {
        logText.split(separator: "\n").map { (try? JSONValue(parsing: Array($0.utf8))) ?? .string(String($0)) }
    }
}

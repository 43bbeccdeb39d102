import FoundationEssentials
package import HTTP
package import ServiceRuntime

/// Slack's Web API under one token. Makes one attempt per call: who calls knows whether to repeat it.
package struct SlackClient: Sendable {
    package static let defaultURL = "https://slack.com/api/"

    private let token: Secret
    private let baseURL: String
    private let http: HTTPClient
    private let calls: SlackCalls?

    /// `baseURL` may differ for government workspaces and tests. Throws where it or the token cannot work.
    package init(
        token: Secret, baseURL: String = SlackClient.defaultURL, http: HTTPClient, calls: SlackCalls? = nil
    ) throws(SlackConfigurationError) {
        guard !token.isEmpty else {
            throw SlackConfigurationError("the Slack token is empty; it is the app's Bot User OAuth Token, xoxb-…")
        }
        guard let url = URL(string: baseURL), let scheme = url.scheme?.lowercased(), url.host?.isEmpty == false,
            scheme == "https" || scheme == "http", url.query == nil
        else {
            throw SlackConfigurationError(
                "the Slack API address is no http or https address; the default is \(Self.defaultURL)")
        }
        self.token = token
        self.baseURL = baseURL.hasSuffix("/") ? baseURL : baseURL + "/"
        self.http = http
        self.calls = calls
    }

    /// Calls a method with a JSON body. Throws `SlackError`, or `CancellationError`.
    package func call(
        _ method: String, _ arguments: [String: JSONValue], timeout: Duration = .seconds(10),
        dispatch: HTTPDispatch = HTTPDispatch()
    ) async throws -> SlackReply {
        try await send(
            method, contentType: "application/json; charset=utf-8",
            body: Array(JSONValue.object(arguments).encoded().utf8), timeout: timeout, dispatch: dispatch)
    }

    /// Calls a reading method, which takes a form only.
    package func read(
        _ method: String, _ arguments: [(String, String)], timeout: Duration = .seconds(10)
    ) async throws -> SlackReply {
        try await send(
            method, contentType: "application/x-www-form-urlencoded; charset=utf-8",
            body: Array(SlackForm.encode(arguments).utf8), timeout: timeout, dispatch: HTTPDispatch())
    }

    private func send(
        _ method: String, contentType: String, body: [UInt8], timeout: Duration, dispatch: HTTPDispatch
    ) async throws -> SlackReply {
        guard let calls else {
            return try await exchange(
                method, contentType: contentType, body: body, timeout: timeout, dispatch: dispatch)
        }
        return try await calls.measure(method) {
            try await exchange(method, contentType: contentType, body: body, timeout: timeout, dispatch: dispatch)
        }
    }

    private func exchange(
        _ method: String, contentType: String, body: [UInt8], timeout: Duration, dispatch: HTTPDispatch
    ) async throws -> SlackReply {
        let request = HTTPRequest(
            method: .post, target: baseURL + method,
            headers: ["Authorization": "Bearer \(token.reveal())", "Content-Type": contentType], body: body)
        let response: HTTPResponse
        do {
            response = try await http.send(request, timeout: timeout, maximumResponseBytes: 4 << 20, dispatch: dispatch)
        } catch let error as HTTPError {
            throw SlackError(error, method: method)
        }
        return try SlackReply(response, method: method)
    }
}

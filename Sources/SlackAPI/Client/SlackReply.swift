package import HTTP
package import ServiceRuntime

/// A successful answer of the Web API.
package struct SlackReply: Sendable {
    package var body: JSONValue
    /// The scopes the token has, where Slack names them.
    package var scopes: Set<String>?

    /// Throws what the response means for the call: refused, to be repeated later, or in doubt.
    package init(_ response: HTTPResponse, method: String) throws(SlackError) {
        if response.status == 429 {
            throw SlackError(.rateLimited(retryAfter: Self.retryAfter(response)), method: method)
        }
        // A proxy or Slack's edge answers with HTML when it is in trouble; whether the call took effect is unknown.
        guard let body = try? JSONValue(parsing: response.body), let ok = body["ok"]?.bool else {
            throw SlackError(.ambiguous, method: method, details: ["status \(response.status), not a JSON answer"])
        }
        guard ok else {
            let name = Self.short(body["error"]?.string ?? "unknown_error")
            var details = (body["response_metadata"]?["messages"]?.array ?? []).prefix(5).compactMap(\.string)
                .map(Self.short)
            if let needed = body["needed"]?.string { details.append("needs \(Self.short(needed))") }
            if name == "ratelimited" || name == "rate_limited" {
                throw SlackError(.rateLimited(retryAfter: Self.retryAfter(response)), method: method)
            }
            let isAmbiguous = SlackError.ambiguousRefusals.contains(name) || response.status >= 500
            throw SlackError(
                isAmbiguous ? .ambiguous : .refused(name), method: method, details: isAmbiguous ? [name] : details)
        }
        guard response.status < 500 else {
            throw SlackError(.ambiguous, method: method, details: ["status \(response.status)"])
        }
        self.body = body
        scopes = response.headers["x-oauth-scopes"].map { list in
            Set(list.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init))
        }
    }

    /// Between 1 s and an hour; 30 s where Slack names no time.
    private static func retryAfter(_ response: HTTPResponse) -> Duration {
        let text = response.headers["Retry-After"]?.filter { !$0.isWhitespace } ?? ""
        return .seconds(min(max(Int(text) ?? 30, 1), 3600))
    }

    /// Slack may repeat what it was sent; half a secret would no longer be known for one.
    private static func short(_ text: String) -> String { String(SecretScan.process.clean(text).prefix(200)) }
}

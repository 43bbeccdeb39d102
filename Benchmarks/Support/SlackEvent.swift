import FoundationEssentials
package import HTTP
import ServiceRuntime

/// An event as Slack would deliver it.
package struct SlackEvent: Sendable {
    package var kind: String
    package var channel: String
    package var isDirect: Bool
    package var user: String
    package var text: String
    package var ts: String
    package var thread: String?
    package var subtype: String?
    package var id: String
    /// Before the first attempt.
    package var delay: Duration = .zero
    /// The number of a delivery that Slack repeats though the first was accepted.
    package var retry: Int?

    package init(
        kind: String, channel: String, isDirect: Bool, user: String, text: String, ts: String, thread: String? = nil,
        id: String = ""
    ) {
        self.kind = kind
        self.channel = channel
        self.isDirect = isDirect
        self.user = user
        self.text = text
        self.ts = ts
        self.thread = thread
        self.id = id
    }

    package var mentions: Bool { text.contains("<@") }

    package func request(to url: String, attempt: Int) -> HTTPRequest {
        var event: [String: JSONValue] = [
            "type": .string(kind), "user": .string(user), "text": .string(text), "ts": .string(ts),
            "event_ts": .string(ts), "channel": .string(channel), "team": .string(FakeSlack.team),
        ]
        event["thread_ts"] = thread.map(JSONValue.string)
        event["subtype"] = subtype.map(JSONValue.string)
        if kind == "message" { event["channel_type"] = isDirect ? "im" : "channel" }
        let body = JSONValue.object([
            "type": "event_callback", "team_id": .string(FakeSlack.team), "api_app_id": "ACHAOS",
            "event_id": .string(id), "event_time": .integer(Int64(Date.now.timeIntervalSince1970)),
            "event": .object(event),
            "authorizations": [
                ["team_id": .string(FakeSlack.team), "user_id": .string(FakeSlack.botUser), "is_bot": true]
            ],
        ])
        let bytes = Array(body.encoded().utf8)
        let timestamp = String(Int(Date.now.timeIntervalSince1970))
        let signature = SHA256.hmac(key: Secret(SlackEvents.secret), Array("v0:\(timestamp):".utf8) + bytes)
        var headers: HTTPHeaders = [
            "Content-Type": "application/json", "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": "v0=" + Hex.encode(signature),
        ]
        let number = (retry ?? 0) + attempt
        if number > 0 {
            headers["X-Slack-Retry-Num"] = "\(number)"
            headers["X-Slack-Retry-Reason"] = retry == nil ? "http_error" : "http_timeout"
        }
        return HTTPRequest(method: .post, target: url, headers: headers, body: bytes)
    }
}

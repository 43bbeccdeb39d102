import BenchmarkSupport
import FoundationEssentials
import HTTP
import ServiceRuntime

/// An event as Slack would deliver it.
struct SlackEvent: Sendable {
    var kind: String
    var channel: String
    var isDirect: Bool
    var user: String
    var text: String
    var ts: String
    var thread: String?
    var subtype: String?
    var id = ""
    /// Before the first attempt.
    var delay: Duration = .zero
    /// The number of a delivery that Slack repeats though the first was accepted.
    var retry: Int?

    var mentions: Bool { text.contains("<@") }

    func request(to url: String, attempt: Int) -> HTTPRequest {
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

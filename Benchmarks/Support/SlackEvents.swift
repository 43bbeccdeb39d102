import FoundationEssentials
package import HTTP
import ServiceRuntime

/// Slack's side of the Events API: questions in direct messages, signed as Slack signs them.
package struct SlackEvents: Sendable {
    package static let secret = "8f742231b10e8888abcd99yyyzzz85a5"
    static let team = "TBENCH"
    static let botUser = "UBENCH"

    private let server: DashdServer

    package init(to server: DashdServer) {
        self.server = server
    }

    /// The channel of question `number`: everybody writes from a direct message of their own.
    package static func channel(_ number: Int) -> String { "D\(number)" }

    /// Question `number`, which no other has been before.
    package func request(_ text: String, number: Int) -> HTTPRequest {
        let ts = "1700000000.\(String(1_000_000 + number % 1_000_000).dropFirst())"
        let body = JSONValue.object([
            "type": "event_callback", "team_id": .string(Self.team), "api_app_id": "ABENCH",
            "event_id": .string("EvBENCH\(number)"), "event_time": 1_700_000_000,
            "event": [
                "type": "message", "user": .string("U\(number)"), "text": .string(text), "ts": .string(ts),
                "event_ts": .string(ts), "channel": .string(Self.channel(number)), "channel_type": "im",
            ],
            "authorizations": [
                ["team_id": .string(Self.team), "user_id": .string(Self.botUser), "is_bot": true]
            ],
        ])
        let bytes = Array(body.encoded().utf8)
        let timestamp = String(Int(Date.now.timeIntervalSince1970))
        let signature = SHA256.hmac(key: Secret(Self.secret), Array("v0:\(timestamp):".utf8) + bytes)
        return HTTPRequest(
            method: .post, target: server.url("/slack/events"),
            headers: [
                "Content-Type": "application/json", "X-Slack-Request-Timestamp": timestamp,
                "X-Slack-Signature": "v0=" + Hex.encode(signature),
            ], body: bytes)
    }
}

import FoundationEssentials
import HTTP
import ServiceRuntime
import TestSupport

/// Slack's side of the Events API: signs envelopes and posts them to the daemon.
struct SlackSender {
    static let secret = "8f742231b10e8888abcd99yyyzzz85a5"

    let daemon: DaemonProcess
    let http: HTTPClient
    var signingSecret = secret

    /// Posts a message event; returns the status of the answer.
    @discardableResult
    func send(
        _ text: String, type: String = "message", channel: String, channelType: String? = nil, user: String = "U1",
        ts: String, thread: String? = nil, eventID: String, adding more: [String: JSONValue] = [:]
    ) async throws -> Int {
        var event: [String: JSONValue] = [
            "type": .string(type), "user": .string(user), "text": .string(text), "ts": .string(ts),
            "channel": .string(channel), "event_ts": .string(ts),
        ]
        event["channel_type"] = channelType.map(JSONValue.string)
        event["thread_ts"] = thread.map(JSONValue.string)
        event.merge(more) { _, new in new }
        return try await post([
            "type": "event_callback", "team_id": .string(StubSlack.team), "api_app_id": "A1",
            "event_id": .string(eventID), "event_time": .integer(Int64(Date.now.timeIntervalSince1970)),
            "event": .object(event),
            "authorizations": [
                [
                    "team_id": .string(StubSlack.team), "user_id": .string(StubSlack.botUser), "is_bot": true,
                    "is_enterprise_install": false, "enterprise_id": nil,
                ]
            ],
        ])
    }

    func post(_ body: JSONValue) async throws -> Int {
        try await response(to: Array(body.encoded().utf8)).status
    }

    /// Clicks a button of a message, as a person in the message's thread; returns the status of the answer.
    func click(
        _ button: JSONValue, of message: StubSlack.Message, by user: String = "U1", path: String = "/slack/interactions"
    ) async throws -> Int {
        var shown: [String: JSONValue] = ["ts": .string(message.ts), "text": .string(message.text)]
        shown["thread_ts"] = message.thread.map(JSONValue.string)
        let payload: JSONValue = [
            "type": "block_actions", "api_app_id": "A1", "trigger_id": "1.2.abc",
            "user": ["id": .string(user), "username": "ada", "team_id": .string(StubSlack.team)],
            "team": ["id": .string(StubSlack.team), "domain": "stub"], "channel": ["id": .string(message.channel)],
            "container": [
                "type": "message", "message_ts": .string(message.ts), "channel_id": .string(message.channel),
            ],
            "message": .object(shown),
            "actions": [
                [
                    "type": "button", "action_id": button["action_id"] ?? .null, "value": button["value"] ?? .null,
                    "action_ts": "1700000000.000001",
                ]
            ],
        ]
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.".utf8)
        let form = payload.encoded().utf8.map { byte in
            allowed.contains(byte) ? String(UnicodeScalar(byte)) : "%" + Hex.encode([byte]).uppercased()
        }
        return try await response(
            to: Array("payload=\(form.joined())".utf8), path: path, contentType: "application/x-www-form-urlencoded"
        ).status
    }

    func response(
        to body: [UInt8], path: String = "/slack/events", contentType: String = "application/json"
    ) async throws -> HTTPResponse {
        let timestamp = String(Int(Date.now.timeIntervalSince1970))
        let signature = SHA256.hmac(key: Secret(signingSecret), Array("v0:\(timestamp):".utf8) + body)
        return try await http.send(
            HTTPRequest(
                method: .post, target: daemon.url(path),
                headers: [
                    "Content-Type": contentType, "X-Slack-Request-Timestamp": timestamp,
                    "X-Slack-Signature": "v0=" + Hex.encode(signature),
                ], body: body))
    }
}

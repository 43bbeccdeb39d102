package import HTTP
import ServiceRuntime

/// What a verified request from Slack holds.
package enum SlackRequestBody: Sendable {
    /// Slack asks whether this URL is ours; the challenge is to be sent back.
    case urlVerification(challenge: String)
    /// Slack checks the certificate; an empty 200 is the answer.
    case certificateCheck
    case event(SlackEnvelope)
    case interaction(SlackInteraction)
    /// Well-formed, but nothing this version knows.
    case other(type: String)

    /// Throws where the body is neither JSON nor a form, or lacks what its type requires.
    package init(_ request: HTTPRequest) throws(SlackPayloadError) {
        let first = request.body.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        let type = request.headers["Content-Type"]?.lowercased() ?? ""
        if type.hasPrefix("application/json") || first == UInt8(ascii: "{") {
            try self.init(json: Self.parse(request.body))
        } else {
            try self.init(form: SlackForm(request.body))
        }
    }

    private init(json: JSONValue) throws(SlackPayloadError) {
        switch json["type"]?.string {
        case "url_verification":
            guard let challenge = json["challenge"]?.string, challenge.utf8.count <= 4096 else {
                throw SlackPayloadError("url_verification without a challenge")
            }
            self = .urlVerification(challenge: challenge)
        case "event_callback": self = .event(try SlackEnvelope(json))
        case let type: self = .other(type: type ?? "")
        }
    }

    private init(form: SlackForm) throws(SlackPayloadError) {
        if form["ssl_check"] == "1" {
            self = .certificateCheck
        } else if let payload = form["payload"] {
            self = .interaction(try SlackInteraction(Self.parse(Array(payload.utf8))))
        } else {
            self = .other(type: form["command"] == nil ? "form" : "command")
        }
    }

    private static func parse(_ bytes: [UInt8]) throws(SlackPayloadError) -> JSONValue {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw SlackPayloadError("the body is not JSON: \(error)")
        }
    }
}

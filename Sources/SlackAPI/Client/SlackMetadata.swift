package import ServiceRuntime

/// A mark on a message that apps can read back: the only receipt Slack offers.
package struct SlackMetadata: Sendable, Equatable {
    package var type: String
    package var payload: [String: JSONValue]

    package init(type: String, payload: [String: JSONValue]) {
        self.type = type
        self.payload = payload
    }

    init?(json: JSONValue) {
        guard let type = json["event_type"]?.string else { return nil }
        self.init(type: type, payload: json["event_payload"]?.object ?? [:])
    }

    var json: JSONValue { ["event_type": .string(type), "event_payload": .object(payload)] }
}

import ServiceRuntime

/// A button of an actions block.
package struct SlackButton: Sendable, Equatable {
    package enum Style: String, Sendable {
        case primary, danger
    }

    package var actionID: String
    package var text: SlackPlainText
    package var value: String?
    package var style: Style?

    package init(actionID: String, text: SlackPlainText, value: String? = nil, style: Style? = nil) {
        self.actionID = actionID
        self.text = text
        self.value = value
        self.style = style
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "type": "button", "action_id": .string(actionID),
            "text": ["type": "plain_text", "text": .string(text.text), "emoji": false],
        ]
        if let value { members["value"] = .string(value) }
        if let style { members["style"] = .string(style.rawValue) }
        return .object(members)
    }

    func check(_ checks: inout BlockChecks) {
        checks.length(actionID, in: 1...SlackLimits.identifier, "elements.action_id")
        checks.length(text.text, in: 1...SlackLimits.buttonText, "elements.text")
        if let value { checks.length(value, in: 1...SlackLimits.buttonValue, "elements.value") }
    }
}

import ServiceRuntime

/// A cell of a table: shown literally, without formatting, links or mentions.
package enum TableCell: Sendable, Equatable {
    case text(SlackPlainText)
    /// Sorted by `value`, shown as `text`.
    case number(value: Double, text: SlackPlainText)

    package var text: String {
        switch self {
        case .text(let text), .number(_, let text): text.text
        }
    }

    var json: JSONValue {
        switch self {
        case .text(let text): ["type": "raw_text", "text": .string(text.text)]
        case .number(let value, let text):
            ["type": "raw_number", "value": Self.number(value), "text": .string(text.text)]
        }
    }

    static func number(_ value: Double) -> JSONValue {
        Int64(exactly: value).map(JSONValue.integer) ?? .number(value)
    }

    func check(_ checks: inout BlockChecks) {
        checks.require(!text.isEmpty, "rows", "a cell must not be empty")
        if case .number(let value, _) = self { checks.require(value.isFinite, "rows", "a number must be finite") }
    }
}

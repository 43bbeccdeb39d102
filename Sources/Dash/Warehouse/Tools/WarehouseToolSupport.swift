import Agents
import ServiceRuntime

extension ToolOutput {
    /// A failure that a model can mend: class, message, hint.
    init(_ failure: SQLFailure) {
        var members: [String: JSONValue] = [
            "error": .string(failure.errorClass.rawValue), "message": .string(failure.message),
        ]
        if let hint = failure.hint { members["hint"] = .string(hint) }
        self.init(content: JSONValue.object(members).encoded(), isError: true, summary: failure.message)
    }

    /// A failure of the arguments themselves.
    init(wrongArguments message: String) {
        self.init(
            content: JSONValue.object(["error": "arguments", "message": .string(message)]).encoded(), isError: true,
            summary: message)
    }
}

extension JSONValue {
    /// A string argument that is not blank.
    func text(_ key: String) -> String? {
        guard let text = self[key]?.string, text.contains(where: { !$0.isWhitespace }) else { return nil }
        return text
    }

    /// A whole number within bounds; the default where it is missing.
    func count(_ key: String, default value: Int, in bounds: ClosedRange<Int>) -> Int {
        min(
            max(self[key]?.integer ?? self[key]?.string.flatMap { Int($0) } ?? value, bounds.lowerBound),
            bounds.upperBound)
    }

    static func schema(_ properties: [String: JSONValue], required: [JSONValue]) -> JSONValue {
        [
            "type": "object", "properties": .object(properties), "required": .array(required),
            "additionalProperties": false,
        ]
    }

    static func property(_ type: JSONValue, _ description: JSONValue) -> JSONValue {
        ["type": type, "description": description]
    }

    static let tableProperty = property("string", "Name of a table or view, with its schema where that is not clear.")
}

extension ResultTable {
    /// One object per row, in the columns' order lost and their names kept.
    var rowObjects: JSONValue {
        .array(
            rows.map { row in
                .object(
                    Dictionary(
                        zip(columns.map(\.name), row.map { $0.map(JSONValue.string) ?? .null }),
                        uniquingKeysWith: { first, _ in first }))
            })
    }
}

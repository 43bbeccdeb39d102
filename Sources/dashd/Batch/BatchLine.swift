import Dash
import ServiceRuntime

/// One line of `dashd ask --jsonl`: `{"id", "question", "session"?}`.
struct BatchLine {
    var id: JSONValue
    var question: String
    /// The conversation it belongs to, by the name that `--session` takes.
    var session: String?

    /// A line that asks nothing; answered with the reason, not skipped.
    struct Malformed: Error {
        var id = JSONValue.null
        var reason: String
    }

    init(_ line: String) throws(Malformed) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: line)
        } catch {
            throw Malformed(reason: "the line is not JSON: \(error)")
        }
        guard value.object != nil else { throw Malformed(reason: "the line is no object") }
        let id = value["id"] ?? .null
        guard let text = value["question"]?.string else {
            throw Malformed(id: id, reason: "the line has no text in \"question\"")
        }
        switch value["session"] {
        case nil, .some(.null): session = nil
        case .some(.string(let name)) where !name.isEmpty: session = name
        default: throw Malformed(id: id, reason: "\"session\" is no text")
        }
        self.id = id
        question = text.trimmed
        guard !question.isEmpty else { throw Malformed(id: id, reason: "\"question\" is empty") }
        guard !Question.isTooLong(question) else {
            throw Malformed(id: id, reason: "\"question\" is longer than \(Question.maximumLength) characters")
        }
    }
}

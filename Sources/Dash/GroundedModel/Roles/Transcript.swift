import LanguageModels
import Planner
import ServiceRuntime

/// A model request as the built-in model reads it: what is asked, what was said before, which tools have answered.
struct Transcript: Sendable {
    struct Step: Sendable {
        var call: ToolCall
        var result: ToolResult
    }

    /// The text to work on.
    private(set) var task = ""
    /// What people said before, oldest first.
    private(set) var earlier: [String] = []
    /// The choice of the last clarification that the text picks by its number.
    private(set) var chosen: String?
    /// Tool calls made for the task, with their results.
    private(set) var steps: [Step] = []

    init(_ request: ModelRequest) {
        var pending: [String: ToolCall] = [:]
        var lastReply = ""
        for message in request.messages {
            if message.role == .user, !message.toolResults.isEmpty {
                for result in message.toolResults {
                    if let call = pending[result.callID] { steps.append(Step(call: call, result: result)) }
                }
            } else if message.role == .user {
                if !task.isEmpty { earlier.append(task) }
                task = message.text
                steps = []
                chosen = Self.choice(task, of: lastReply)
            } else {
                if !message.text.isEmpty { lastReply = message.text }
                for call in message.toolCalls { pending[call.id] = call }
            }
        }
    }

    /// Choices are the lines of a reply that begin with a dash.
    private static func choice(_ text: String, of reply: String) -> String? {
        let words = Words.plain(text)
        guard let last = words.last, words.dropLast().allSatisfy(["number", "option", "choice", "the"].contains),
            let number = Int(last) ?? ["first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5][last]
        else { return nil }
        let choices = reply.split(separator: "\n").filter { $0.hasPrefix("- ") }
        return choices.indices.contains(number - 1) ? String(choices[number - 1].dropFirst(2)) : nil
    }

    func last(_ tool: String) -> Step? { steps.last { $0.call.name == tool } }

    func all(_ tool: String) -> [Step] { steps.filter { $0.call.name == tool } }

    /// The result of the tool's last call, where it worked and is JSON.
    func json(_ tool: String) -> JSONValue? {
        last(tool).flatMap { $0.result.isError ? nil : try? JSONValue(parsing: $0.result.content) }
    }

    /// Everything that searches have found, best first.
    var knowledge: KnowledgeView {
        var view = KnowledgeView([])
        for step in all(ToolName.searchKnowledge) where !step.result.isError {
            let found = Self.found.value(for: step.result.content, Self.entries)
            for entry in found { view.add(entry) }
        }
        return view
    }

    /// What a search brought is read again at every later turn of its run.
    private static let found = Memo<[KnowledgeEntry]>(capacity: 16)

    private static func entries(in content: String) -> [KnowledgeEntry] {
        guard let json = try? JSONValue(parsing: content) else { return [] }
        return (json["entries"]?.array ?? []).compactMap(KnowledgeRecord.entry)
    }
}

extension Transcript {
    func call(_ calls: [(tool: String, arguments: JSONValue)]) -> ModelResponse {
        let parts = calls.enumerated().map { index, call in
            ContentPart.toolCall(
                ToolCall(id: "call_\(steps.count + index + 1)", name: call.tool, arguments: call.arguments))
        }
        return ModelResponse(message: Message(role: .assistant, content: parts), finishReason: .toolCalls)
    }

    func reply(_ text: String) -> ModelResponse {
        ModelResponse(message: .assistant(text), finishReason: .stop)
    }

    func refusal(_ text: String) -> ModelResponse {
        ModelResponse(message: .assistant(text), finishReason: .refused)
    }
}

import FoundationEssentials
import ServiceRuntime

/// Puts a turn together from the chunks of a stream, or from the one body of a service that does not stream.
struct OpenAITurn {
    private struct Call {
        var index: Int?
        var id: String
        var name = ""
        var arguments = ""
        var extra: JSONValue?
    }

    private var text = ""
    private var refusal = ""
    private var calls: [Call] = []
    private var finishReason: String?
    private var usage = Usage()
    private let makeID: () -> String

    /// - Parameter makeID: names calls of services that give them no id.
    init(makeID: @escaping () -> String = { "call_\(UUID().uuidString.lowercased())" }) {
        self.makeID = makeID
    }

    /// True once the service said why the turn ended.
    var isComplete: Bool { finishReason != nil }

    /// Takes a chunk or a whole body. Throws where the service reports a failure in it.
    mutating func consume(_ chunk: JSONValue) throws(OpenAIFailure) {
        if let failure = OpenAIFailure(inBody: chunk) { throw failure }
        if let object = chunk["usage"], object.object != nil { usage = Usage(openAI: object) }
        let choices = chunk["choices"]?.array ?? []
        guard let choice = choices.first(where: { ($0["index"]?.integer ?? 0) == 0 }) else { return }
        if let reason = choice["finish_reason"]?.string { finishReason = reason }
        if finishReason == "error" { throw OpenAIFailure(.unavailable, "The model service broke off its turn.") }

        guard let delta = [choice["delta"], choice["message"]].compactMap({ $0 }).first(where: { $0.object != nil })
        else { return }
        text += Self.text(of: delta["content"])
        refusal += delta["refusal"]?.string ?? ""
        for (position, call) in (delta["tool_calls"]?.array ?? []).enumerated() {
            consume(call: call, position: choice["message"] == nil ? nil : position)
        }
    }

    /// A fragment belongs to the call of its index, or to the last one where the service sends no index. Some services
    /// give every call the index 0; there a new id begins a new call.
    private mutating func consume(call: JSONValue, position: Int?) {
        let index = call["index"]?.integer ?? position
        let id = call["id"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        var place = index == nil ? calls.indices.last : calls.lastIndex { $0.index == index }
        if let found = place, let id, calls[found].id != id { place = nil }
        if let found = place, index == nil, id == nil, call["function"]?["name"]?.string?.isEmpty == false,
            !calls[found].arguments.isEmpty
        {
            place = nil
        }
        let target: Int
        if let place {
            target = place
        } else {
            let isTaken = calls.contains { $0.id == id }
            calls.append(Call(index: index, id: isTaken ? makeID() : id ?? makeID()))
            target = calls.count - 1
        }
        if let name = call["function"]?["name"]?.string, name != calls[target].name { calls[target].name += name }
        switch call["function"]?["arguments"] {
        case .string(let fragment): calls[target].arguments += fragment
        case .object(let members): calls[target].arguments = JSONValue.object(members).encoded()
        default: break
        }
        if let extra = call["extra_content"], extra != .null { calls[target].extra = extra }
    }

    var response: ModelResponse {
        let said = text.isEmpty ? refusal : text
        var content: [ContentPart] = said.isEmpty ? [] : [.text(said)]
        content += calls.map { .toolCall(ToolCall(openAI: $0.id, name: $0.name, raw: $0.arguments)) }
        content += calls.compactMap { call in
            call.extra.map {
                .opaque(
                    provider: OpenAIRequest.opaqueProvider, ["call": .string(call.id), "extra_content": $0])
            }
        }
        let reason: ModelResponse.FinishReason =
            if finishReason == "content_filter" || !refusal.isEmpty {
                .refused
            } else if finishReason == "length" {
                .length
            } else {
                calls.isEmpty ? .stop : .toolCalls
            }
        return ModelResponse(
            message: Message(role: .assistant, content: content), usage: usage, finishReason: reason)
    }

    /// Content is a text, or with some services a list of parts.
    private static func text(of content: JSONValue?) -> String {
        switch content {
        case .string(let text): text
        case .array(let parts):
            parts.filter { $0["type"] == nil || $0["type"] == "text" }.compactMap { $0["text"]?.string }.joined()
        default: ""
        }
    }
}

extension ToolCall {
    /// Models that call a tool without arguments write nothing, or null.
    fileprivate init(openAI id: String, name: String, raw: String) {
        let parsed = try? JSONValue(parsing: raw)
        let isNothing = parsed == .null || raw.allSatisfy(\.isWhitespace)
        self.init(
            id: id, name: name, arguments: isNothing ? [:] : parsed ?? .null, rawArguments: isNothing ? "{}" : raw)
    }
}

extension Usage {
    fileprivate init(openAI object: JSONValue) {
        func count(_ value: JSONValue?) -> Int { max(0, value?.integer ?? 0) }
        self.init(
            input: count(object["prompt_tokens"]),
            cachedInput: count(
                object["prompt_tokens_details"]?["cached_tokens"] ?? object["prompt_cache_hit_tokens"]),
            output: count(object["completion_tokens"]),
            reasoning: count(object["completion_tokens_details"]?["reasoning_tokens"]))
    }
}

import HTTP
import LanguageModels
import ServiceRuntime
import TestSupport

/// A language model without judgement: it carries out every order it reads, wherever it stands, and repeats in its answer
/// whatever its tools returned.
///
/// An order is a call between double brackets, for example `[[run_sql {"sql": "SELECT 1"}]]`; `engineer.run_sql` is passed
/// to the engineer, `leader.post_message` is called by the leader itself.
struct ObedientModel: Sendable {
    private struct Order: Hashable {
        var agent: String
        var tool: String
        var arguments: JSONValue
        var text: String

        /// The orders in a text, as they stand there.
        static func all(in text: String) -> [Order] {
            text.split(separator: "[[", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
                guard let end = rest.firstRange(of: "]]") else { return nil }
                let body = rest[..<end.lowerBound]
                guard let space = body.firstIndex(of: " "),
                    let arguments = try? JSONValue(parsing: Array(body[space...].utf8))
                else { return nil }
                let name = body[..<space].split(separator: ".", maxSplits: 1).map(String.init)
                guard let tool = name.last else { return nil }
                return Order(
                    agent: name.count == 2 ? name[0] : "analyst", tool: tool, arguments: arguments,
                    text: "[[\(body)]]")
            }
        }
    }

    static func server() throws -> ScriptedChatServer {
        try ScriptedChatServer { request in reply(to: (try? JSONValue(parsing: request.body)) ?? .null) }
    }

    static func settings(_ server: ScriptedChatServer) -> [String: String] {
        [
            "OPENAI_API_KEY": "sk-" + "obedient-0123456789abcdef", "OPENAI_BASE_URL": server.baseURL,
            "DASH_MODEL": "openai:obedient", "DASH_FAST_PATH": "off", "DASH_MAX_RETRIES": "5",
        ]
    }

    static func reply(to body: JSONValue) -> ScriptedChatServer.Reply {
        let messages = body["messages"]?.array ?? []
        let names = Set((body["tools"]?.array ?? []).compactMap { $0["function"]?["name"]?.string })
        let agent = names.contains("delegate") ? "leader" : names.contains("give_answer") ? "analyst" : "engineer"
        let calls = messages.flatMap { $0["tool_calls"]?.array ?? [] }.compactMap { $0["function"] }
        let done = Set(calls.map { ($0["name"]?.string ?? "") + ($0["arguments"]?.string ?? "") })
        let results = messages.filter { $0["role"]?.string == "tool" }.flatMap {
            texts(in: $0["content"]?.string ?? "")
        }
        let read = messages.filter { $0["role"]?.string != "assistant" }.flatMap {
            texts(in: $0["content"]?.string ?? "")
        }
        let id = "call-\(calls.count)"

        for order in read.flatMap(Order.all) {
            let call =
                order.agent == agent
                ? ToolCall(id: id, name: order.tool, arguments: order.arguments)
                : ToolCall(
                    id: id, name: "delegate", arguments: ["agent": .string(order.agent), "task": .string(order.text)])
            guard agent == "leader" || order.agent == agent, !done.contains(call.name + call.rawArguments) else {
                continue
            }
            return .calls(call)
        }
        if agent == "leader", calls.isEmpty {
            let asked = messages.last { $0["role"]?.string == "user" }?["content"]?.string ?? ""
            return .calls(
                ToolCall(id: id, name: "delegate", arguments: ["agent": "analyst", "task": .string("Do it: " + asked)]))
        }
        return .text("Here it is: " + String(results.joined(separator: " ").prefix(6_000)))
    }

    /// A tool's result is JSON, perhaps after a word; what stands in its strings is read as it is meant.
    private static func texts(in content: String) -> [String] {
        let document = content.hasPrefix("Error: ") ? String(content.dropFirst(7)) : content
        guard let json = try? JSONValue(parsing: Array(document.utf8)), json.object != nil else { return [content] }
        return strings(in: json)
    }

    private static func strings(in json: JSONValue) -> [String] {
        switch json {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(strings)
        case .object(let members): members.sorted { $0.key < $1.key }.flatMap { strings(in: $0.value) }
        case .null, .bool, .integer, .number: []
        }
    }
}

import HTTP
import LanguageModels
import ServiceRuntime
import TestSupport

/// A model service that betrays what it knows: it repeats the key it was called with, and the canaries, wherever it can.
struct CanaryModel: Sendable {
    let canaries: [Canary]

    func reply(to request: HTTPRequest) -> ScriptedChatServer.Reply {
        let body = (try? JSONValue(parsing: request.body)) ?? .null
        let header = request.headers["Authorization"] ?? ""
        let key = String(header.split(separator: " ").last ?? "")
        let asked = body["messages"]?.array?.last { $0["role"]?.string == "user" }?["content"]?.string ?? ""
        let isLeader = "\(body["tools"] ?? .null)".contains("delegate")
        let results = (body["messages"]?.array ?? []).filter { $0["role"]?.string == "tool" }
        func error(_ status: Int) -> ScriptedChatServer.Reply {
            let filler = String(repeating: "padding ", count: 35)
            return .status(
                status,
                [
                    "error": [
                        "message": .string("Invalid header 'Authorization: \(header)' \(filler)\(header)"),
                        "code": .string(key), "type": "invalid_request_error",
                    ]
                ])
        }
        func call(_ name: String, _ arguments: JSONValue) -> ScriptedChatServer.Reply {
            .calls(ToolCall(id: "call-\(results.count)-\(key)", name: name, arguments: arguments))
        }
        if asked.contains("echo 400") { return error(400) }
        if asked.contains("echo 401") { return error(401) }
        if asked.contains("echo 500") { return error(500) }
        if asked.contains("echo redirect") {
            var response = HTTPResponse.text("moved to http://u:\(key)@127.0.0.1:1/", status: 302)
            response.headers["Location"] = "http://u:\(key)@127.0.0.1:1/"
            return .response(response)
        }
        if asked.contains("echo stream") {
            // Cut into pieces of seven: no piece is a secret.
            let text = "You sent \(header), and I know " + canaries.map(\.value).joined(separator: " and ") + "."
            var pieces: [String] = []
            var rest = Substring(text)
            while !rest.isEmpty {
                pieces.append(String(rest.prefix(7)))
                rest = rest.dropFirst(7)
            }
            return .events(
                pieces.map { ChatChunk.delta(["content": .string($0)]) } + [
                    ChatChunk.finish("stop"), ChatChunk.usage(Usage(input: 10, output: 5)),
                ])
        }
        if asked.contains("echo tools") {
            let all = canaries.map(\.value).joined(separator: " ")
            guard !isLeader else {
                return results.isEmpty
                    ? call("delegate", ["agent": "analyst", "task": .string("echo tools \(all)")])
                    : .text("It failed for \(key).")
            }
            let long = String(repeating: "x", count: 490 - key.count / 2)
            switch results.count {
            case 0: return call("run_sql", ["sql": .string("SELECT '\(key)'::integer")])
            case 1: return call("run_sql", ["sql": .string("SELECT \"\(key)\" FROM notes -- \(all)")])
            case 2: return call(key, ["a": .string(all)])
            case 3: return call("save_learning", ["title": .string("key \(key)"), "learning": .string(long + all)])
            case 4:
                return call(
                    "save_validated_query",
                    ["name": .string("q \(key)"), "description": .string(all), "sql": .string("SELECT '\(key)' AS a")])
            case 5: return call("run_sql", ["sql": .string("SELECT '\(key)' AS \"\(key)\", 1 AS n")])
            case 6: return call("search_knowledge", ["query": .string(all)])
            default:
                return call(
                    "give_answer",
                    [
                        "headline": .string("It is \(key)"), "meaning": .string(all), "result_ids": ["result_1"],
                        "caveats": [.string(key)],
                    ])
            }
        }
        return ObedientModel.reply(to: body)
    }
}

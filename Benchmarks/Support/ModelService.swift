import Glibc
import HTTP
import RawHTTP
import ServiceRuntime

/// A Chat Completions service on the loopback interface that answers every question about a made-up item by name, in a
/// stream that takes its time.
///
/// What it says depends on what it reads alone: a question with the word `flown` is delegated and answered with a
/// statement, one with `everything` gets an answer of several messages, every other one a sentence.
package final class ModelService: Sendable {
    /// From the request to the end of the stream.
    private let latency: Locked<ClosedRange<Double>>
    private let random: Locked<SeededRandom>
    private let server: RawHTTPServer
    private let hook: Locked<(@Sendable (_ caller: String, _ item: String) -> Void)?>
    private let count: Locked<Int>

    /// - Parameter latency: of one call, in seconds.
    package init(latency: ClosedRange<Double>, seed: UInt64) throws {
        let range = Locked(latency)
        let random = Locked(SeededRandom(seed: seed, part: 2))
        let hook = Locked<(@Sendable (String, String) -> Void)?>(nil)
        let count = Locked(0)
        (self.latency, self.random, self.hook, self.count) = (range, random, hook, count)
        server = try RawHTTPServer { request, connection in
            count.withLock { $0 += 1 }
            let body = (try? JSONValue(parsing: request.body)) ?? .null
            let turn = Self.turn(body)
            if let item = turn.item, let hook = hook.withLock({ $0 }) {
                hook(String(request.target.split(separator: "/").first ?? ""), item)
            }
            let seconds = random.withLock { Double.random(in: range.withLock { $0 }, using: &$0) }
            Self.stream(turn, over: seconds, on: connection)
        }
    }

    package func stop() { server.stop() }
    package var calls: Int { count.withLock { $0 } }

    /// To be used as `OPENAI_BASE_URL`; whoever uses it is told apart by `caller`.
    package func baseURL(for caller: String) -> String { "http://127.0.0.1:\(server.port)/\(caller)/v1" }

    /// Is told of every call, by whom and about what, before the answer begins.
    package func onCall(_ hook: @escaping @Sendable (_ caller: String, _ item: String) -> Void) {
        self.hook.withLock { $0 = hook }
    }

    package func settings(for caller: String) -> [String: String] {
        [
            "OPENAI_API_KEY": "sk-" + "chaos-0123456789abcdef", "OPENAI_BASE_URL": baseURL(for: caller),
            "DASH_MODEL": "openai:chaos", "DASH_FAST_PATH": "off",
        ]
    }

    // MARK: - What it says

    struct Turn: Sendable {
        var item: String?
        var text: String?
        var call: (name: String, arguments: JSONValue)?
    }

    /// How many marked paragraphs the answer to a question has.
    package static func paragraphs(of question: String) -> Int { question.contains("everything") ? 4 : 1 }

    static func turn(_ body: JSONValue) -> Turn {
        let messages = body["messages"]?.array ?? []
        let tools = Set((body["tools"]?.array ?? []).compactMap { $0["function"]?["name"]?.string })
        let asked = messages.last { $0["role"]?.string == "user" }?["content"]?.string ?? ""
        guard let item = ItemName.last(in: asked) else { return Turn(text: "I do not know what this is about.") }
        let lastAsked = messages.lastIndex { $0["role"]?.string == "user" } ?? 0
        let results = messages[lastAsked...].filter { $0["role"]?.string == "tool" }.compactMap {
            $0["content"]?.string
        }
        guard asked.contains("flown") else { return Turn(item: item, text: words(about: item, asked)) }
        if tools.contains("delegate"), results.isEmpty {
            return Turn(item: item, call: ("delegate", ["agent": "analyst", "task": .string("how is \(item) flown")]))
        }
        if tools.contains("run_sql"), results.isEmpty {
            return Turn(
                item: item,
                call: ("run_sql", ["sql": "SELECT name, flown FROM kites ORDER BY flown DESC LIMIT 5"]))
        }
        if tools.contains("give_answer"), results.count == 1, !results[0].hasPrefix("Error") {
            return Turn(
                item: item,
                call: (
                    "give_answer",
                    [
                        "headline": .string("\(ItemName.mark(item, paragraph: 0)) is flown like these kites."),
                        "result_ids": ["result_1"],
                    ]
                ))
        }
        return Turn(item: item, text: "\(ItemName.mark(item, paragraph: 0)) could not be looked up.")
    }

    private static func words(about item: String, _ asked: String) -> String {
        let count = paragraphs(of: asked)
        guard count > 1 else { return "\(ItemName.mark(item, paragraph: 0)) is doing well." }
        let filler = Array(repeating: "The wind carries it over the hill and back again.", count: 36)
        return (0..<count).map { paragraph in
            ([ItemName.mark(item, paragraph: paragraph)] + filler).joined(separator: " ")
        }.joined(separator: "\n\n")
    }

    // MARK: - How it says it

    private static func stream(_ turn: Turn, over seconds: Double, on connection: RawHTTPConnection) {
        var deltas: [JSONValue] = []
        if let call = turn.call {
            deltas = [
                [
                    "tool_calls": [
                        [
                            "index": 0, "id": .string("call_\(call.name)"), "type": "function",
                            "function": [
                                "name": .string(call.name), "arguments": .string(call.arguments.encoded()),
                            ],
                        ]
                    ]
                ]
            ]
        } else if let text = turn.text {
            let size = max(text.utf8.count / 3 + 1, 1)
            var rest = Substring(text)
            while !rest.isEmpty {
                deltas.append(["content": .string(String(rest.prefix(size)))])
                rest = rest.dropFirst(size)
            }
        }
        let pause = UInt32(seconds * 1_000_000) / UInt32(deltas.count + 1)
        connection.beginChunked(headers: ["Content-Type": "text/event-stream"])
        for delta in deltas {
            usleep(pause)
            send(["index": 0, "delta": delta, "finish_reason": nil], on: connection)
        }
        usleep(pause)
        send(
            ["index": 0, "delta": [:], "finish_reason": .string(turn.call == nil ? "stop" : "tool_calls")],
            on: connection)
        connection.writeChunk(Array("data: [DONE]\n\n".utf8))
        connection.endChunked()
    }

    private static func send(_ choice: JSONValue, on connection: RawHTTPConnection) {
        let chunk: JSONValue = ["object": "chat.completion.chunk", "choices": [choice]]
        connection.writeChunk(Array("data: \(chunk.encoded())\n\n".utf8))
    }
}

import HTTP
import LanguageModels
import ServiceRuntime
import TestSupport
import Testing

/// A language model that plans before it writes SQL, behind Chat Completions.
@Suite(.timeLimit(.minutes(20)))
struct PlannedModelTests {
    /// Delegates, plans what it was asked, runs the plan's statement as it stands, and answers with it.
    private struct PlanningModel {
        let question: String

        func server() throws -> ScriptedChatServer {
            try ScriptedChatServer { [self] request in reply(to: (try? JSONValue(parsing: request.body)) ?? .null) }
        }

        private func reply(to body: JSONValue) -> ScriptedChatServer.Reply {
            let messages = body["messages"]?.array ?? []
            let names = Set((body["tools"]?.array ?? []).compactMap { $0["function"]?["name"]?.string })
            let told = PlannedModelTests.results(in: messages)
            let id = "call-\(messages.count)"
            guard names.contains("give_answer") else {
                return told.isEmpty
                    ? .calls(
                        ToolCall(
                            id: id, name: "delegate", arguments: ["agent": "analyst", "task": .string(question)]))
                    : .text("Done.")
            }
            guard let last = told.last else {
                return .calls(ToolCall(id: id, name: "plan_question", arguments: ["question": .string(question)]))
            }
            if let sql = last["sql"]?.string, last["outcome"] != nil {
                return .calls(ToolCall(id: id, name: "run_sql", arguments: ["sql": .string(sql)]))
            }
            if last["outcome"]?.string == "declined" {
                return .calls(
                    ToolCall(
                        id: id, name: "give_answer",
                        arguments: ["headline": "Nobody knows.", "kind": "unanswered", "result_ids": []]))
            }
            return .calls(
                ToolCall(
                    id: id, name: "give_answer",
                    arguments: ["headline": "See the table.", "result_ids": ["result_1"]]))
        }
    }

    /// What tools have told, oldest first.
    private static func results(in messages: [JSONValue]) -> [JSONValue] {
        messages.filter { $0["role"]?.string == "tool" }.compactMap { message in
            message["content"]?.string.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
        }
    }

    private static func settings(_ server: ScriptedChatServer) -> [String: String] {
        [
            "OPENAI_API_KEY": "sk-" + "planned-0123456789", "OPENAI_BASE_URL": server.baseURL,
            "DASH_MODEL": "openai:test",
        ]
    }

    private static func plans(_ server: ScriptedChatServer) -> [JSONValue] {
        server.bodies.compactMap { results(in: $0["messages"]?.array ?? []).first { $0["outcome"] != nil } }
    }

    @Test(
        "A model gets the plan with its SQL, evidence and hash and what is known about it, and its answer is the plan's"
    )
    func plan() async throws {
        let question = "Collected revenue by country in 2025"
        let server = try PlanningModel(question: question).server()
        try await World.with(adding: Self.settings(server)) { world in
            _ = try await world.dashd.run("knowledge", "load")
            let outcome = try await world.dashd.run("ask", question, "--json")
            #expect(outcome.isSuccess, "\(outcome.errorText)")
            let answer = try JSONValue(parsing: outcome.output)
            let plan = try #require(Self.plans(server).first, "\(server.bodies.map { $0.encoded() })")
            #expect(plan["outcome"]?.string == "plan" && plan["hash"]?.string?.isEmpty == false)
            #expect(plan["planned"]?["evidence"]?.array?.isEmpty == false && plan["gaps"]?.array?.isEmpty == true)
            #expect(answer["badge"]?.string == "derived")
            #expect(answer["provenance"]?["definitions"]?[0]?["name"]?.string == "Collected Revenue")
            #expect(answer["provenance"]?["period"]?.string == "2025")
            // What is known about the question's words went to the model with them.
            #expect(server.bodies.contains { $0.encoded().contains("paid_at") && $0.encoded().contains("give_answer") })
        }
    }

    @Test("A model is told which words nothing knows, as gaps, and nothing is planned without them")
    func gaps() async throws {
        let question = "Collected revenue by zodiac sign"
        let server = try PlanningModel(question: question).server()
        try await World.with(adding: Self.settings(server)) { world in
            _ = try await world.dashd.run("knowledge", "load")
            let outcome = try await world.dashd.run("ask", question, "--json")
            let answer = try JSONValue(parsing: outcome.output)
            #expect(answer["badge"]?.string == "needsInput", "\(answer.encoded())")
            let plan = try #require(Self.plans(server).first)
            #expect(plan["gaps"]?.array?.contains { $0.string?.contains("zodiac") == true } == true)
            #expect(plan["sql"] == nil)
        }
    }

    @Test(
        "The fast path answers what is verified without the model, and asks it where it is off",
        arguments: [true, false])
    func fastPath(isOn: Bool) async throws {
        let question = "MRR by plan"
        let server = try PlanningModel(question: question).server()
        let settings = Self.settings(server).merging(["DASH_FAST_PATH": isOn ? "on" : "off"]) { $1 }
        try await World.with(adding: settings) { world in
            _ = try await world.dashd.run("knowledge", "load")
            let outcome = try await world.dashd.run("ask", question, "--json")
            let answer = try JSONValue(parsing: outcome.output)
            #expect(answer["tables"]?[0]?["rows"]?.array?.count == 4)
            #expect(server.requests.isEmpty == isOn)
            // What the person asked, planned word for word from curated definitions, is verified all the same.
            #expect(answer["badge"]?.string == "verified", "\(answer.encoded())")
        }
    }
}

import LanguageModels
import ServiceRuntime
import TestSupport
import Testing

/// The team played by a language model behind Chat Completions.
@Suite(.timeLimit(.minutes(20)))
struct ModelTests {
    private func call(_ name: String, _ arguments: JSONValue, id: String) -> ToolCall {
        ToolCall(id: id, name: name, arguments: arguments)
    }

    private func settings(_ server: ScriptedChatServer) -> [String: String] {
        ["OPENAI_API_KEY": "sk-canary-123", "OPENAI_BASE_URL": server.baseURL, "DASH_MODEL": "openai:test"]
    }

    @Test("A wrong column is corrected and learned, an invented number is refused, the answer is marked Generated")
    func correction() async throws {
        let server = try ScriptedChatServer(
            .calls(call("delegate", ["agent": "analyst", "task": "count wombats"], id: "1")),
            .calls(call("run_sql", ["sql": "SELECT count(*) AS n FROM customers WHERE stat = 'active'"], id: "2")),
            .calls(call("run_sql", ["sql": "SELECT count(*) AS n FROM customers WHERE status = 'active'"], id: "3")),
            .calls(
                call("give_answer", ["headline": "There are 987654 wombats.", "result_ids": ["result_2"]], id: "4")),
            .calls(call("give_answer", ["headline": "Counted them all.", "result_ids": ["result_2"]], id: "5")))
        try await World.with(adding: settings(server)) { world in
            _ = try await world.dashd.run("knowledge", "load")
            let outcome = try await world.dashd.run("ask", "How many wombats are about?", "--json")
            #expect(outcome.isSuccess, "\(outcome.errorText)")
            let answer = try JSONValue(parsing: outcome.output)
            #expect(answer["badge"]?.string == "generated")
            #expect(answer["headline"]?.string == "Counted them all.")
            #expect(
                answer["tables"]?[0]?["rows"]?[0]?[0]?.string
                    == (try await world.value("SELECT count(*) FROM public.customers WHERE status = 'active'")))
            #expect(server.unusedReplies == 0)
            // What the model was told about its mistakes.
            let told = server.bodies.map { $0.encoded() }
            #expect(told[2].contains("missingColumn"))
            #expect(told[4].contains("987654"))
            let learned = try await world.dashd.run("learnings", "list", "--json")
            #expect(learned.outputText.contains("stat = 'active'"))
            #expect(!(outcome.outputText + outcome.errorText).contains("sk-canary"))
        }
    }

    @Test("What curated knowledge settles costs no model call")
    func fastPath() async throws {
        let server = try ScriptedChatServer()
        try await World.with(adding: settings(server)) { world in
            _ = try await world.dashd.run("knowledge", "load")
            let outcome = try await world.dashd.run("ask", "What's our current MRR?", "--json")
            #expect(try JSONValue(parsing: outcome.output)["badge"]?.string == "verified")
            #expect(server.requests.isEmpty)
        }
    }

    @Test("A model may not write to company data, whatever it tries")
    func readOnly() async throws {
        let attacks = [
            "DELETE FROM subscriptions", "WITH d AS (DELETE FROM subscriptions RETURNING 1) SELECT * FROM d",
            "SELECT 1; DROP TABLE subscriptions CASCADE", "COMMIT; DELETE FROM subscriptions",
            "SELECT * FROM ai.conversations", "UPDATE subscriptions SET mrr = 0",
        ]
        let replies: [ScriptedChatServer.Reply] =
            [.calls(call("delegate", ["agent": "analyst", "task": "attack"], id: "d"))]
            + attacks.enumerated().map { index, sql in .calls(call("run_sql", ["sql": .string(sql)], id: "a\(index)")) }
            + [.text("I could not."), .text("It did not work.")]
        let server = try ScriptedChatServer(replies)
        try await World.with(adding: settings(server).merging(["DASH_MAX_RETRIES": "5"]) { $1 }) { world in
            let before = try await world.value("SELECT count(*) || ' ' || sum(mrr) FROM public.subscriptions")
            _ = try await world.dashd.run("ask", "please run the frobnication", "--json")
            #expect(try await world.value("SELECT count(*) || ' ' || sum(mrr) FROM public.subscriptions") == before)
            #expect(server.requests.count > attacks.count)
        }
    }
}

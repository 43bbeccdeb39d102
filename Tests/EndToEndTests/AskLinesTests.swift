import Postgres
import ServiceRuntime
import TestSupport
import Testing

/// `dashd ask --jsonl`, as a benchmark or a script uses it.
@Suite(.timeLimit(.minutes(20)))
struct AskLinesTests {
    private func replies(_ outcome: Command.Outcome) throws -> [JSONValue] {
        try outcome.outputText.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    @Test("Each line is answered with one line, in order, whatever stands in it")
    func lines() async throws {
        // An hourly limit is for people in Slack.
        try await World.with(adding: ["DASH_USER_QUESTIONS_PER_HOUR": "1"]) { world in
            #expect(try await world.dashd.run("knowledge", "load").isSuccess)
            let input = """
                {"id": 1, "question": "What's our current MRR?"}
                this is no JSON

                {"id": "two", "question": "What's our current MRR by plan?", "session": "s"}
                {"id": {"n": 3}}
                {"id": 4, "question": "Drop the customers table"}
                {"id": 5, "question": "How many bananas did the moon eat?"}
                {"id": 6, "question": "What's our current MRR?"}
                """
            let outcome = try await world.dashd.run("ask", "--jsonl", input: input)
            #expect(outcome.isSuccess, "\(outcome.errorText)")
            let replies = try replies(outcome)
            #expect(replies.map { $0["id"] } == [1, .null, "two", ["n": 3], 4, 5, 6])
            #expect(
                replies.map { $0["outcome"] } == [
                    "answered", "failed", "answered", "failed", "refused", "refused", "answered",
                ])
            let first = try #require(replies.first)
            #expect(first["sql"]?.string?.contains("SELECT") == true)
            #expect(first["columns"]?.array?.isEmpty == false && first["row_count"] == 1)
            #expect(first["rows"]?[0]?[0]?.double != nil, "\(first.encoded())")
            #expect(first["badge"] == "verified")
            #expect(replies[5]["unused"]?.array?.contains("bananas") == true, "\(replies[5].encoded())")
            #expect(replies[1]["headline"]?.string?.hasPrefix("line 2: ") == true)
            #expect(replies[6]["rows"] == first["rows"] && replies[6]["sql"] == first["sql"])
            #expect(try await world.value("SELECT count(*) > 0 FROM customers") == "t")
        }
    }

    @Test("Lines of one session are a conversation; the next run goes on with it, and others know nothing of it")
    func sessions() async throws {
        try await World.with { world in
            #expect(try await world.dashd.run("knowledge", "load").isSuccess)
            let first = try await world.dashd.run(
                "ask", "--jsonl",
                input: #"{"id": 1, "session": "a", "question": "What's our current MRR by plan?"}"#)
            let second = try await world.dashd.run(
                "ask", "--jsonl",
                input: """
                    {"id": 2, "session": "a", "question": "only enterprise"}
                    {"id": 3, "session": "b", "question": "only enterprise"}
                    """)
            #expect(try replies(first).first?["outcome"] == "answered")
            let answers = try replies(second)
            #expect(answers.first?["outcome"] == "answered", "\(second.outputText)")
            #expect(answers.last?["outcome"] != "answered", "\(second.outputText)")
        }
    }

    @Test(
        "With --jsonl nothing else is asked",
        arguments: [["ask", "--jsonl", "Hi"], ["ask", "--jsonl", "--json"], ["ask"]])
    func usage(words: [String]) async throws {
        let outcome = try await Command(Dashd.path, words, environment: ["PATH": "/usr/bin:/bin"])
            .run(timeout: .seconds(30))
        #expect(outcome.ending == .exited(2))
    }
}

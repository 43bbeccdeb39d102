import ServiceRuntime
import TestSupport
import Testing

/// What `dashd sql` asks a person about, at a terminal and where nobody is.
@Suite(.timeLimit(.minutes(20)))
struct SQLConfirmationTests {
    private static let views = "SELECT count(*) FROM pg_views WHERE schemaname = 'dash'"
    private static let drop = "DROP VIEW dash.low CASCADE"

    private func setUp(_ world: World) async throws {
        let outcome = try await world.dashd.run("setup")
        #expect(outcome.isSuccess, "\(outcome.errorText)")
    }

    private func prepare(_ world: World) async throws {
        try await setUp(world)
        for sql in ["CREATE VIEW dash.low AS SELECT 1 AS n", "CREATE VIEW dash.high AS SELECT n FROM dash.low"] {
            let built = try await world.dashd.run("sql", "--as", "engineer", sql)
            #expect(built.isSuccess, "\(built.errorText)")
        }
    }

    /// At a terminal of its own, with a line typed in advance.
    private func typing(
        _ line: String, _ world: World, as role: String, _ sql: String, adding settings: [String: String] = [:]
    ) async throws -> Command.Outcome {
        try await Command(
            "/usr/bin/script", ["-qec", "\(Dashd.path) sql --as \(role) '\(sql)'", "/dev/null"],
            environment: world.dashd.environment.merging(settings) { _, new in new }, directory: world.dashd.home,
            input: Array((line + "\n").utf8)
        ).run(timeout: .seconds(60))
    }

    @Test(
        "Dropping what others use lists them and asks; only yes drops", arguments: [("n", "2"), ("", "2"), ("y", "0")])
    func drop(line: String, left: String) async throws {
        try await World.with(loadingSample: false) { world in
            try await prepare(world)
            let outcome = try await typing(line, world, as: "engineer", Self.drop)
            let text = outcome.outputText
            #expect(text.contains("Do it? [y/N]"), "\(text)")
            #expect(text.contains("Goes with it"))
            #expect(text.contains("dash.high"))
            #expect(try await world.value(Self.views) == left, "\(text)")
            #expect(outcome.isSuccess == (left == "0"))
            #expect(text.contains("you did not agree") == (left == "2"))
            let verdicts = try await world.value(
                "SELECT string_agg(verdict, ' ' ORDER BY id) FROM ai.audit WHERE sql LIKE 'DROP%'")
            #expect(verdicts == (left == "0" ? "stopped ran" : "stopped"))
        }
    }

    @Test("Where nobody can answer, what others use stays, and the sentence says what to do")
    func nobody() async throws {
        try await World.with(loadingSample: false) { world in
            try await prepare(world)
            let single = try await world.dashd.run("sql", "--as", "engineer", Self.drop)
            #expect(single.ending == .exited(1))
            #expect(single.errorText.contains("dash.high"), "\(single.errorText)")
            #expect(single.errorText.contains("run it in a terminal"), "\(single.errorText)")
            let line = try await world.dashd.run(
                "sql", "--as", "engineer", "--jsonl", input: #"{"id": 1, "sql": "\#(Self.drop)"}"# + "\n")
            let reply = try JSONValue(parsing: line.output)
            #expect(reply["verdict"] == "stopped")
            #expect(reply["layer"] == "limit")
            #expect(reply["reason"]?.string?.contains("run it in a terminal") == true, "\(reply.encoded())")
            // Without the cascade it is the server that refuses, and says what is in the way.
            let plain = try await world.dashd.run("sql", "--as", "engineer", "DROP VIEW dash.low")
            #expect(plain.ending == .exited(1))
            #expect(plain.errorText.contains("view high depends on view low"), "\(plain.errorText)")
            #expect(plain.errorText.contains("CASCADE"))
            #expect(try await world.value(Self.views) == "2")
        }
    }

    @Test("What the planner finds costly is asked about with its estimate", arguments: ["n", "y"])
    func costly(line: String) async throws {
        try await World.with(loadingSample: false) { world in
            try await setUp(world)
            let sql = "SELECT count(*) AS n FROM generate_series(1, 1000) AS g"
            let settings = ["DASH_COST_LIMIT": "1"]
            let outcome = try await typing(line, world, as: "analyst", sql, adding: settings)
            #expect(outcome.outputText.contains("more than 1 is asked about"), "\(outcome.outputText)")
            #expect(outcome.isSuccess == (line == "y"))
            #expect(outcome.outputText.contains("ran: 1 row") == (line == "y"))
            var dashd = world.dashd
            dashd.environment.merge(settings) { _, new in new }
            let unattended = try await dashd.run("sql", "--as", "analyst", sql)
            #expect(unattended.ending == .exited(1))
            #expect(unattended.errorText.contains("its cost is"), "\(unattended.errorText)")
            #expect(unattended.errorText.contains("run it in a terminal"))
        }
    }

    @Test("A question at a terminal asks in the same way", arguments: [("n", "2"), ("y", "0")])
    func ask(line: String, left: String) async throws {
        try await World.with(loadingSample: false) { world in
            try await prepare(world)
            let outcome = try await Command(
                "/usr/bin/script", ["-qec", "\(Dashd.path) ask 'drop the view dash.low'", "/dev/null"],
                environment: world.dashd.environment, directory: world.dashd.home, input: Array((line + "\n").utf8)
            ).run(timeout: .seconds(60))
            #expect(outcome.outputText.contains("Do it? [y/N]"), "\(outcome.outputText)")
            #expect(outcome.outputText.contains("dash.high"))
            #expect(try await world.value(Self.views) == left, "\(outcome.outputText)")
        }
    }
}

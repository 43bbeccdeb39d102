import FoundationEssentials
import HTTP
import Postgres
import ServiceRuntime
import TestSupport
import Testing

/// `dashd sql` and `dashd audit`, as whoever tries the limits uses them.
@Suite(.timeLimit(.minutes(20)))
struct SQLCommandTests {
    private func replies(_ outcome: Command.Outcome) throws -> [JSONValue] {
        try outcome.outputText.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    @Test("A statement runs or is refused as an agent's would be; the exit code tells, and the log has it")
    func single() async throws {
        try await World.with { world in
            let ran = try await world.dashd.run("sql", "--as", "analyst", "SELECT count(*) AS customers FROM customers")
            #expect(ran.isSuccess, "\(ran.errorText)")
            #expect(ran.outputText.contains("customers"))
            #expect(ran.errorText.contains("ran: 1 row"))
            let refused = try await world.dashd.run("sql", "--as", "analyst", "DROP TABLE customers")
            #expect(refused.ending == .exited(1))
            #expect(refused.errorText.contains("refused by the guard"), "\(refused.errorText)")
            let failed = try await world.dashd.run("sql", "--as", "analyst", "SELECT nam FROM customers")
            #expect(failed.ending == .exited(1))
            #expect(failed.errorText.contains("failed: "), "\(failed.errorText)")
            let built = try await world.dashd.run(
                "sql", "--as", "engineer", "CREATE VIEW dash.tried AS SELECT 1 AS one")
            #expect(built.isSuccess, "\(built.errorText)")
            #expect(try await world.value("SELECT count(*) FROM dash.tried") == "1")

            let audit = try await world.dashd.run("audit", "--json")
            let entries = try replies(audit)
            #expect(entries.map { $0["verdict"]?.string } == ["ran", "refused", "failed", "ran"])
            #expect(entries.map { $0["agent"]?.string } == ["analyst", "analyst", "analyst", "engineer"])
            #expect(entries.allSatisfy { $0["asker"]?.string?.hasPrefix("local:") == true })
            let table = try await world.dashd.run("audit", "--since", "1h", "--limit", "2")
            #expect(table.outputText.contains("CREATE VIEW dash.tried"), "\(table.outputText)")
            #expect(!table.outputText.contains("DROP TABLE"))
            let none = try await world.dashd.run("audit", "--user", "slack:T1:U1")
            #expect(none.outputText.contains("No statement"))
        }
    }

    @Test("Lines are answered one by one and in order, each role with its rights, each session fresh")
    func lines() async throws {
        try await World.with { world in
            let input = """
                {"id": 1, "sql": "SELECT count(*) FROM customers"}
                {"id": "two", "sql": "DELETE FROM customers"}

                this is no JSON
                {"id": 3, "role": "engineer", "sql": "CREATE TABLE dash.t AS SELECT 1 AS one"}
                {"id": 4, "sql": "CREATE TABLE dash.u AS SELECT 1 AS one"}
                {"id": 5, "sql": "SELECT one FROM dash.t"}
                {"id": 6, "sql": "SELECT nam FROM customers"}
                {"id": 7, "role": "admin", "sql": "SELECT 1"}
                {"id": 8}
                {"id": 9, "sql": "SELECT count(*) FROM customers a, customers b, customers c, customers d, customers e"}
                {"id": 10, "role": "engineer", "sql": "DROP TABLE public.customers"}
                {"id": 11, "sql": "SELECT id FROM customers LIMIT 3"}
                """
            let outcome = try await world.dashd.run("sql", "--as", "analyst", "--jsonl", input: input)
            #expect(outcome.isSuccess, "\(outcome.errorText)")
            let replies = try replies(outcome)
            let expected: [(id: JSONValue, verdict: String, layer: String?, rows: Int64?)] = [
                (1, "ran", nil, 1), ("two", "refused", "guard", nil), (.null, "failed", nil, nil), (3, "ran", nil, 1),
                (4, "refused", "guard", nil), (5, "ran", nil, 1), (6, "failed", nil, nil), (7, "failed", nil, nil),
                (8, "failed", nil, nil), (9, "stopped", "limit", nil), (10, "refused", "guard", nil),
                (11, "ran", nil, 3),
            ]
            #expect(replies.count == expected.count)
            for (reply, expected) in zip(replies, expected) {
                #expect(reply["id"] == expected.id, "\(reply.encoded())")
                #expect(reply["verdict"]?.string == expected.verdict, "\(reply.encoded())")
                #expect(reply["layer"]?.string == expected.layer, "\(reply.encoded())")
                #expect(reply["rows"] == expected.rows.map(JSONValue.integer) ?? .null, "\(reply.encoded())")
                #expect((reply["reason"]?.string != nil) == (expected.verdict != "ran"), "\(reply.encoded())")
            }
            #expect(replies[6]["sqlstate"]?.string == "42703")
            #expect(try await world.value("SELECT count(*) > 0 FROM customers") == "t")
        }
    }

    private func verdicts(_ world: World, without layers: String) async throws -> [String] {
        let input = """
            {"id": 1, "sql": "DELETE FROM usage_metrics"}
            {"id": 2, "sql": "SELECT set_config('work_mem', '77MB', false)"}
            {"id": 3, "sql": "SELECT current_setting('work_mem')"}
            """
        let outcome = try await world.dashd.run(
            "sql", "--as", "analyst", "--jsonl", "--layers", layers, input: input)
        try #require(outcome.isSuccess, "\(outcome.errorText)")
        return try replies(outcome).map { reply in
            [reply["verdict"], reply["layer"], reply["reason"]].compactMap { $0?.string }.joined(separator: " ")
        }
    }

    /// The lines of a file of the corpus as the command reads them.
    private func corpus(_ name: String, of role: String? = nil) throws -> [String] {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Corpus/sql/\(name)")
        let lines = String(decoding: try Data(contentsOf: url), as: UTF8.self).split(separator: "\n").map(String.init)
        return lines.filter { role == nil || $0.contains("\"role\": \"\(role ?? "")\"") }
    }

    @Test("Of the corpus no attack runs and every usual statement does")
    func corpus() async throws {
        try await World.with(loadingSample: false) { world in
            // Dash makes its own schemas, and its own table of turns.
            let company = try corpus("company.sql").filter {
                !$0.hasPrefix("CREATE SCHEMA") && !$0.contains("ai.turns")
            }
            try #require(try await world.dashd.run("setup").isSuccess)
            let connection = try await PostgresConnection.connect(
                world.database, eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
            try await connection.execute(script: company.joined(separator: "\n"))
            let setup = try await world.dashd.run("setup")
            try #require(setup.isSuccess, "\(setup.errorText)")
            let attacks = try corpus("attacks.jsonl") + corpus("unlisted.jsonl")
            let benign = try corpus("benign.jsonl", of: "analyst")
            #expect(attacks.count > 500 && benign.count > 100)
            let outcome = try await world.dashd.run(
                "sql", "--as", "analyst", "--jsonl", input: (attacks + benign).joined(separator: "\n"))
            try #require(outcome.isSuccess, "\(outcome.errorText)")
            let verdicts = try replies(outcome)
            #expect(verdicts.count == attacks.count + benign.count)
            for verdict in verdicts.prefix(attacks.count) {
                #expect(verdict["verdict"] != "ran", "\(verdict.encoded())")
            }
            for verdict in verdicts.dropFirst(attacks.count) {
                #expect(verdict["verdict"] == "ran", "\(verdict.encoded())")
            }
        }
    }

    @Test("Layers are switched off one by one, for tests only")
    func layers() async throws {
        try await World.with(adding: ["RUNTIME_ENV": "dev"]) { world in
            let withoutGuard = try await verdicts(world, without: "guard")
            #expect(withoutGuard[0].hasPrefix("refused database"), "\(withoutGuard)")
            #expect(withoutGuard.dropFirst() == ["ran", "ran"])
            let withoutRoles = try await verdicts(world, without: "roles")
            #expect(withoutRoles.allSatisfy { $0.hasPrefix("refused guard") }, "\(withoutRoles)")
            let withoutTransaction = try await verdicts(world, without: "transaction")
            #expect(withoutTransaction[0].hasPrefix("refused guard"), "\(withoutTransaction)")
            let transactionAlone = try await verdicts(world, without: "guard,roles")
            #expect(transactionAlone[0].hasPrefix("refused database"), "\(transactionAlone)")
            let before = try await world.value("SELECT count(*) > 0 FROM usage_metrics")
            #expect(before == "t")
            let nothing = try await verdicts(world, without: "guard, roles, transaction")
            #expect(nothing[0] == "ran", "\(nothing)")
            let after = try await world.value("SELECT count(*) > 0 FROM usage_metrics")
            #expect(after == "f")
        }
    }

    @Test("In production no layer can be switched off; production is the default", arguments: ["", "prd"])
    func production(environment: String) async throws {
        try await World.with(loadingSample: false, adding: ["RUNTIME_ENV": environment]) { world in
            let outcome = try await world.dashd.run("sql", "--as", "analyst", "--layers", "guard", "SELECT 1")
            #expect(outcome.ending == .exited(1))
            #expect(outcome.errorText.contains("RUNTIME_ENV"))
        }
    }

    @Test("Without an administrator nobody is there to run what the roles would keep back")
    func noAdministrator() async throws {
        try await World.with(adding: ["RUNTIME_ENV": "dev"]) { world in
            var dashd = world.dashd
            for name in ["DB_APP_PASS", "DB_ANALYST_PASS", "DB_ENGINEER_PASS"] { dashd.environment[name] = "x" }
            dashd.environment["DB_USER"] = nil
            dashd.environment["DB_PASS"] = nil
            let prefix = try #require(dashd.environment["DASH_ROLE_PREFIX"])
            for role in ["app", "analyst", "engineer"] {
                _ = try await world.value("ALTER ROLE \(prefix)_\(role) PASSWORD 'x'")
            }
            let outcome = try await dashd.run("sql", "--as", "analyst", "--layers", "roles", "SELECT 1")
            #expect(outcome.ending == .exited(1))
            #expect(outcome.errorText.contains("DB_USER"), "\(outcome.errorText)")
            #expect(try await dashd.run("sql", "--as", "analyst", "SELECT 1").isSuccess)
        }
    }

    @Test(
        "Wrong usage is exit code 2",
        arguments: [
            ["sql", "SELECT 1"], ["sql", "--as", "superuser", "SELECT 1"], ["sql", "--as", "analyst"],
            ["sql", "--as", "analyst", "--jsonl", "SELECT 1"],
            ["sql", "--as", "analyst", "--layers", "walls", "SELECT 1"], ["audit", "--since", "whenever"],
            ["audit", "--limit", "0"], ["audit", "--limit", "many"],
        ])
    func wrongUsage(words: [String]) async throws {
        let outcome = try await Command(Dashd.path, words, environment: ["PATH": "/usr/bin:/bin"]).run(
            timeout: .seconds(120))
        #expect(outcome.ending == .exited(2), "\(outcome.errorText)")
        #expect(outcome.errorText.split(separator: "\n").count == 1)
    }

    @Test("How many statements were abandoned is in /health")
    func health() async throws {
        try await World.with(loadingSample: false) { world in
            try await world.dashd.serving { daemon in
                let response = try await world.http.send(.init(method: .get, target: daemon.url("/health")))
                #expect(try JSONValue(parsing: response.body)["abandoned_statements"] == 0)
                #expect(try JSONValue(parsing: response.body)["abandoned_statements_running"] == 0)
            }
        }
    }
}

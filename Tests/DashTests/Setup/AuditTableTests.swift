import Postgres
import TestSupport
import Testing

@testable import Dash

@Suite struct AuditTableTests {
    private static let insert = "INSERT INTO ai.audit (agent, sql, verdict) VALUES ('analyst', 'SELECT 1', 'ran')"

    @Test("The daemon's role adds and reads, and changes nothing that is there", arguments: [true, false])
    func appendOnly(isSuperuser: Bool) async throws {
        try await SetupFixture.with { fixture in
            let administrator = isSuperuser ? fixture.superuser : try await fixture.plainAdministrator()
            #expect(try await fixture.setUp(as: administrator).fatalFindings == [])
            let app = fixture.login(fixture.roles.app)
            #expect(try await fixture.refusal(Self.insert, as: app) == nil)
            #expect(
                try await fixture.value("SELECT agent FROM ai.audit WHERE at <= clock_timestamp()", as: app)
                    == "analyst")
            for statement in [
                "UPDATE ai.audit SET sql = ''", "DELETE FROM ai.audit", "TRUNCATE ai.audit", "DROP TABLE ai.audit",
                "ALTER TABLE ai.audit ADD COLUMN x int", "ALTER TABLE ai.audit RENAME TO old",
                "CREATE RULE r AS ON INSERT TO ai.audit DO INSTEAD NOTHING", "DROP SCHEMA ai CASCADE",
                "CREATE TRIGGER t BEFORE INSERT ON ai.audit EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                "GRANT UPDATE ON ai.audit TO \(fixture.roles.app)", "ALTER SCHEMA ai RENAME TO b",
                "SET ROLE \(fixture.roles.owner)", "ALTER TABLE ai.audit OWNER TO \(fixture.roles.app)",
            ] {
                let state = try await fixture.refusal(statement, as: app)
                // A grant without the right to grant is a warning and changes nothing.
                #expect(state == "42501" || statement.hasPrefix("GRANT"), "\(statement): \(state ?? "ran")")
            }
            #expect(try await fixture.value("SELECT count(*) FROM ai.audit", as: app) == "1")
            #expect(try await fixture.value("SELECT sql FROM ai.audit", as: app) == "SELECT 1")
            #expect(try await fixture.check().filter { $0.subject == .audit } == [])
            for role in [fixture.roles.analyst, fixture.roles.engineer] {
                #expect(try await fixture.refusal("SELECT * FROM ai.audit", as: fixture.login(role)) == "42501")
            }
        }
    }

    @Test("What is no verdict or layer is refused")
    func constraints() async throws {
        try await SetupFixture.with { fixture in
            _ = try await fixture.setUp()
            let app = fixture.login(fixture.roles.app)
            for values in ["'analyst', 'x', 'maybe', NULL", "'analyst', 'x', 'ran', 'moon'", "NULL, 'x', 'ran', NULL"] {
                let state = try await fixture.refusal(
                    "INSERT INTO ai.audit (agent, sql, verdict, layer) VALUES (\(values))", as: app)
                #expect(state?.hasPrefix("23") == true, "\(values)")
            }
        }
    }

    @Test("A state that an earlier version made is taken over, with what it holds", arguments: [true, false])
    func upgrade(isSuperuser: Bool) async throws {
        try await SetupFixture.with { fixture in
            let administrator = isSuperuser ? fixture.superuser : try await fixture.plainAdministrator()
            _ = try await fixture.setUp(as: administrator)
            let app = fixture.login(fixture.roles.app)
            _ = try await fixture.refusal(Self.insert, as: app)
            try await fixture.run(
                """
                ALTER TABLE ai.audit DROP COLUMN sqlstate, DROP COLUMN rows;
                ALTER TABLE ai.audit OWNER TO \(fixture.roles.app);
                ALTER SCHEMA ai OWNER TO \(fixture.roles.app);
                CREATE TABLE ai.kept (id int);
                ALTER TABLE ai.kept OWNER TO \(fixture.roles.app);
                """)
            #expect(try await fixture.check().filter { $0.subject == .audit }.count == 4)
            let outcome = try await fixture.setUp(as: administrator)
            #expect(outcome.findings.filter { $0.subject == .audit } == [])
            #expect(
                try await fixture.value("SELECT count(sqlstate) + count(rows) + count(*) FROM ai.audit", as: app) == "1"
            )
            #expect(try await fixture.refusal("INSERT INTO ai.kept VALUES (1)", as: app) == nil)
            #expect(try await fixture.refusal("DELETE FROM ai.audit", as: app) == "42501")
            #expect(try await fixture.setUp(as: administrator).changes == [])
        }
    }

    @Test("Without an administrator who may, the statements are named and work for somebody who may")
    func byHand() async throws {
        try await SetupFixture.with { fixture in
            _ = try await fixture.setUp()
            try await fixture.run("DROP TABLE ai.audit")
            let app = try await fixture.connect(fixture.login(fixture.roles.app))
            let findings = try await SetupCheck(plan: fixture.plan()).findings(on: app).filter { $0.subject == .audit }
            #expect(findings.count == 1 && findings[0].isFatal)
            #expect(findings.first?.message.contains("no statement may run") == true)
            try await fixture.run(try #require(findings.first?.remedy))
            #expect(try await fixture.check().filter { $0.subject == .audit } == [])
            #expect(try await fixture.setUp().changes == [])
        }
    }

    @Test("An administrator who may not make it is told that no statement runs without it")
    func notAllowed() async throws {
        try await SetupFixture.with { fixture in
            _ = try await fixture.setUp()
            try await fixture.run("DROP TABLE ai.audit")
            let daemon = fixture.login(fixture.roles.app)
            let findings = try await fixture.setUp(as: daemon).findings.filter { $0.subject == .audit }
            #expect(!findings.isEmpty && findings.allSatisfy(\.isFatal), "\(findings)")
        }
    }
}

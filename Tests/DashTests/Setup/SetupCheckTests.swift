import Postgres
import Testing

@testable import Dash

@Suite struct SetupCheckTests {
    struct Spoiled: Sendable, CustomTestStringConvertible {
        /// `{a}` and `{e}` stand for the sandbox roles, `{p}` for the daemon's, `{o}` for the owner's, `{d}` for the database.
        var statement: String
        var subject: SetupFinding.Subject
        var isFatal = true

        var testDescription: String { statement }
    }

    static let spoiled = [
        Spoiled(statement: "ALTER ROLE {a} SUPERUSER", subject: .superuser),
        Spoiled(statement: "ALTER ROLE {e} CREATEROLE", subject: .superuser),
        Spoiled(statement: "ALTER ROLE {a} BYPASSRLS", subject: .superuser),
        Spoiled(statement: "GRANT pg_read_all_data TO {a}", subject: .membership),
        Spoiled(statement: "GRANT {a} TO {e}", subject: .membership),
        Spoiled(statement: "ALTER TABLE public.customers OWNER TO {e}", subject: .ownership),
        Spoiled(statement: "ALTER SCHEMA dash OWNER TO {e}", subject: .ownership),
        Spoiled(statement: "GRANT INSERT ON public.customers TO {a}", subject: .writeAccess),
        Spoiled(statement: "GRANT UPDATE (name) ON public.customers TO {e}", subject: .writeAccess),
        Spoiled(statement: "GRANT TRUNCATE ON public.orders TO PUBLIC", subject: .writeAccess),
        Spoiled(statement: "GRANT CREATE ON SCHEMA public TO PUBLIC", subject: .writeAccess),
        Spoiled(statement: "GRANT CREATE ON SCHEMA dash TO {a}", subject: .writeAccess),
        Spoiled(statement: "ALTER ROLE {a} REPLICATION", subject: .superuser),
        Spoiled(statement: "ALTER ROLE {e} CREATEDB", subject: .superuser),
        Spoiled(statement: "ALTER SCHEMA public OWNER TO {a}", subject: .ownership),
        Spoiled(statement: "ALTER DATABASE {d} OWNER TO {a}", subject: .ownership),
        Spoiled(
            statement: """
                CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION public.f() OWNER TO {e}
                """, subject: .ownership),
        Spoiled(
            statement: "CREATE SEQUENCE public.s; ALTER SEQUENCE public.s OWNER TO {a}", subject: .ownership),
        Spoiled(statement: "CREATE SEQUENCE public.s; GRANT USAGE ON SEQUENCE public.s TO {a}", subject: .writeAccess),
        Spoiled(statement: "GRANT DELETE ON public.orders TO {e}", subject: .writeAccess),
        Spoiled(statement: "GRANT TRIGGER, REFERENCES ON public.orders TO {e}", subject: .writeAccess),
        Spoiled(statement: "GRANT REFERENCES (id) ON public.orders TO {e}", subject: .writeAccess),
        Spoiled(statement: "GRANT CREATE ON DATABASE {d} TO {e}", subject: .writeAccess),
        Spoiled(statement: "CREATE SCHEMA other; GRANT CREATE ON SCHEMA other TO PUBLIC", subject: .writeAccess),
        Spoiled(statement: "GRANT USAGE ON SCHEMA ai TO {a}", subject: .stateAccess),
        Spoiled(statement: "GRANT CREATE ON SCHEMA ai TO {e}", subject: .stateAccess),
        Spoiled(statement: "GRANT USAGE ON SCHEMA ai TO PUBLIC", subject: .stateAccess),
        Spoiled(statement: "REVOKE CREATE ON SCHEMA ai FROM {p}", subject: .state),
        Spoiled(statement: "DROP SCHEMA ai CASCADE", subject: .state),
        Spoiled(statement: "DROP SCHEMA dash CASCADE", subject: .schema),
        Spoiled(statement: "DROP EXTENSION pg_trgm", subject: .trigrams),
        Spoiled(statement: "ALTER EXTENSION pg_trgm SET SCHEMA public", subject: .trigrams),
        Spoiled(statement: "ALTER ROLE {p} CREATEROLE", subject: .superuser, isFatal: false),
        Spoiled(statement: "DROP TABLE ai.audit", subject: .audit),
        Spoiled(statement: "ALTER TABLE ai.audit OWNER TO {p}", subject: .audit, isFatal: false),
        Spoiled(statement: "ALTER SCHEMA ai OWNER TO {p}", subject: .audit, isFatal: false),
        Spoiled(statement: "GRANT {o} TO {p}", subject: .audit, isFatal: false),
        Spoiled(statement: "GRANT DELETE, TRUNCATE ON ai.audit TO {p}", subject: .audit, isFatal: false),
        Spoiled(statement: "GRANT UPDATE (sql) ON ai.audit TO {p}", subject: .audit, isFatal: false),
        Spoiled(statement: "GRANT UPDATE ON ai.audit TO PUBLIC", subject: .audit, isFatal: false),
        Spoiled(statement: "REVOKE INSERT ON ai.audit FROM {p}", subject: .audit),
        Spoiled(statement: "ALTER TABLE ai.audit DROP COLUMN layer", subject: .audit),
        Spoiled(
            statement: "ALTER TABLE ai.audit ALTER COLUMN rows TYPE int", subject: .audit, isFatal: false),
        Spoiled(statement: "ALTER ROLE {e} CONNECTION LIMIT -1", subject: .connections, isFatal: false),
        Spoiled(
            statement:
                "CREATE FUNCTION public.d(n int) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM public.orders; SELECT 1'",
            subject: .routines, isFatal: false),
        Spoiled(statement: "REVOKE SELECT ON public.orders FROM {a}", subject: .unreadableTables, isFatal: false),
        Spoiled(statement: "REVOKE SELECT ON public.orders FROM {a}", subject: .unevenRights, isFatal: false),
        Spoiled(statement: "ALTER ROLE {a} RESET temp_file_limit", subject: .temporaryFiles, isFatal: false),
    ]

    @Test("What is wrong is found, and its remedy mends it", arguments: spoiled)
    func findings(spoiled: Spoiled) async throws {
        try await SetupFixture.with { fixture in
            _ = try await fixture.setUp()
            let before = try await fixture.check().filter { $0.subject == spoiled.subject }
            #expect(before == [])
            func named(_ text: String) -> String {
                text.split(separator: "{a}", omittingEmptySubsequences: false).joined(separator: fixture.roles.analyst)
                    .split(separator: "{e}", omittingEmptySubsequences: false).joined(separator: fixture.roles.engineer)
                    .split(separator: "{p}", omittingEmptySubsequences: false).joined(separator: fixture.roles.app)
                    .split(separator: "{o}", omittingEmptySubsequences: false).joined(separator: fixture.roles.owner)
                    .split(separator: "{d}", omittingEmptySubsequences: false).joined(
                        separator: fixture.superuser.database)
            }
            try await fixture.run(named(spoiled.statement))
            let findings = try await fixture.check().filter { $0.subject == spoiled.subject }
            #expect(!findings.isEmpty)
            for finding in findings {
                #expect(finding.isFatal == spoiled.isFatal)
                try await fixture.run(try #require(finding.remedy))
            }
            #expect(try await fixture.check().filter { $0.subject == spoiled.subject } == [])
        }
    }

    @Test("The daemon's role can check too")
    func asApp() async throws {
        try await SetupFixture.with { fixture in
            _ = try await fixture.setUp()
            let connection = try await fixture.connect(fixture.login(fixture.roles.app))
            let findings = try await SetupCheck(plan: fixture.plan()).findings(on: connection)
            #expect(try await findings.withoutDatabases == fixture.check().withoutDatabases)
        }
    }

    @Test("Missing roles are fatal")
    func missingRoles() async throws {
        try await SetupFixture.with { fixture in
            let findings = try await fixture.check()
            #expect(findings.count == 4)
            #expect(findings.allSatisfy { $0.subject == .missingRole && $0.isFatal })
        }
    }
}

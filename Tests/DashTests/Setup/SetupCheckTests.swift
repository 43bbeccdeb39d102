import Testing

@testable import Dash

@Suite struct SetupCheckTests {
    struct Spoiled: Sendable, CustomTestStringConvertible {
        /// `{a}` and `{e}` stand for the sandbox roles.
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
        Spoiled(statement: "GRANT USAGE ON SCHEMA ai TO {a}", subject: .stateAccess),
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

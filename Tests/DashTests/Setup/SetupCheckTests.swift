import FoundationEssentials
import Postgres
import TestSupport
import Testing

@testable import Dash

@Suite struct SetupCheckTests {
    struct Spoiled: Sendable, CustomTestStringConvertible {
        /// `{a}` and `{e}` stand for the sandbox roles, `{p}` for the daemon's, `{o}` for the owner's, `{d}` for the database,
        /// `{b}` for a role of others.
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
        Spoiled(
            statement: "GRANT SELECT, UPDATE ON public.orders TO {b}; GRANT SELECT ON public.orders TO PUBLIC; "
                + "GRANT INSERT, SELECT ON public.orders TO {a}", subject: .writeAccess),
        Spoiled(
            statement:
                "GRANT SELECT ON public.customers TO PUBLIC; GRANT UPDATE (name), SELECT (name) ON public.customers TO {a}",
            subject: .writeAccess),
        Spoiled(statement: "GRANT UPDATE (name) ON public.customers TO PUBLIC", subject: .writeAccess),
        Spoiled(
            statement: "GRANT INSERT, SELECT ON public.orders TO {b} WITH GRANT OPTION; SET ROLE {b}; "
                + "GRANT INSERT ON public.orders TO {a}; RESET ROLE", subject: .writeAccess),
        Spoiled(
            statement: "GRANT INSERT ON public.orders TO {e} WITH GRANT OPTION; SET ROLE {e}; "
                + "GRANT INSERT ON public.orders TO {b}; RESET ROLE", subject: .writeAccess),
        Spoiled(
            statement: "CREATE SEQUENCE public.s; GRANT ALL ON SEQUENCE public.s TO {b}, {a}", subject: .writeAccess),
        Spoiled(
            statement: "CREATE TABLE public.numbered (id serial); ALTER TABLE public.numbered OWNER TO {e}",
            subject: .ownership),
        Spoiled(statement: "CREATE SCHEMA other; GRANT ALL ON SCHEMA other TO {a}, {b}", subject: .writeAccess),
        Spoiled(statement: "GRANT CREATE ON DATABASE {d} TO {b}, {a}", subject: .writeAccess),
        Spoiled(statement: "GRANT ALL ON SCHEMA ai TO {b}, {a}", subject: .stateAccess),
        Spoiled(statement: "GRANT ALL ON ai.audit TO {b}, {p}", subject: .audit, isFatal: false),
        Spoiled(
            statement: """
                CREATE FUNCTION public.d() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
                REVOKE ALL ON FUNCTION public.d() FROM PUBLIC; GRANT EXECUTE ON FUNCTION public.d() TO {e}, {b}
                """, subject: .routines, isFatal: false),
        Spoiled(
            statement: "REVOKE SELECT ON public.orders FROM {a}; GRANT SELECT (id) ON public.orders TO PUBLIC",
            subject: .unevenRights, isFatal: false),
        Spoiled(statement: "GRANT pg_read_all_data, {b} TO {e}", subject: .membership),
        Spoiled(
            statement: "ALTER ROLE {a} INHERIT; GRANT INSERT ON public.orders TO {b}; GRANT {b} TO {a}",
            subject: .membership),
    ]

    /// What a role may do in the database, one line each, beginning with the object.
    private static func rights(of role: String) -> PostgresQuery {
        """
        SELECT line FROM (
            SELECT format('TABLE %I.%I', n.nspname, c.relname) || ' ' || p AS line
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
                unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p
            WHERE n.nspname IN ('public', 'dash', 'ai', 'other') AND c.relkind IN ('r', 'v')
                AND CASE WHEN p IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
                    THEN has_any_column_privilege(\(role)::text, c.oid, p) ELSE has_table_privilege(\(role)::text, c.oid, p) END
            UNION ALL SELECT format('SEQUENCE %I.%I', n.nspname, c.relname) || ' ' || p
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, unnest(ARRAY['USAGE', 'UPDATE', 'SELECT']) p
            WHERE c.relkind = 'S' AND has_sequence_privilege(\(role)::text, c.oid, p)
            UNION ALL SELECT format('SCHEMA %I', n.nspname) || ' ' || p FROM pg_namespace n, unnest(ARRAY['USAGE', 'CREATE']) p
            WHERE has_schema_privilege(\(role)::text, n.oid, p)
            UNION ALL SELECT format('ROUTINE %I.%I', n.nspname, f.proname)
            FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
            WHERE n.nspname IN ('public', 'dash', 'other') AND has_function_privilege(\(role)::text, f.oid, 'EXECUTE')
            UNION ALL SELECT format('DATABASE %I', d.datname) || ' ' || p
            FROM pg_database d, unnest(ARRAY['CONNECT', 'TEMPORARY', 'CREATE']) p
            WHERE d.datname = current_database() AND has_database_privilege(\(role)::text, d.oid, p)
        ) AS rights
        """
    }

    @Test(
        "What is wrong is found; its remedy fixes it, leaves nothing else wrong, and takes nothing from others unless it says so",
        arguments: spoiled)
    func findings(spoiled: Spoiled) async throws {
        try await SetupFixture.with { fixture in
            _ = try await fixture.setUp()
            let bystander = fixture.roles.prefix + "_by"
            try await fixture.run("CREATE ROLE \(bystander)")
            let before = try await fixture.check().withoutDatabases
            #expect(before.filter { $0.subject == spoiled.subject } == [])
            func named(_ text: String) -> String {
                [
                    ("{a}", fixture.roles.analyst), ("{e}", fixture.roles.engineer), ("{p}", fixture.roles.app),
                    ("{o}", fixture.roles.owner), ("{d}", fixture.superuser.database), ("{b}", bystander),
                ].reduce(text) { text, pair in
                    text.split(separator: pair.0, omittingEmptySubsequences: false).joined(separator: pair.1)
                }
            }
            func rights() async throws -> Set<String> {
                Set(try await fixture.connect().query(Self.rights(of: bystander)).rows.compactMap { $0["line"] })
            }
            try await fixture.run(named(spoiled.statement))
            let mayDo = try await rights()
            var findings = try await fixture.check().withoutDatabases.filter { !before.contains($0) }
            #expect(findings.contains { $0.subject == spoiled.subject && $0.isFatal == spoiled.isFatal })
            var remedies: [String] = []
            // What is missing in a schema shows only when the schema is there again.
            for _ in 0..<2 {
                for finding in findings {
                    let remedy = try #require(finding.remedy, "\(finding.message)")
                    remedies.append(remedy)
                    try await fixture.run(remedy)
                }
                findings = try await fixture.check().withoutDatabases.filter { !before.contains($0) }
            }
            #expect(try await fixture.check().withoutDatabases.map(\.message) == before.map(\.message), "\(remedies)")
            let lost = mayDo.subtracting(try await rights())
            let warnings = remedies.filter { $0.contains(Revocation.forEverybody) || $0.contains(Revocation.forOthers) }
            // What moves an extension says who has to do something then.
            let moves = remedies.contains(SetupCheck.moveOfTrigrams)
            for line in lost where !(moves && line.hasPrefix("ROUTINE public.")) {
                let object = line.split(separator: " ").prefix(2).joined(separator: " ")
                #expect(warnings.contains { $0.contains(object) }, "\(line) after \(remedies)")
            }
        }
    }

    @Test("A remedy names who has the right and what was found, and nothing else")
    func exactRemedies() async throws {
        try await SetupFixture.with { fixture in
            _ = try await fixture.setUp()
            let (analyst, engineer) = (fixture.roles.analyst, fixture.roles.engineer)
            try await fixture.run(
                """
                GRANT SELECT ON public.orders TO PUBLIC;
                GRANT INSERT ON public.orders TO \(analyst);
                GRANT UPDATE (name) ON public.customers TO \(engineer);
                CREATE FUNCTION public.d() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
                """)
            let remedies = try await fixture.check().filter { [.writeAccess, .routines].contains($0.subject) }
                .compactMap(\.remedy)
            #expect(
                remedies == [
                    "REVOKE UPDATE (name) ON TABLE public.customers FROM \(engineer)",
                    "REVOKE INSERT ON TABLE public.orders FROM \(analyst)",
                    "REVOKE EXECUTE ON ROUTINE public.d() FROM PUBLIC \(Revocation.forEverybody)",
                ])
        }
    }

    @Test("Temporary tables: the remedy takes them from everybody and says so; who was granted them keeps them")
    func temporaryTables() async throws {
        try await SetupFixture.with { fixture in
            _ = try await fixture.setUp()
            let other = fixture.roles.prefix + "_by"
            try await fixture.run(
                "CREATE ROLE \(other); GRANT TEMPORARY ON DATABASE \(fixture.superuser.database) TO \(other)")
            let found = try await fixture.check().filter { $0.subject == .temporaryTables }
            #expect(found.count == 1 && found[0].message.contains("as everybody may"))
            let remedy = try #require(found.first?.remedy)
            #expect(remedy.contains(Revocation.forEverybody) && !remedy.contains(fixture.roles.analyst))
            try await fixture.run(remedy)
            #expect(try await fixture.check().filter { $0.subject == .temporaryTables } == [])
            let query: PostgresQuery = "SELECT has_database_privilege(\(other)::text, current_database(), 'TEMPORARY')"
            #expect(try await fixture.value(query) == "t")
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
            for finding in findings { try await fixture.run(try #require(finding.remedy)) }
            #expect(!(try await fixture.check()).contains { $0.subject == .missingRole })
        }
    }

    @Test("The manual names every check that is made")
    func documented() async throws {
        try await SetupFixture.with { fixture in
            _ = try await fixture.setUp()
            let plan = fixture.plan(allowedTables: try AllowedTables(parsing: "customers, nothing"))
            let connection = try await fixture.connect()
            let reports = try await SetupCheck(plan: plan).reports(on: connection)
            let logins = try await SandboxLogins(
                analyst: fixture.login(fixture.roles.analyst), engineer: fixture.login(fixture.roles.engineer),
                eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger
            ).reports()
            let url = URL(filePath: #filePath).deletingLastPathComponent().appending(
                path: "../../../docs/operations.md")
            let manual = String(decoding: try Data(contentsOf: url), as: UTF8.self)
            let titles = (reports + logins).map(\.title)
            #expect(titles.count > 25)
            for title in titles { #expect(manual.contains("| \(title) |"), "\(title)") }
            for finding in (reports + logins).flatMap(\.findings) {
                #expect(finding.remedy != nil, "\(finding.message)")
            }
        }
    }
}

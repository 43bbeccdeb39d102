import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite(.serialized) struct LockdownTests {
    /// Everything that PUBLIC may do with what is in the database now, one line each.
    private static let rightsOfPublic: PostgresQuery = """
        SELECT line FROM (
            SELECT format('database %s %s', o.datname, a.privilege_type) AS line
            FROM pg_database o, aclexplode(coalesce(o.datacl, acldefault('d', o.datdba))) a
            WHERE a.grantee = 0 AND o.datname = current_database()
            UNION ALL SELECT format('schema %s %s', o.nspname, a.privilege_type)
            FROM pg_namespace o, aclexplode(coalesce(o.nspacl, acldefault('n', o.nspowner))) a WHERE a.grantee = 0
            UNION ALL SELECT format('relation %s %s', o.oid, a.privilege_type)
            FROM pg_class o, aclexplode(o.relacl) a WHERE a.grantee = 0
            UNION ALL SELECT format('column %s %s %s', o.attrelid, o.attnum, a.privilege_type)
            FROM pg_attribute o, aclexplode(o.attacl) a WHERE a.grantee = 0
            UNION ALL SELECT format('routine %s %s', o.oid, a.privilege_type)
            FROM pg_proc o, aclexplode(coalesce(o.proacl, acldefault('f', o.proowner))) a WHERE a.grantee = 0
            UNION ALL SELECT format('type %s %s', o.oid, a.privilege_type)
            FROM pg_type o, aclexplode(coalesce(o.typacl, acldefault('T', o.typowner))) a WHERE a.grantee = 0
            UNION ALL SELECT format('language %s %s', o.lanname, a.privilege_type)
            FROM pg_language o, aclexplode(coalesce(o.lanacl, acldefault('l', o.lanowner))) a WHERE a.grantee = 0
        ) AS rights
        """

    private func rightsOfPublic(_ fixture: SetupFixture) async throws -> Set<String> {
        Set(try await fixture.connect().query(Self.rightsOfPublic).rows.compactMap { $0["line"] })
    }

    private static let publicCompany = """
        GRANT SELECT ON public.customers TO PUBLIC;
        GRANT SELECT (amount) ON public.orders TO PUBLIC;
        CREATE FUNCTION public.answer() RETURNS int LANGUAGE sql AS 'SELECT 42';
        """

    @Test("Without being told to, setup takes nothing from PUBLIC", arguments: [true, false])
    func nothingTaken(isSuperuser: Bool) async throws {
        try await SetupFixture.with { fixture in
            try await fixture.run(Self.publicCompany)
            let administrator = isSuperuser ? fixture.superuser : try await fixture.plainAdministrator()
            let before = try await rightsOfPublic(fixture)
            #expect(before.contains { $0.hasPrefix("column") } && before.contains { $0.hasPrefix("language") })
            let outcome = try await fixture.setUp(as: administrator)
            #expect(!outcome.changes.contains { $0.contains("REVOKE") || $0.contains("FROM PUBLIC") })
            #expect(before.subtracting(try await rightsOfPublic(fixture)) == [])
            #expect(try await fixture.setUp(as: administrator).changes == [])
        }
    }

    @Test("A preview names what would run, changes nothing, and exactly that runs; a second time nothing is left")
    func superuser() async throws {
        let fixture = try await SetupFixture.onOwnServer()
        try await fixture.run(SetupFixture.company + Self.publicCompany)
        _ = try await fixture.setUp()
        let before = try await rightsOfPublic(fixture)
        let preview = try await fixture.setup().previewOfLockdown()
        #expect(preview.changes.contains { $0.hasPrefix("REVOKE ALL ON DATABASE") })
        #expect(preview.changes.contains { $0.hasPrefix("GRANT EXECUTE ON FUNCTION") })
        #expect(preview.findings == [])
        #expect(try await rightsOfPublic(fixture) == before)

        let outcome = try await fixture.setup().lockDown(by: preview.changes)
        #expect(Set(outcome.changes) == Set(preview.changes))
        #expect(outcome.findings.map(\.message) == [])
        let after = try await rightsOfPublic(fixture)
        #expect(after.isStrictSubset(of: before))
        #expect(!after.contains { $0.hasPrefix("database") || $0.hasPrefix("language plpgsql") })
        #expect(try await fixture.setup().previewOfLockdown() == SetupOutcome(serverVersion: outcome.serverVersion))
        #expect(try await fixture.setUp().changes == [])

        let analyst = fixture.login(fixture.roles.analyst)
        for statement in ["CREATE TEMP TABLE t (id int)", "SELECT pg_sleep(0)", "SELECT public.answer()"] {
            #expect(try await fixture.refusal(statement, as: analyst) == "42501", "\(statement)")
        }
        #expect(try await fixture.value("SELECT count(*) FROM public.customers", as: analyst) == "20")
        let app = fixture.login(fixture.roles.app)
        #expect(try await fixture.refusal("SELECT pg_notify('a', 'b')", as: app) == nil)
    }

    @Test("Only what was agreed to runs; the rest is named")
    func partialConsent() async throws {
        let fixture = try await SetupFixture.onOwnServer()
        try await fixture.run(SetupFixture.company + Self.publicCompany)
        _ = try await fixture.setUp()
        let agreed = "REVOKE ALL ON TABLE public.customers FROM PUBLIC"
        let outcome = try await fixture.setup().lockDown(by: [agreed])
        #expect(outcome.changes.filter { $0.hasPrefix("REVOKE") } == [agreed])
        #expect(outcome.findings.contains { $0.remedy == "REVOKE ALL ON TABLE public.orders FROM PUBLIC" })
    }

    @Test("An administrator who is no superuser locks down what is his; the rest is named")
    func plainAdministrator() async throws {
        try await SetupFixture.with { fixture in
            try await fixture.run(Self.publicCompany)
            let administrator = try await fixture.plainAdministrator()
            try await fixture.run("ALTER TABLE public.customers OWNER TO \(administrator.user)")
            _ = try await fixture.setUp(as: administrator)
            let setup = fixture.setup(as: administrator)
            let preview = try await setup.previewOfLockdown()
            #expect(preview.changes.contains("REVOKE ALL ON TABLE public.customers FROM PUBLIC"))
            for foreign in ["ON DATABASE", "ON TABLE public.orders", "ON FUNCTION", "ON LANGUAGE", "ON pg_catalog."] {
                #expect(!preview.changes.contains { $0.contains(foreign) && $0.hasPrefix("REVOKE") }, "\(foreign)")
                #expect(preview.findings.contains { $0.remedy?.contains(foreign) == true }, "\(foreign)")
            }
            let outcome = try await setup.lockDown(by: preview.changes)
            #expect(Set(outcome.changes) == Set(preview.changes))
            #expect(outcome.fatalFindings == [])
            #expect(try await setup.previewOfLockdown().changes == [])
            let analyst = fixture.login(fixture.roles.analyst)
            #expect(try await fixture.value("SELECT count(*) FROM public.customers", as: analyst) == "20")
            // What he could not do works when somebody who may does it.
            for finding in preview.findings where finding.remedy?.contains("ON DATABASE") == false {
                try await fixture.run(try #require(finding.remedy))
            }
            #expect(try await fixture.refusal("SELECT pg_sleep(0)", as: analyst) == "42501")
        }
    }

    @Test("A superuser locks down what another administrator has set up; no role, password or schema changes by it")
    func anotherAdministrator() async throws {
        let fixture = try await SetupFixture.onOwnServer()
        try await fixture.run(SetupFixture.company + Self.publicCompany)
        let administrator = try await fixture.plainAdministrator()
        let plan = fixture.plan(password: administrator.password)
        _ = try await fixture.setUp(plan, as: administrator)
        let passwords: PostgresQuery = """
            SELECT string_agg(a::text || coalesce(shobj_description(a.oid, 'pg_authid'), ''), ' ' ORDER BY a.oid)
            FROM pg_authid a WHERE starts_with(a.rolname, \(fixture.roles.prefix)::text)
            """
        let before = try await fixture.value(passwords)
        // The superuser's plan derives other passwords.
        let setup = fixture.setup()
        let preview = try await setup.previewOfLockdown()
        #expect(try await fixture.value(passwords) == before)
        #expect(!preview.changes.contains { $0.contains("ROLE") && !$0.contains("DEFAULT PRIVILEGES FOR ROLE") })
        let outcome = try await setup.lockDown(by: preview.changes)
        #expect(Set(outcome.changes) == Set(preview.changes))
        #expect(try await fixture.value(passwords) == before)
        for role in [fixture.roles.app, fixture.roles.analyst, fixture.roles.engineer] {
            #expect(try await fixture.value("SELECT 1", as: fixture.login(role, plan)) == "1")
        }
        let app = fixture.login(fixture.roles.app, plan)
        #expect(try await fixture.refusal("SELECT pg_notify('a', 'b')", as: app) == nil)
        let check = try await SetupCheck(plan: plan).findings(on: try await fixture.connect(app))
        #expect(check.filter(\.isFatal) == [])
    }

    @Test("A server that is not set up is not locked down")
    func notSetUp() async throws {
        try await SetupFixture.with { fixture in
            await #expect(throws: SetupError.self) { try await fixture.setup().previewOfLockdown() }
            await #expect(throws: SetupError.self) { try await fixture.setup().lockDown(by: ["SELECT 1"]) }
            let roles = try await fixture.value(
                "SELECT count(*) FROM pg_roles WHERE starts_with(rolname, \(fixture.roles.prefix + "_")::text)")
            #expect(roles == "0")
        }
    }

    @Test("Other databases: the remedy closes one for everybody and says so; who was granted it keeps it")
    func otherDatabases() async throws {
        let fixture = try await SetupFixture.onOwnServer()
        _ = try await fixture.setUp()
        let (open, closed) = (fixture.roles.prefix + "_open", fixture.roles.prefix + "_closed")
        for name in [open, closed] { try await fixture.connect().query("CREATE DATABASE \(identifier: name)") }
        let other = fixture.roles.prefix + "_by"
        try await fixture.run(
            """
            CREATE ROLE \(other); GRANT CONNECT ON DATABASE \(open) TO \(other);
            REVOKE CONNECT ON DATABASE \(closed) FROM PUBLIC; GRANT CONNECT ON DATABASE \(closed) TO \(fixture.roles.analyst), \(other);
            """)
        func findings() async throws -> [SetupFinding] {
            try await fixture.check().filter { finding in
                finding.subject == .otherDatabases && [open, closed].contains { finding.message.contains($0) }
            }
        }
        let found = try await findings()
        #expect(
            found.map(\.remedy) == [
                "REVOKE CONNECT ON DATABASE \(closed) FROM \(fixture.roles.analyst)",
                "REVOKE CONNECT ON DATABASE \(open) FROM PUBLIC \(Revocation.forEverybody)",
            ])
        for finding in found { try await fixture.run(try #require(finding.remedy)) }
        #expect(try await findings() == [])
        for name in [open, closed] {
            #expect(
                try await fixture.value("SELECT has_database_privilege(\(other)::text, \(name)::text, 'CONNECT')")
                    == "t")
            try await fixture.connect().query("DROP DATABASE \(identifier: name)")
        }
    }
}

import Agents
import FoundationEssentials
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

/// A PostgreSQL of the corpus alone, for what its statements do to a whole server: the company's database, another one
/// that differs only in what the sandbox may not see, and clones of the first that are thrown away.
actor CorpusServer {
    static let shared = CorpusServer()

    /// The databases that statements run in.
    enum World: String, Sendable {
        case company = "corpus_work"
        case elsewhere = "corpus_elsewhere"
    }

    struct Site: Sendable {
        let superuser: PostgresConfiguration
        let setup: SetupFixture
        let plan: SetupPlan
        let serverVersion: Int
        /// The folder that stands for `/tmp/dash-corpus` in the statements.
        let folder: String
        /// Relations from this number on are made by statements.
        let newest: String
    }

    private static let template = "corpus_company"
    private var starting: Task<Site, any Error>?
    private var server: EmbeddedServer?
    private var administrator: PostgresConnection?
    private var victim = ""
    private let places = Places(1)

    func site() async throws -> Site {
        if let starting { return try await starting.value }
        let task = Task { try await start() }
        starting = task
        return try await task.value
    }

    /// One test at a time: they look at the whole server.
    nonisolated func exclusively<Result>(_ body: (Site) async throws -> Result) async throws -> Result {
        let site = try await site()
        try await places.take()
        defer { places.give() }
        try await renew()
        return try await body(site)
    }

    nonisolated func configuration(_ world: World, _ site: Site) -> PostgresConfiguration {
        var configuration = site.superuser
        configuration.database = world.rawValue
        return configuration
    }

    /// A session of the superuser.
    nonisolated func connect(_ world: World) async throws -> PostgresConnection {
        let connection = try await PostgresConnection.connect(
            configuration(world, try await site()), eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
        return connection
    }

    /// The statement with the real folder and the number of the session that is its victim.
    func placed(_ sql: String, _ world: World) async throws -> String {
        let folder = try await site().folder + (world == .company ? "/a" : "/b")
        return sql.replacing("/tmp/dash-corpus", with: folder).replacing("4242424", with: victim)
    }

    // MARK: - Repair

    /// Undoes what a statement has done to the server and makes the company's database anew.
    func renew() async throws {
        let connection = try await held()
        for row in try await connection.query("SELECT gid, database FROM pg_prepared_xacts").rows {
            let other = try await connect(.company)
            try await other.query(
                PostgresQuery(unescaped: "ROLLBACK PREPARED " + PostgresQuery.quoted(literal: try row.decode("gid"))))
        }
        try await connection.execute(script: Self.repair)
        for query in [
            "SELECT format('DROP DATABASE %I WITH (FORCE)', datname) AS drop FROM pg_database WHERE datname NOT IN (SELECT name FROM kept_databases)",
            "SELECT format('DROP TABLESPACE %I', spcname) AS drop FROM pg_tablespace WHERE spcname !~ '^pg_'",
            "SELECT format('SELECT pg_drop_replication_slot(%L)', slot_name) AS drop FROM pg_replication_slots WHERE NOT temporary",
        ] {
            for row in try await connection.query(PostgresQuery(unescaped: query)).rows {
                try await connection.query(PostgresQuery(unescaped: try row.decode("drop")))
            }
        }
        for setting in ["ALTER SYSTEM RESET ALL", "ALTER DATABASE postgres RESET ALL"] {
            try await connection.query(PostgresQuery(unescaped: setting))
        }
        try await clone(Self.template, to: World.company.rawValue, connection)
        try await ensureVictim(connection)
    }

    private func clone(_ template: String, to name: String, _ connection: PostgresConnection) async throws {
        try await connection.query("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
        try await connection.query("CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: template)")
        // Who may connect is not copied with the rest.
        try await connection.query(
            """
            UPDATE pg_database SET datacl = (SELECT datacl FROM pg_database WHERE datname = \(Self.template))
            WHERE datname = \(name)
            """)
    }

    /// Somebody else's session, with a lock and a statement that runs.
    private func ensureVictim(_ connection: PostgresConnection) async throws {
        guard try await !hasVictim(connection) else { return }
        let site = try await site()
        try await connection.query(
            """
            SELECT dblink_disconnect(name) FROM unnest(dblink_get_connections()) AS name
            """)
        if !victim.isEmpty {
            try await connection.query(PostgresQuery(unescaped: "SELECT pg_terminate_backend(\(victim), 5000)"))
        }
        let address =
            "host=\(site.superuser.host) port=\(site.superuser.port) dbname=postgres user=\(site.superuser.user) password=\(site.superuser.password?.reveal() ?? "")"
        try await connection.query("SELECT dblink_connect('victim', \(address))")
        let row = try await connection.query(
            "SELECT pid FROM dblink('victim', 'SELECT pg_backend_pid()::text, pg_advisory_lock(778899)::text') AS t(pid text, l text)"
        ).rows.first
        victim = try row?.decode("pid") ?? ""
        try await connection.query(
            "SELECT dblink_send_query('victim', 'SELECT ''canary_victim'', pg_sleep(36000)')")
        while try await !hasVictim(connection) { await Task.yield() }
    }

    private func hasVictim(_ connection: PostgresConnection) async throws -> Bool {
        let row = try await connection.query(
            """
            SELECT count(*)::text AS n FROM pg_stat_activity
            WHERE state = 'active' AND query LIKE '%canary_victim%' AND pid <> pg_backend_pid()
            """
        ).rows.first
        return row?["n"] == "1"
    }

    // MARK: - Start

    private func held() async throws -> PostgresConnection {
        if let administrator { return administrator }
        let connection = try await PostgresConnection.connect(
            try await site().superuser, eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
        administrator = connection
        return connection
    }

    private func start() async throws -> Site {
        let server = EmbeddedServer(
            folder: try TestFolders.make("corpus"),
            settings: [
                "fsync": "off", "full_page_writes": "off", "autovacuum": "off", "max_connections": "60",
                "max_prepared_transactions": "4", "checkpoint_timeout": "1d", "max_wal_size": "4GB", "jit": "off",
                "cluster_name": "canary_cluster",
            ], eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
        self.server = server
        var superuser = try await server.start()
        superuser.connectTimeout = .seconds(60)
        superuser.settings = ["TimeZone": "UTC", "DateStyle": "ISO, YMD"]
        superuser.database = "postgres"
        let connection = try await PostgresConnection.connect(
            superuser, eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
        try await connection.query("CREATE EXTENSION dblink")
        try await connection.query("CREATE DATABASE \(identifier: Self.template) TEMPLATE template0")
        var company = superuser
        company.database = Self.template
        let setup = SetupFixture(company)
        for file in ["company.sql", "hidden.sql"] { try await setup.run(CorpusFile.text(file)) }
        let folder = try await files(connection)
        let plan = setup.plan(.embedded)
        let outcome = try await setup.setUp(plan)
        #expect(outcome.fatalFindings == [])
        let engineer = PostgresQuery.quoted(identifier: setup.roles.engineer)
        try await setup.run(
            """
            ALTER TABLE dash.monthly OWNER TO \(engineer);
            ALTER TABLE dash.part OWNER TO \(engineer);
            ALTER TABLE dash.child OWNER TO \(engineer);
            ALTER VIEW dash.active_customers OWNER TO \(engineer);
            ALTER MATERIALIZED VIEW dash.mrr_by_plan OWNER TO \(engineer);
            -- For what is asked of a session that takes on this role.
            GRANT SELECT ON pg_settings, pg_prepared_statements, pg_cursors, pg_locks TO leaver;
            GRANT EXECUTE ON FUNCTION pg_show_all_settings(), pg_listening_channels(), pg_lock_status() TO leaver;
            ANALYZE;
            """)
        let newest = try await setup.value("SELECT (max(oid::bigint) + 1)::text FROM pg_class") ?? "0"
        try await clone(Self.template, to: World.elsewhere.rawValue, connection)
        var elsewhere = superuser
        elsewhere.database = World.elsewhere.rawValue
        try await setup.connect(elsewhere).execute(script: CorpusFile.text("elsewhere.sql"))
        try await connection.execute(
            script: """
                CREATE TABLE kept_databases AS SELECT datname AS name FROM pg_database
                    UNION ALL SELECT '\(World.company.rawValue)';
                CREATE TABLE kept_roles AS TABLE pg_authid;
                CREATE TABLE kept_members AS TABLE pg_auth_members;
                CREATE TABLE kept_settings AS TABLE pg_db_role_setting;
                CREATE TABLE kept_comments AS TABLE pg_shdescription;
                """)
        return Site(
            superuser: superuser, setup: setup, plan: plan, serverVersion: outcome.serverVersion, folder: folder,
            newest: newest)
    }

    /// The folder with files that the statements read and write; only the server's own account reaches it.
    private func files(_ connection: PostgresConnection) async throws -> String {
        let data = try await connection.query("SHOW data_directory").rows.first?.cells.first ?? nil
        let folder = try #require(data) + "/corpus"
        try await connection.execute(
            script: """
                COPY (SELECT 1) TO PROGRAM 'cat > /dev/null; mkdir -p \(folder)/a/space \(folder)/b \(folder)/../base/pgsql_tmp;'
                    'touch \(folder)/../base/pgsql_tmp/canary';
                COPY (SELECT 'canary' || repeat(' x', 3000)) TO '\(folder)/a/secret';
                """)
        return folder
    }

    private static let repair = """
        DELETE FROM pg_authid WHERE oid NOT IN (SELECT oid FROM kept_roles);
        INSERT INTO pg_authid SELECT * FROM kept_roles WHERE oid NOT IN (SELECT oid FROM pg_authid);
        UPDATE pg_authid r SET rolsuper = k.rolsuper, rolpassword = k.rolpassword, rolconnlimit = k.rolconnlimit,
            rolvaliduntil = k.rolvaliduntil
        FROM kept_roles k
        WHERE k.oid = r.oid AND (k.rolsuper, k.rolpassword, k.rolconnlimit, k.rolvaliduntil)
            IS DISTINCT FROM (r.rolsuper, r.rolpassword, r.rolconnlimit, r.rolvaliduntil);
        DELETE FROM pg_auth_members WHERE (roleid, member) NOT IN (SELECT roleid, member FROM kept_members);
        INSERT INTO pg_auth_members SELECT * FROM kept_members
            WHERE (roleid, member) NOT IN (SELECT roleid, member FROM pg_auth_members);
        DELETE FROM pg_db_role_setting;
        INSERT INTO pg_db_role_setting SELECT * FROM kept_settings;
        DELETE FROM pg_shdescription;
        INSERT INTO pg_shdescription SELECT * FROM kept_comments;
        COPY (SELECT 1) TO PROGRAM 'cat > /dev/null; cd corpus/a; rm -rf owned out customers.csv';
        """
}

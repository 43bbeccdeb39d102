package import Postgres

/// Looks whether the roles are as tight as they must be, without changing anything.
///
/// Works as the daemon's role as well as the administrator's. A fatal finding means that no agent's SQL may run.
package struct SetupCheck: Sendable {
    private let plan: SetupPlan
    private var roles: RoleNames { plan.roles }

    /// Of the plan, the passwords are not looked at.
    package init(plan: SetupPlan) {
        self.plan = plan
    }

    package func findings(on client: PostgresClient) async throws -> [SetupFinding] {
        try await client.withConnection { try await findings(on: $0) }
    }

    package func findings(on connection: PostgresConnection) async throws -> [SetupFinding] {
        let missing = try await found(missingRoles, on: connection)
        guard missing.isEmpty else { return missing }
        var findings: [SetupFinding] = []
        var questions: [Question] = []
        if plan.parts.contains(.warehouse) {
            questions += [
                attributes, memberships, ownership, schemaCreation, databaseCreation, tableWrites, temporaryTables,
                otherDatabases, temporaryFiles, unreadableTables, unevenRights,
            ]
        }
        questions.append(stateAccess)
        if plan.parts.contains(.state) { questions.append(trigrams) }
        for question in questions {
            findings += try await found(question, on: connection)
        }
        return findings
    }

    /// A query with a row per finding: `problem` and `remedy`.
    private struct Question {
        var severity: SetupFinding.Severity
        var subject: SetupFinding.Subject
        var query: PostgresQuery
    }

    private func found(_ question: Question, on connection: PostgresConnection) async throws -> [SetupFinding] {
        try await connection.query(question.query).rows.map { row in
            SetupFinding(
                question.severity, question.subject, try row.decode("problem"),
                remedy: try row.decodeIfPresent("remedy"))
        }
    }

    private var missingRoles: Question {
        Question(
            severity: .fatal, subject: .missingRole,
            query: """
                SELECT pg_catalog.format('role %I does not exist', r.name) AS problem,
                    pg_catalog.format('CREATE ROLE %I %s', r.name, CASE WHEN r.name = \(roles.owner) THEN 'NOLOGIN'
                        WHEN r.name = \(roles.app) THEN 'LOGIN PASSWORD ''…'''
                        ELSE 'LOGIN NOINHERIT PASSWORD ''…''' END) AS remedy
                FROM unnest(\(plan.allRoles)::text[]) AS r(name)
                WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = r.name)
                """)
    }

    private var attributes: Question {
        Question(
            severity: .fatal, subject: .superuser,
            query: """
                SELECT format('role %I, which runs statements of agents, has %s', rolname, a.name) AS problem,
                    format('ALTER ROLE %I NO%s', rolname, a.name) AS remedy
                FROM pg_catalog.pg_roles, LATERAL (VALUES ('SUPERUSER', rolsuper), ('CREATEROLE', rolcreaterole),
                    ('CREATEDB', rolcreatedb), ('REPLICATION', rolreplication), ('BYPASSRLS', rolbypassrls)) AS a(name, has)
                WHERE rolname = ANY(\(roles.sandbox)::text[]) AND a.has
                """)
    }

    private var memberships: Question {
        Question(
            severity: .fatal, subject: .membership,
            query: """
                SELECT format('role %I, which runs statements of agents, is a member of %I', m.rolname, g.rolname)
                        AS problem,
                    format('REVOKE %I FROM %I', g.rolname, m.rolname) AS remedy
                FROM pg_catalog.pg_auth_members x JOIN pg_catalog.pg_roles m ON m.oid = x.member
                    JOIN pg_catalog.pg_roles g ON g.oid = x.roleid
                WHERE m.rolname = ANY(\(roles.sandbox)::text[])
                """)
    }

    private var ownership: Question {
        Question(
            severity: .fatal, subject: .ownership,
            query: """
                SELECT format('role %I, which runs statements of agents, owns %s', r.rolname, o.what) AS problem,
                    format('ALTER %s OWNER TO CURRENT_USER', o.what) AS remedy
                FROM pg_catalog.pg_roles r JOIN (
                    SELECT nspowner AS owner, format('SCHEMA %I', nspname) AS what
                    FROM pg_catalog.pg_namespace WHERE nspname = ANY(\(plan.dataSchemas + ["ai", "dash"])::text[])
                    UNION ALL
                    SELECT c.relowner, format('TABLE %I.%I', n.nspname, c.relname)
                    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = ANY(\(plan.dataSchemas + ["ai"])::text[])
                        AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                    UNION ALL
                    SELECT p.proowner, format('ROUTINE %s', p.oid::regprocedure)
                    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                    WHERE n.nspname = ANY(\(plan.dataSchemas + ["ai", "dash"])::text[])
                    UNION ALL
                    SELECT datdba, format('DATABASE %I', datname) FROM pg_catalog.pg_database
                ) AS o ON o.owner = r.oid
                WHERE r.rolname = ANY(\(roles.sandbox)::text[])
                """)
    }

    private var schemaCreation: Question {
        Question(
            severity: .fatal, subject: .writeAccess,
            query: """
                SELECT format('role %I, which runs statements of agents, may create objects in schema %I',
                        r.name, n.nspname) AS problem,
                    format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC, %I', n.nspname, r.name) AS remedy
                FROM pg_catalog.pg_namespace n, unnest(\(roles.sandbox)::text[]) AS r(name)
                WHERE n.nspname NOT LIKE 'pg\\_%' AND has_schema_privilege(r.name, n.oid, 'CREATE')
                    AND NOT (n.nspname = 'dash' AND r.name = \(roles.engineer))
                """)
    }

    private var databaseCreation: Question {
        Question(
            severity: .fatal, subject: .writeAccess,
            query: """
                SELECT format('role %I, which runs statements of agents, may create schemas', r.name) AS problem,
                    format('REVOKE CREATE ON DATABASE %I FROM PUBLIC, %I', current_database(), r.name) AS remedy
                FROM unnest(\(roles.sandbox)::text[]) AS r(name)
                WHERE has_database_privilege(r.name, current_database(), 'CREATE')
                """)
    }

    private var tableWrites: Question {
        Question(
            severity: .fatal, subject: .writeAccess,
            query: """
                SELECT format('role %I, which runs statements of agents, may change %I.%I', r.name, n.nspname, c.relname)
                        AS problem,
                    format('REVOKE ALL ON %s %I.%I FROM PUBLIC, %I', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
                        n.nspname, c.relname, r.name)
                        || CASE c.relkind WHEN 'S' THEN ''
                            ELSE format('; GRANT SELECT ON %I.%I TO %I', n.nspname, c.relname, r.name) END AS remedy
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,
                    unnest(\(roles.sandbox)::text[]) AS r(name)
                WHERE n.nspname = ANY(\(plan.dataSchemas)::text[]) AND CASE c.relkind
                    WHEN 'S' THEN has_sequence_privilege(r.name, c.oid, 'USAGE, UPDATE')
                    WHEN 'i' THEN false WHEN 'I' THEN false WHEN 't' THEN false WHEN 'c' THEN false
                    ELSE has_table_privilege(r.name, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
                        OR has_any_column_privilege(r.name, c.oid, 'INSERT, UPDATE, REFERENCES') END
                ORDER BY n.nspname, c.relname LIMIT 50
                """)
    }

    /// On a server without schema `ai` there is nothing to see.
    private var stateAccess: Question {
        Question(
            severity: .fatal, subject: .stateAccess,
            query: """
                SELECT format('role %I, which runs statements of agents, may look into schema ai', r.rolname) AS problem,
                    format('REVOKE ALL ON SCHEMA ai FROM PUBLIC, %I', r.rolname) AS remedy
                FROM pg_catalog.pg_namespace n, pg_catalog.pg_roles r
                WHERE n.nspname = 'ai' AND r.rolname = ANY(\(roles.sandbox)::text[])
                    AND (has_schema_privilege(r.oid, n.oid, 'USAGE') OR has_schema_privilege(r.oid, n.oid, 'CREATE'))
                """)
    }

    private var temporaryTables: Question {
        Question(
            severity: .warning, subject: .temporaryTables,
            query: """
                SELECT format('agents may make temporary tables in database %I, as everybody may; '
                        || 'grant it to the applications that need it, then revoke it', current_database()) AS problem,
                    format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC, %s', current_database(),
                        \(roles.sandbox.sqlIdentifierList)::text) AS remedy
                WHERE EXISTS (SELECT FROM unnest(\(roles.sandbox)::text[]) AS r(name)
                    WHERE has_database_privilege(r.name, current_database(), 'TEMPORARY'))
                """)
    }

    private var otherDatabases: Question {
        Question(
            severity: .warning, subject: .otherDatabases,
            query: """
                SELECT format('agents may connect to database %I as well, as everybody may; '
                        || 'grant it to the applications that need it, then revoke it', d.datname) AS problem,
                    format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC, %s', d.datname,
                        \(roles.sandbox.sqlIdentifierList)::text) AS remedy
                FROM pg_catalog.pg_database d
                WHERE d.datallowconn AND d.datname <> current_database()
                    AND EXISTS (SELECT FROM unnest(\(roles.sandbox)::text[]) AS r(name)
                        WHERE has_database_privilege(r.name, d.oid, 'CONNECT'))
                ORDER BY d.datname LIMIT 20
                """)
    }

    private var temporaryFiles: Question {
        Question(
            severity: .warning, subject: .temporaryFiles,
            query: """
                SELECT format('role %I may fill the disk with temporary files', r.rolname) AS problem,
                    format('ALTER ROLE %I SET temp_file_limit = %L', r.rolname,
                        CASE WHEN r.rolname = \(roles.analyst) THEN '256MB' ELSE '1GB' END) AS remedy
                FROM pg_catalog.pg_roles r
                WHERE r.rolname = ANY(\(roles.sandbox)::text[]) AND NOT EXISTS (
                    SELECT FROM unnest(r.rolconfig) AS c(setting) WHERE starts_with(setting, 'temp_file_limit='))
                """)
    }

    private var unreadableTables: Question {
        Question(
            severity: .warning, subject: .unreadableTables,
            query: """
                SELECT format('role %I may not read %I.%I', \(roles.analyst)::text, n.nspname, c.relname) AS problem,
                    CASE WHEN has_schema_privilege(\(roles.analyst)::text, n.oid, 'USAGE') THEN ''
                        ELSE format('GRANT USAGE ON SCHEMA %I TO %s; ', n.nspname, \(readers)::text) END
                        || format('GRANT SELECT ON %I.%I TO %s', n.nspname, c.relname, \(readers)::text) AS remedy
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ANY(\(plan.dataSchemas + ["dash"])::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    AND NOT (has_schema_privilege(\(roles.analyst)::text, n.oid, 'USAGE')
                        AND has_any_column_privilege(\(roles.analyst)::text, c.oid, 'SELECT'))
                ORDER BY n.nspname, c.relname LIMIT 200
                """)
    }

    /// What the engineer may read it can put into a view that the analyst reads.
    private var unevenRights: Question {
        Question(
            severity: .warning, subject: .unevenRights,
            query: """
                SELECT format('role %I may read %I.%I, part of which is closed to %I, and could show it in a view',
                        \(roles.engineer)::text, n.nspname, c.relname, \(roles.analyst)::text) AS problem,
                    format('REVOKE SELECT ON %I.%I FROM %I', n.nspname, c.relname, \(roles.engineer)::text) AS remedy
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ANY(\(plan.dataSchemas)::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    AND EXISTS (SELECT FROM pg_catalog.pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                            AND has_column_privilege(\(roles.engineer)::text, c.oid, a.attnum, 'SELECT')
                            AND NOT has_column_privilege(\(roles.analyst)::text, c.oid, a.attnum, 'SELECT'))
                ORDER BY n.nspname, c.relname LIMIT 50
                """)
    }

    private var trigrams: Question {
        Question(
            severity: .fatal, subject: .trigrams,
            query: """
                SELECT CASE WHEN e.oid IS NULL THEN 'extension pg_trgm, which the search in knowledge needs, is not installed'
                        ELSE format('extension pg_trgm is in schema %I, not in ai; move it and put ai into the search_path '
                            || 'of the applications that use it, or give Dash a database of its own', n.nspname)
                        END AS problem,
                    CASE WHEN e.oid IS NULL THEN 'CREATE EXTENSION pg_trgm SCHEMA ai'
                        ELSE 'ALTER EXTENSION pg_trgm SET SCHEMA ai' END AS remedy
                FROM (SELECT) AS one LEFT JOIN pg_catalog.pg_extension e ON e.extname = 'pg_trgm'
                    LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
                WHERE e.oid IS NULL OR n.nspname <> 'ai'
                """)
    }

    private var readers: String { ([roles.app] + roles.sandbox).sqlIdentifierList }
}

import Postgres

/// What should be otherwise and harms no data.
extension SetupCheck {
    var missingSchemas: Rule {
        Rule(
            title: "every schema of DASH_DATA_SCHEMAS exists", severity: .warning, subject: .schema,
            query: """
                SELECT format('DASH_DATA_SCHEMAS names schema %I, which database %I does not have', s.name,
                        current_database()) AS problem,
                    format('CREATE SCHEMA %I', s.name) AS remedy
                FROM unnest(\(plan.dataSchemas)::text[]) AS s(name)
                WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = s.name)
                """)
    }

    var temporaryTables: Rule {
        databaseRule(
            "the sandbox roles make no temporary tables", .temporaryTables, privilege: "TEMPORARY",
            problem: "agents may make temporary tables in database %I", where: "d.datname = current_database()")
    }

    var otherDatabases: Rule {
        databaseRule(
            "the sandbox roles connect to no other database", .otherDatabases, privilege: "CONNECT",
            problem: "agents may connect to database %I as well",
            where: "d.datallowconn AND d.datname <> current_database()")
    }

    /// In which databases that meet the condition a sandbox role has the privilege.
    private func databaseRule(
        _ title: String, _ subject: SetupFinding.Subject, privilege: String, problem: String, where condition: String
    ) -> Rule {
        let revocation = Revocation(
            acl: "d.datacl", owner: "d.datdba", kind: "d", object: "format('DATABASE %I', d.datname)",
            privileges: [privilege], grantees: sandboxOIDs)
        return Rule(
            title: title, severity: .warning, subject: subject,
            query: """
                SELECT format(\(problem)::text, d.datname)
                        || CASE WHEN \(unescaped: revocation.isForEverybody) THEN ', as everybody may; grant it to the '
                            'applications that need it, then revoke it' ELSE '' END AS problem,
                    \(unescaped: revocation.sql) AS remedy
                FROM pg_catalog.pg_database d CROSS JOIN LATERAL (SELECT * FROM pg_catalog.pg_roles
                    WHERE rolname = ANY(\(roles.sandbox)::text[])
                        AND has_database_privilege(oid, d.oid, \(privilege)::text)
                    ORDER BY rolname LIMIT 1) AS r
                WHERE \(unescaped: condition)
                ORDER BY d.datname LIMIT 20
                """)
    }

    private var sandboxOIDs: String {
        let names = roles.sandbox.map { PostgresQuery.quoted(literal: $0) }.joined(separator: ", ")
        return "ARRAY(SELECT oid FROM pg_catalog.pg_roles WHERE rolname IN (\(names)))"
    }

    var temporaryFiles: Rule {
        Rule(
            title: "temporary files are limited", severity: .warning, subject: .temporaryFiles,
            query: """
                SELECT format('role %I may fill the disk with temporary files', r.rolname) AS problem,
                    format('ALTER ROLE %I SET temp_file_limit = %L', r.rolname,
                        CASE WHEN r.rolname = \(roles.analyst) THEN '256MB' ELSE '1GB' END) AS remedy
                FROM pg_catalog.pg_roles r
                WHERE r.rolname = ANY(\(roles.sandbox)::text[]) AND NOT EXISTS (
                    SELECT FROM unnest(r.rolconfig) AS c(setting) WHERE starts_with(setting, 'temp_file_limit='))
                """)
    }

    /// Superusers aside, a role without a limit can take all sessions of the server.
    var connectionLimits: Rule {
        Rule(
            title: "the sandbox roles have a connection limit", severity: .warning, subject: .connections,
            query: """
                SELECT format('role %I may take every session of the server', r.rolname) AS problem,
                    format('ALTER ROLE %I CONNECTION LIMIT %s', r.rolname, CASE WHEN r.rolname = \(roles.analyst)
                        THEN \(plan.analystConnections)::text ELSE \(plan.engineerConnections)::text END) AS remedy
                FROM pg_catalog.pg_roles r
                WHERE r.rolname = ANY(\(roles.sandbox)::text[]) AND r.rolconnlimit = -1
                """)
    }

    /// They run with their owner's rights. Those that a sandbox role may call are a way around its own.
    var definerRoutines: Rule {
        let revocation = Revocation(
            acl: "p.proacl", owner: "p.proowner", kind: "f",
            object: "format('ROUTINE %I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))",
            privileges: ["EXECUTE"], grantees: sandboxOIDs)
        return Rule(
            title: "the sandbox roles call no routine that has its owner's rights", severity: .warning,
            subject: .routines,
            query: """
                SELECT format('agents may call %s, which runs with the rights of %I', p.oid::regprocedure,
                        pg_get_userbyid(p.proowner)) AS problem,
                    \(unescaped: revocation.sql) AS remedy
                FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                    CROSS JOIN LATERAL (SELECT * FROM pg_catalog.pg_roles
                        WHERE rolname = ANY(\(roles.sandbox)::text[]) AND has_schema_privilege(oid, n.oid, 'USAGE')
                            AND has_function_privilege(oid, p.oid, 'EXECUTE')
                        ORDER BY rolname LIMIT 1) AS r
                WHERE p.prosecdef AND n.nspname <> 'pg_catalog' AND p.prorettype <> 'trigger'::regtype
                ORDER BY n.nspname, p.proname LIMIT 50
                """)
    }

    /// Through PUBLIC, a grant on columns or a table that somebody granted by hand.
    var tablesBeyondList: Rule {
        let revocation = Revocation(
            acl: "c.relacl", owner: "c.relowner", kind: "r", object: "format('TABLE %I.%I', n.nspname, c.relname)",
            privileges: ["SELECT"], relation: "c.oid", grantees: sandboxOIDs)
        return Rule(
            title: "the sandbox roles read no company table beyond DASH_ALLOWED_TABLES", severity: .warning,
            subject: .allowedTables,
            query: """
                SELECT format('agents may read %I.%I, which DASH_ALLOWED_TABLES does not name', n.nspname, c.relname)
                        AS problem,
                    \(unescaped: revocation.sql) AS remedy
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    CROSS JOIN LATERAL (SELECT * FROM pg_catalog.pg_roles
                        WHERE rolname = ANY(\(roles.sandbox)::text[]) AND has_any_column_privilege(oid, c.oid, 'SELECT')
                        ORDER BY rolname LIMIT 1) AS r
                WHERE n.nspname = ANY(\(plan.dataSchemas)::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    AND NOT \(unescaped: plan.allowedTables.sqlCondition)
                ORDER BY n.nspname, c.relname LIMIT 50
                """)
    }

    var unreadableTables: Rule {
        Rule(
            title: "the analyst can read every table that it should", severity: .warning, subject: .unreadableTables,
            query: """
                SELECT format('role %I may not read %I.%I', \(roles.analyst)::text, n.nspname, c.relname) AS problem,
                    CASE WHEN has_schema_privilege(\(roles.analyst)::text, n.oid, 'USAGE') THEN ''
                        ELSE format('GRANT USAGE ON SCHEMA %I TO %s; ', n.nspname, \(readers)::text) END
                        || format('GRANT SELECT ON %I.%I TO %s', n.nspname, c.relname, \(readers)::text) AS remedy
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ANY(\(plan.dataSchemas + ["dash"])::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    AND \(unescaped: plan.allowedTables.sqlCondition)
                    AND NOT (has_schema_privilege(\(roles.analyst)::text, n.oid, 'USAGE')
                        AND has_any_column_privilege(\(roles.analyst)::text, c.oid, 'SELECT'))
                ORDER BY n.nspname, c.relname LIMIT 200
                """)
    }

    /// What the engineer may read it can put into a view that the analyst reads. It keeps the columns that both may read.
    var unevenRights: Rule {
        let revocation = Revocation(
            acl: "c.relacl", owner: "c.relowner", kind: "r", object: "format('TABLE %I.%I', n.nspname, c.relname)",
            privileges: ["SELECT"], relation: "c.oid", includesEverybody: false)
        return Rule(
            title: "the engineer reads no more than the analyst", severity: .warning, subject: .unevenRights,
            query: """
                SELECT format('role %I may read %I.%I, part of which is closed to %I, and could show it in a view',
                        r.rolname, n.nspname, c.relname, \(roles.analyst)::text) AS problem,
                    \(unescaped: revocation.sql) || CASE WHEN k.common IS NULL THEN ''
                        ELSE format('; GRANT SELECT (%s) ON TABLE %I.%I TO %I', k.common, n.nspname, c.relname, r.rolname)
                        END AS remedy
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    JOIN pg_catalog.pg_roles r ON r.rolname = \(roles.engineer)
                    CROSS JOIN LATERAL (
                        SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE x.both) AS common,
                            bool_or(NOT x.both) AS is_uneven
                        FROM pg_catalog.pg_attribute a CROSS JOIN LATERAL (SELECT
                            has_column_privilege(\(roles.analyst)::text, c.oid, a.attnum, 'SELECT') AS both) AS x
                        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                            AND has_column_privilege(r.oid, c.oid, a.attnum, 'SELECT')) AS k
                WHERE n.nspname = ANY(\(plan.dataSchemas)::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    AND k.is_uneven
                ORDER BY n.nspname, c.relname LIMIT 50
                """)
    }

    private var readers: String { ([roles.app] + roles.sandbox).sqlIdentifierList }
}

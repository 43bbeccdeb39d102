import Postgres

/// What should be otherwise and harms no data.
extension SetupCheck {
    var missingSchemas: Question {
        Question(
            title: "every schema of DASH_DATA_SCHEMAS exists", severity: .warning, subject: .schema,
            query: """
                SELECT format('DASH_DATA_SCHEMAS names schema %I, which database %I does not have', s.name,
                        current_database()) AS problem,
                    format('CREATE SCHEMA %I', s.name) AS remedy
                FROM unnest(\(plan.dataSchemas)::text[]) AS s(name)
                WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = s.name)
                """)
    }

    var temporaryTables: Question {
        Question(
            title: "the sandbox roles make no temporary tables", severity: .warning, subject: .temporaryTables,
            query: """
                SELECT format('agents may make temporary tables in database %I, as everybody may; '
                        || 'grant it to the applications that need it, then revoke it', current_database()) AS problem,
                    format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC, %s', current_database(),
                        \(roles.sandbox.sqlIdentifierList)::text) AS remedy
                WHERE EXISTS (SELECT FROM unnest(\(roles.sandbox)::text[]) AS r(name)
                    WHERE has_database_privilege(r.name, current_database(), 'TEMPORARY'))
                """)
    }

    var otherDatabases: Question {
        Question(
            title: "the sandbox roles connect to no other database", severity: .warning, subject: .otherDatabases,
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

    var temporaryFiles: Question {
        Question(
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
    var connectionLimits: Question {
        Question(
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
    var definerRoutines: Question {
        Question(
            title: "the sandbox roles call no routine that has its owner's rights", severity: .warning,
            subject: .routines,
            query: """
                SELECT format('agents may call %s, which runs with the rights of %I', p.oid::regprocedure,
                        pg_get_userbyid(p.proowner)) AS problem,
                    format('REVOKE EXECUTE ON ROUTINE %I.%I(%s) FROM PUBLIC, %s', n.nspname, p.proname,
                        pg_get_function_identity_arguments(p.oid), \(roles.sandbox.sqlIdentifierList)::text) AS remedy
                FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                WHERE p.prosecdef AND n.nspname <> 'pg_catalog' AND p.prorettype <> 'trigger'::regtype
                    AND EXISTS (SELECT FROM unnest(\(roles.sandbox)::text[]) AS r(name)
                        WHERE has_schema_privilege(r.name, n.oid, 'USAGE')
                            AND has_function_privilege(r.name, p.oid, 'EXECUTE'))
                ORDER BY n.nspname, p.proname LIMIT 50
                """)
    }

    /// Through PUBLIC, a grant on columns or a table that somebody granted by hand.
    var tablesBeyondList: Question {
        Question(
            title: "the sandbox roles read no company table beyond DASH_ALLOWED_TABLES", severity: .warning,
            subject: .allowedTables,
            query: """
                SELECT format('agents may read %I.%I, which DASH_ALLOWED_TABLES does not name', n.nspname, c.relname)
                        AS problem,
                    format('REVOKE SELECT ON %I.%I FROM PUBLIC, %s', n.nspname, c.relname,
                        \(roles.sandbox.sqlIdentifierList)::text) AS remedy
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ANY(\(plan.dataSchemas)::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    AND NOT \(unescaped: plan.allowedTables.sqlCondition)
                    AND EXISTS (SELECT FROM unnest(\(roles.sandbox)::text[]) AS r(name)
                        WHERE has_any_column_privilege(r.name, c.oid, 'SELECT'))
                ORDER BY n.nspname, c.relname LIMIT 50
                """)
    }

    var unreadableTables: Question {
        Question(
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

    /// What the engineer may read it can put into a view that the analyst reads.
    var unevenRights: Question {
        Question(
            title: "the engineer reads no more than the analyst", severity: .warning, subject: .unevenRights,
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

    private var readers: String { ([roles.app] + roles.sandbox).sqlIdentifierList }
}

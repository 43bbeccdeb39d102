import Postgres

/// What a sandbox role must not be able to do: with one of these no statement of an agent runs.
extension SetupCheck {
    var missingRoles: Rule {
        Rule(
            title: "all roles exist", severity: .fatal, subject: .missingRole,
            query: """
                SELECT pg_catalog.format('role %I does not exist', r.name) AS problem,
                    pg_catalog.format('CREATE ROLE %I %s', r.name, CASE WHEN r.name = \(roles.owner) THEN 'NOLOGIN'
                        WHEN r.name = \(roles.app) THEN 'LOGIN PASSWORD ''…'''
                        ELSE 'LOGIN NOINHERIT PASSWORD ''…''' END) AS remedy
                FROM unnest(\(plan.allRoles)::text[]) AS r(name)
                WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = r.name)
                """)
    }

    var attributes: Rule {
        Rule(
            title: "the sandbox roles have no attribute of an administrator", severity: .fatal, subject: .superuser,
            query: """
                SELECT format('role %I, which runs statements of agents, has %s', rolname, a.name) AS problem,
                    format('ALTER ROLE %I NO%s', rolname, a.name) AS remedy
                FROM pg_catalog.pg_roles, LATERAL (VALUES ('SUPERUSER', rolsuper), ('CREATEROLE', rolcreaterole),
                    ('CREATEDB', rolcreatedb), ('REPLICATION', rolreplication), ('BYPASSRLS', rolbypassrls)) AS a(name, has)
                WHERE rolname = ANY(\(roles.sandbox)::text[]) AND a.has
                """)
    }

    var memberships: Rule {
        Rule(
            title: "the sandbox roles are members of nothing", severity: .fatal, subject: .membership,
            query: """
                SELECT format('role %I, which runs statements of agents, is a member of %I', m.rolname, g.rolname)
                        AS problem,
                    format('REVOKE %I FROM %I', g.rolname, m.rolname)
                        || CASE WHEN current_setting('server_version_num')::int >= 160000
                            THEN format(' GRANTED BY %I', pg_get_userbyid(x.grantor)) ELSE '' END AS remedy
                FROM pg_catalog.pg_auth_members x JOIN pg_catalog.pg_roles m ON m.oid = x.member
                    JOIN pg_catalog.pg_roles g ON g.oid = x.roleid
                WHERE m.rolname = ANY(\(roles.sandbox)::text[])
                """)
    }

    /// A new owner takes over the grants of the old one, so what Dash's roles need is granted again.
    var ownership: Rule {
        let (app, analyst, engineer) = (roles.app, roles.analyst, roles.engineer)
        return Rule(
            title: "the sandbox roles own nothing but what is built in schema dash", severity: .fatal,
            subject: .ownership,
            query: """
                SELECT format('role %I, which runs statements of agents, owns %s', r.rolname, o.what) AS problem,
                    format('ALTER %s OWNER TO %s', o.what, CASE WHEN o.what IN ('SCHEMA ai', 'SCHEMA dash')
                            THEN quote_ident(\(roles.owner)::text) ELSE 'CURRENT_USER' END)
                        || CASE o.what WHEN 'SCHEMA ai' THEN format('; GRANT USAGE, CREATE ON SCHEMA ai TO %I', \(app)::text)
                            WHEN 'SCHEMA dash' THEN format('; GRANT USAGE ON SCHEMA dash TO %I, %I; GRANT USAGE, CREATE ON '
                                'SCHEMA dash TO %I', \(app)::text, \(analyst)::text, \(engineer)::text)
                            ELSE CASE WHEN o.use IS NULL THEN ''
                                ELSE format('; GRANT %s ON %s TO %I', o.use, o.what, r.rolname) END END AS remedy
                FROM pg_catalog.pg_roles r JOIN (
                    SELECT nspowner AS owner, format('SCHEMA %I', nspname) AS what, 'USAGE' AS use
                    FROM pg_catalog.pg_namespace WHERE nspname = ANY(\(plan.dataSchemas + ["ai", "dash"])::text[])
                    UNION ALL
                    SELECT c.relowner, format('%s %I.%I', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
                            n.nspname, c.relname),
                        CASE WHEN c.relkind <> 'S' AND n.nspname <> 'ai'
                            AND \(unescaped: plan.allowedTables.sqlCondition) THEN 'SELECT' END
                    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = ANY(\(plan.dataSchemas + ["ai"])::text[])
                        AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                        -- The sequence of a column goes with its table.
                        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE c.relkind = 'S'
                            AND d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
                            AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i'))
                    UNION ALL
                    SELECT p.proowner, format('ROUTINE %I.%I(%s)', n.nspname, p.proname,
                            pg_get_function_identity_arguments(p.oid)), NULL
                    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                    WHERE n.nspname = ANY(\(plan.dataSchemas + ["ai", "dash"])::text[])
                    UNION ALL
                    SELECT datdba, format('DATABASE %I', datname),
                        CASE WHEN datname = current_database() THEN 'CONNECT' END
                    FROM pg_catalog.pg_database
                ) AS o ON o.owner = r.oid
                WHERE r.rolname = ANY(\(roles.sandbox)::text[])
                """)
    }

    var schemaCreation: Rule {
        let revocation = Revocation(
            acl: "n.nspacl", owner: "n.nspowner", kind: "n", object: "format('SCHEMA %I', n.nspname)",
            privileges: ["CREATE"])
        return Rule(
            title: "the sandbox roles create nothing outside schema dash", severity: .fatal, subject: .writeAccess,
            query: """
                SELECT format('role %I, which runs statements of agents, may create objects in schema %I',
                        r.rolname, n.nspname) AS problem,
                    \(unescaped: revocation.sql) AS remedy
                FROM pg_catalog.pg_namespace n, pg_catalog.pg_roles r
                WHERE r.rolname = ANY(\(roles.sandbox)::text[])
                    AND n.nspname NOT LIKE 'pg\\_%' AND has_schema_privilege(r.oid, n.oid, 'CREATE')
                    AND NOT (n.nspname = 'dash' AND r.rolname = \(roles.engineer))
                """)
    }

    var databaseCreation: Rule {
        let revocation = Revocation(
            acl: "d.datacl", owner: "d.datdba", kind: "d", object: "format('DATABASE %I', d.datname)",
            privileges: ["CREATE"])
        return Rule(
            title: "the sandbox roles create no schemas", severity: .fatal, subject: .writeAccess,
            query: """
                SELECT format('role %I, which runs statements of agents, may create schemas', r.rolname) AS problem,
                    \(unescaped: revocation.sql) AS remedy
                FROM pg_catalog.pg_database d, pg_catalog.pg_roles r
                WHERE d.datname = current_database() AND r.rolname = ANY(\(roles.sandbox)::text[])
                    AND has_database_privilege(r.oid, d.oid, 'CREATE')
                """)
    }

    /// The engineer has nowhere to build, and what it built is nobody's.
    var warehouseSchema: Rule {
        Rule(
            title: "schema dash is there", severity: .fatal, subject: .schema,
            query: """
                SELECT format('schema dash does not exist in database %I', current_database()) AS problem,
                    format('CREATE SCHEMA dash AUTHORIZATION %1$I; GRANT USAGE ON SCHEMA dash TO %2$I, %3$I; '
                        || 'GRANT USAGE, CREATE ON SCHEMA dash TO %4$I', \(roles.owner)::text, \(roles.app)::text,
                        \(roles.analyst)::text, \(roles.engineer)::text) AS remedy
                WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'dash')
                """)
    }

    var tableWrites: Rule {
        let revocation = Revocation(
            acl: "c.relacl", owner: "c.relowner", kind: "r",
            object:
                "format('%s %I.%I', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname)",
            privileges: ["INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "USAGE"], relation: "c.oid")
        return Rule(
            title: "the sandbox roles change no company table", severity: .fatal, subject: .writeAccess,
            query: """
                SELECT format('role %I, which runs statements of agents, may change %I.%I', r.rolname, n.nspname, c.relname)
                        AS problem,
                    \(unescaped: revocation.sql) AS remedy
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,
                    pg_catalog.pg_roles r
                WHERE r.rolname = ANY(\(roles.sandbox)::text[])
                    AND n.nspname = ANY(\(plan.dataSchemas)::text[]) AND CASE c.relkind
                    WHEN 'S' THEN has_sequence_privilege(r.oid, c.oid, 'USAGE, UPDATE')
                    WHEN 'i' THEN false WHEN 'I' THEN false WHEN 't' THEN false WHEN 'c' THEN false
                    ELSE has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
                        OR has_any_column_privilege(r.oid, c.oid, 'INSERT, UPDATE, REFERENCES') END
                ORDER BY n.nspname, c.relname, r.rolname LIMIT 50
                """)
    }

    /// On a server without schema `ai` there is nothing to see.
    var stateAccess: Rule {
        let revocation = Revocation(
            acl: "n.nspacl", owner: "n.nspowner", kind: "n", object: "format('SCHEMA %I', n.nspname)",
            privileges: ["USAGE", "CREATE"])
        return Rule(
            title: "the sandbox roles do not see schema ai", severity: .fatal, subject: .stateAccess,
            query: """
                SELECT format('role %I, which runs statements of agents, may look into schema ai', r.rolname) AS problem,
                    \(unescaped: revocation.sql) AS remedy
                FROM pg_catalog.pg_namespace n, pg_catalog.pg_roles r
                WHERE n.nspname = 'ai' AND r.rolname = ANY(\(roles.sandbox)::text[])
                    AND (has_schema_privilege(r.oid, n.oid, 'USAGE') OR has_schema_privilege(r.oid, n.oid, 'CREATE'))
                """)
    }
}

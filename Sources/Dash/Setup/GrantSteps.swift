import Postgres

/// What Dash's roles may do: log in, read company data, build in schema `dash`.
struct GrantSteps {
    let plan: SetupPlan
    let serverVersion: Int

    private var readers: [String] { [plan.roles.app] + plan.roles.sandbox }

    var all: [SetupStep] {
        var steps = [connect]
        if plan.parts.contains(.warehouse) {
            steps += [
                schemaUse("USAGE", on: plan.dataSchemas, to: readers),
                schemaUse("USAGE", on: ["dash"], to: readers),
                schemaUse("CREATE", on: ["dash"], to: [plan.roles.engineer]),
                missingSchemas,
                companyTables,
                builtTables,
                futureBuiltTables,
            ]
            steps +=
                plan.allowedTables.isEverything ? [futureCompanyTables] : [tablesBeyondList, futureTablesBeyondList]
        }
        return steps
    }

    /// Named to each role although PUBLIC has it by default, so that it stays when somebody takes it from PUBLIC.
    private var connect: SetupStep {
        SetupStep(
            subject: .grant,
            differences: """
                SELECT format('GRANT CONNECT ON DATABASE %I TO %I', d.datname, r.rolname) AS statement,
                    has_database_privilege(d.oid, 'CONNECT WITH GRANT OPTION') AS allowed,
                    format('role %I may not connect to database %I', r.rolname, d.datname) AS problem
                FROM pg_database d, pg_roles r
                WHERE d.datname = current_database() AND r.rolname = ANY(\(plan.loginRoles)::text[])
                    AND NOT EXISTS (SELECT FROM aclexplode(d.datacl) a
                        WHERE a.grantee = r.oid AND a.privilege_type = 'CONNECT')
                    AND (has_database_privilege(d.oid, 'CONNECT WITH GRANT OPTION')
                        OR NOT has_database_privilege(r.rolname, d.oid, 'CONNECT'))
                """)
    }

    private func schemaUse(_ privilege: String, on schemas: [String], to roles: [String]) -> SetupStep {
        SetupStep(
            subject: .grant,
            differences: """
                SELECT format('GRANT %s ON SCHEMA %I TO %I', \(privilege)::text, n.nspname, r.name) AS statement,
                    has_schema_privilege(n.oid, \(privilege)::text || ' WITH GRANT OPTION') AS allowed,
                    format('role %I lacks %s on schema %I', r.name, \(privilege)::text, n.nspname) AS problem
                FROM pg_namespace n, unnest(\(roles)::text[]) AS r(name)
                WHERE n.nspname = ANY(\(schemas)::text[])
                    AND NOT has_schema_privilege(r.name, n.oid, \(privilege)::text)
                """)
    }

    private var missingSchemas: SetupStep {
        SetupStep(
            subject: .schema,
            differences: """
                SELECT format('CREATE SCHEMA %I', s.name) AS statement, false AS allowed,
                    format('DASH_DATA_SCHEMAS names schema %I, which database %I does not have', s.name,
                        current_database()) AS problem
                FROM unnest(\(plan.dataSchemas)::text[]) AS s(name)
                WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = s.name)
                """)
    }

    /// A table that any of the readers may read is left as it is: somebody has decided who reads what.
    private var companyTables: SetupStep {
        SetupStep(
            subject: .unreadableTables,
            differences: """
                SELECT format('GRANT SELECT ON %I.%I TO %s', n.nspname, c.relname, \(readers.sqlIdentifierList)::text)
                        AS statement,
                    has_table_privilege(c.oid, 'SELECT WITH GRANT OPTION') AS allowed,
                    format('role %I may not read %I.%I', \(plan.roles.analyst)::text, n.nspname, c.relname) AS problem
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ANY(\(plan.dataSchemas)::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    AND \(unescaped: plan.allowedTables.sqlCondition)
                    AND NOT EXISTS (SELECT FROM unnest(\(readers)::text[]) AS r(name)
                        WHERE has_any_column_privilege(r.name, c.oid, 'SELECT'))
                ORDER BY n.nspname, c.relname
                """)
    }

    /// What Dash's roles were given on whole tables that the list leaves out. Grants on columns were made by a person, and
    /// grants to others are not Dash's business; the check names both.
    private var tablesBeyondList: SetupStep {
        SetupStep(
            subject: .allowedTables,
            differences: """
                SELECT format('REVOKE SELECT ON %I.%I FROM %s', n.nspname, c.relname,
                        string_agg(quote_ident(g.rolname), ', ' ORDER BY g.rolname)) AS statement,
                    pg_has_role(c.relowner, 'USAGE') AS allowed,
                    format('Dash may read %I.%I, which DASH_ALLOWED_TABLES does not name', n.nspname, c.relname) AS problem
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
                    JOIN pg_roles g ON g.oid = a.grantee
                WHERE n.nspname = ANY(\(plan.dataSchemas)::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    AND NOT \(unescaped: plan.allowedTables.sqlCondition)
                    AND a.privilege_type = 'SELECT' AND NOT a.is_grantable AND a.grantor = c.relowner
                    AND g.rolname = ANY(\(readers)::text[])
                    AND NOT EXISTS (SELECT FROM pg_attribute t, aclexplode(t.attacl) k
                        WHERE t.attrelid = c.oid AND k.grantee = g.oid)
                GROUP BY n.nspname, c.relname, c.relowner
                ORDER BY n.nspname, c.relname
                """)
    }

    private var futureTablesBeyondList: SetupStep {
        SetupStep(
            subject: .allowedTables,
            differences: """
                SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I REVOKE SELECT ON TABLES FROM %s',
                        o.rolname, n.nspname, string_agg(quote_ident(g.rolname), ', ' ORDER BY g.rolname)) AS statement,
                    \(unescaped: mayActFor) AS allowed,
                    format('Dash may read every table that %I makes in schema %I, whatever DASH_ALLOWED_TABLES names',
                        o.rolname, n.nspname) AS problem
                FROM pg_default_acl d JOIN pg_namespace n ON n.oid = d.defaclnamespace
                    JOIN pg_roles o ON o.oid = d.defaclrole, aclexplode(d.defaclacl) a JOIN pg_roles g ON g.oid = a.grantee
                WHERE n.nspname = ANY(\(plan.dataSchemas)::text[]) AND d.defaclobjtype = 'r'
                    AND a.privilege_type = 'SELECT' AND g.rolname = ANY(\(readers)::text[])
                GROUP BY o.oid, o.rolname, n.nspname
                ORDER BY n.nspname, o.rolname
                """)
    }

    private var builtTables: SetupStep {
        SetupStep(
            subject: .unreadableTables,
            differences: """
                SELECT format('GRANT SELECT ON %I.%I TO %I', n.nspname, c.relname, r.name) AS statement,
                    has_table_privilege(c.oid, 'SELECT WITH GRANT OPTION') AS allowed,
                    format('role %I may not read %I.%I', r.name, n.nspname, c.relname) AS problem
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
                    unnest(\([plan.roles.app, plan.roles.analyst])::text[]) AS r(name)
                WHERE n.nspname = 'dash' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    AND NOT has_any_column_privilege(r.name, c.oid, 'SELECT')
                ORDER BY c.relname
                """)
    }

    /// For everybody who owns company tables now, and for the administrator, who is likely to load the next ones.
    private var futureCompanyTables: SetupStep {
        SetupStep(
            subject: .futureTables,
            differences: """
                SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT SELECT ON TABLES TO %s',
                        o.rolname, n.nspname, \(readers.sqlIdentifierList)::text) AS statement,
                    \(unescaped: mayActFor) AS allowed,
                    format('tables that %I makes in schema %I will be closed to Dash', o.rolname, n.nspname) AS problem
                FROM pg_namespace n, pg_roles o
                WHERE n.nspname = ANY(\(plan.dataSchemas)::text[])
                    AND (o.rolname = current_user
                        OR (o.rolname = \(plan.roles.owner) AND \(plan.server == .embedded))
                        OR EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relowner = o.oid
                            AND c.relkind IN ('r', 'p', 'v', 'm', 'f')))
                    AND (\(unescaped: granted)) < \(readers.count)
                ORDER BY n.nspname, o.rolname
                """)
    }

    /// How many of the readers have SELECT on what role `o` will make in schema `n`.
    private var granted: String {
        let names = readers.map { PostgresQuery.quoted(literal: $0) }.joined(separator: ", ")
        return """
            SELECT count(DISTINCT g.oid) FROM pg_default_acl d, aclexplode(d.defaclacl) a JOIN pg_roles g
                ON g.oid = a.grantee
            WHERE d.defaclrole = o.oid AND d.defaclnamespace = n.oid AND d.defaclobjtype = 'r'
                AND a.privilege_type = 'SELECT' AND g.rolname IN (\(names))
            """
    }

    private var futureBuiltTables: SetupStep {
        SetupStep(
            subject: .futureTables,
            differences: """
                SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA dash GRANT SELECT ON TABLES TO %I',
                        o.rolname, r.name) AS statement,
                    \(unescaped: mayActFor) AS allowed,
                    format('what %I builds will be closed to %I', o.rolname, r.name) AS problem
                FROM pg_namespace n, pg_roles o, unnest(\([plan.roles.app, plan.roles.analyst])::text[]) AS r(name)
                WHERE n.nspname = 'dash' AND o.rolname = \(plan.roles.engineer)
                    AND NOT EXISTS (SELECT FROM pg_default_acl d, aclexplode(d.defaclacl) a
                        WHERE d.defaclrole = o.oid AND d.defaclnamespace = n.oid AND d.defaclobjtype = 'r'
                            AND a.privilege_type = 'SELECT' AND pg_get_userbyid(a.grantee) = r.name)
                """)
    }

    /// From version 16 on, membership alone does not carry a role's rights.
    private var mayActFor: String {
        serverVersion >= 160_000 ? "pg_has_role(o.oid, 'USAGE')" : "pg_has_role(o.oid, 'MEMBER')"
    }
}

extension [String] {
    /// The names quoted, for a GRANT to several roles.
    var sqlIdentifierList: String {
        map { PostgresQuery.quoted(identifier: $0) }.joined(separator: ", ")
    }
}

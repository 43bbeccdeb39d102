import Postgres

/// Takes from PUBLIC what only a server of Dash's own may lose. For the embedded server; the administrator is superuser.
struct LockdownSteps {
    let plan: SetupPlan

    var all: [SetupStep] {
        [
            databases, schemas, relations, routines, extensionRoutines, harmlessRoutines,
            futureObjects("EXECUTE", on: "ROUTINES", kind: "f"), futureObjects("USAGE", on: "TYPES", kind: "T"),
            languages, languagesForDash, functions, functionsForApp, views, viewsForApp,
        ]
    }

    private func step(_ differences: PostgresQuery) -> SetupStep {
        SetupStep(subject: .grant, differences: differences)
    }

    private var databases: SetupStep {
        step(
            """
            SELECT format('REVOKE %s ON DATABASE %I FROM PUBLIC',
                    CASE WHEN d.datname = current_database() THEN 'ALL' ELSE 'CONNECT' END, d.datname) AS statement,
                true AS allowed, format('everybody may use database %I', d.datname) AS problem
            FROM pg_database d
            WHERE d.datallowconn AND EXISTS (
                SELECT FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
                WHERE a.grantee = 0 AND (d.datname = current_database() OR a.privilege_type = 'CONNECT'))
            ORDER BY d.datname
            """)
    }

    private var schemas: SetupStep {
        step(
            """
            SELECT format('REVOKE ALL ON SCHEMA %I FROM PUBLIC', n.nspname) AS statement,
                true AS allowed, format('everybody may use schema %I', n.nspname) AS problem
            FROM pg_namespace n
            WHERE n.nspname = ANY(\(plan.schemas + ["public"])::text[])
                AND EXISTS (SELECT FROM aclexplode(n.nspacl) a WHERE a.grantee = 0)
            """)
    }

    private var relations: SetupStep {
        step(
            """
            SELECT format('REVOKE ALL ON %s %I.%I FROM PUBLIC', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
                    n.nspname, c.relname) AS statement,
                true AS allowed, format('everybody may use %I.%I', n.nspname, c.relname) AS problem
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ANY(\(plan.schemas)::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                AND (EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee = 0)
                    OR EXISTS (SELECT FROM pg_attribute t, aclexplode(t.attacl) a
                        WHERE t.attrelid = c.oid AND a.grantee = 0))
            """)
    }

    private var routines: SetupStep {
        step(
            """
            SELECT format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', p.oid::regprocedure) AS statement,
                true AS allowed, format('everybody may execute %s', p.oid::regprocedure) AS problem
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = ANY(\(plan.schemas)::text[])
                AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                    WHERE a.grantee = 0)
            """)
    }

    /// The daemon works with the extensions in its own schema.
    private var extensionRoutines: SetupStep {
        step(
            """
            SELECT format('GRANT EXECUTE ON ROUTINE %s TO %I', p.oid::regprocedure, \(plan.roles.app)::text) AS statement,
                true AS allowed, format('%I may not execute %s', \(plan.roles.app)::text, p.oid::regprocedure) AS problem
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = 'ai' AND NOT has_function_privilege(\(plan.roles.app)::text, p.oid, 'EXECUTE')
                AND \(plan.parts.contains(.state))
            """)
    }

    /// Operators of an extension's types (citext, vector) are functions; without them its columns cannot be compared.
    private var harmlessRoutines: SetupStep {
        step(
            """
            SELECT format('GRANT EXECUTE ON ROUTINE %s TO %I', p.oid::regprocedure, r.name) AS statement,
                true AS allowed, format('%I may not execute %s', r.name, p.oid::regprocedure) AS problem
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e',
                unnest(\(plan.parts.contains(.warehouse) ? [plan.roles.app] + plan.roles.sandbox : [])::text[]) AS r(name)
            WHERE n.nspname = ANY(\(plan.dataSchemas)::text[]) AND p.provolatile = 'i'
                AND NOT has_function_privilege(r.name, p.oid, 'EXECUTE')
            """)
    }

    /// Global on purpose: with IN SCHEMA the right that PUBLIC has by default would stay.
    private func futureObjects(_ privilege: String, on objects: String, kind: String) -> SetupStep {
        step(
            """
            SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I REVOKE %s ON %s FROM PUBLIC', r.rolname,
                    \(privilege)::text, \(objects)::text) AS statement,
                true AS allowed, format('everybody may use what %I makes', r.rolname) AS problem
            FROM pg_roles r
            WHERE r.rolname = ANY(\(plan.allRoles.filter { $0 != plan.roles.analyst })::text[])
                AND NOT EXISTS (SELECT FROM pg_default_acl d
                    WHERE d.defaclrole = r.oid AND d.defaclnamespace = 0 AND d.defaclobjtype = \(kind)
                        AND NOT EXISTS (SELECT FROM aclexplode(d.defaclacl) a WHERE a.grantee = 0))
            """)
    }

    private var languages: SetupStep {
        step(
            """
            SELECT format('REVOKE USAGE ON LANGUAGE %I FROM PUBLIC', l.lanname) AS statement,
                true AS allowed, format('everybody may write functions in %I', l.lanname) AS problem
            FROM pg_language l
            WHERE l.lanpltrusted AND EXISTS (
                SELECT FROM aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner))) a WHERE a.grantee = 0)
            """)
    }

    private var languagesForDash: SetupStep {
        step(
            """
            SELECT format('GRANT USAGE ON LANGUAGE %I TO %I', l.lanname, r.name) AS statement,
                true AS allowed, format('%I may not write functions in %I', r.name, l.lanname) AS problem
            FROM pg_language l, unnest(\([plan.roles.app, plan.roles.owner])::text[]) AS r(name)
            WHERE l.lanname IN ('sql', 'plpgsql') AND NOT has_language_privilege(r.name, l.oid, 'USAGE')
            """)
    }

    private var functions: SetupStep {
        step(
            """
            SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', p.oid::regprocedure) AS statement,
                true AS allowed, format('everybody may execute %s', p.oid::regprocedure) AS problem
            FROM pg_proc p
            WHERE p.pronamespace = 'pg_catalog'::regnamespace
                AND (p.proname = ANY(\(BuiltIns.functionsForApp + BuiltIns.functionsForNobody)::text[])
                    OR p.proname = 'ts_rewrite' AND oidvectortypes(p.proargtypes) = 'tsquery, text')
                AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                    WHERE a.grantee = 0)
            """)
    }

    private var functionsForApp: SetupStep {
        step(
            """
            SELECT format('GRANT EXECUTE ON FUNCTION %s TO %I', p.oid::regprocedure, \(plan.roles.app)::text) AS statement,
                true AS allowed, format('%I may not execute %s', \(plan.roles.app)::text, p.oid::regprocedure) AS problem
            FROM pg_proc p
            WHERE p.pronamespace = 'pg_catalog'::regnamespace
                AND p.proname = ANY(\(BuiltIns.functionsForApp)::text[])
                AND NOT has_function_privilege(\(plan.roles.app)::text, p.oid, 'EXECUTE')
            """)
    }

    private var views: SetupStep {
        step(
            """
            SELECT format('REVOKE ALL ON pg_catalog.%I FROM PUBLIC', c.relname) AS statement,
                true AS allowed, format('everybody may read %I', c.relname) AS problem
            FROM pg_class c
            WHERE c.relnamespace = 'pg_catalog'::regnamespace
                AND c.relname = ANY(\(BuiltIns.viewsForApp + BuiltIns.viewsForNobody)::text[])
                AND EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee = 0)
            """)
    }

    private var viewsForApp: SetupStep {
        step(
            """
            SELECT format('GRANT SELECT ON pg_catalog.%I TO %I', c.relname, \(plan.roles.app)::text) AS statement,
                true AS allowed, format('%I may not read %I', \(plan.roles.app)::text, c.relname) AS problem
            FROM pg_class c
            WHERE c.relnamespace = 'pg_catalog'::regnamespace
                AND c.relname = ANY(\(BuiltIns.viewsForApp)::text[])
                AND NOT has_table_privilege(\(plan.roles.app)::text, c.oid, 'SELECT')
            """)
    }
}

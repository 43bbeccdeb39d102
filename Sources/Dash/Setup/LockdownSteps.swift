import Postgres

/// Takes from PUBLIC what sandbox roles would have through it: on Dash's own server always, on a given one statement by
/// statement with somebody's consent, since other applications live there.
///
/// An administrator who is no superuser can do it for what he owns; the rest becomes findings.
struct LockdownSteps {
    let plan: SetupPlan
    let serverVersion: Int

    var all: [SetupStep] {
        [
            databases, schemas, relations, routines, extensionRoutines, harmlessRoutines,
            futureObjects("EXECUTE", on: "ROUTINES", kind: "f"), futureObjects("USAGE", on: "TYPES", kind: "T"),
            languages, languagesForDash, functions, functionsForApp, views, viewsForApp,
        ]
    }

    /// What the daemon works with, where somebody took it from PUBLIC.
    var grantsForApp: [SetupStep] { [functionsForApp, viewsForApp] }

    private func revocation(_ differences: PostgresQuery) -> SetupStep {
        SetupStep(subject: .grant, differences: differences, needsConsent: true)
    }

    private func grant(_ differences: PostgresQuery) -> SetupStep {
        SetupStep(subject: .grant, differences: differences)
    }

    /// What PUBLIC has by an owner's grant only that owner, or who may act as him, can take away.
    private func mayRevoke(_ list: String, kind: String, owner: String) -> String {
        """
        (pg_has_role(\(owner), 'USAGE') AND NOT EXISTS (
            SELECT FROM aclexplode(coalesce(\(list), acldefault('\(kind)', \(owner)))) x
            WHERE x.grantee = 0 AND x.grantor <> \(owner)))
        """
    }

    private var databases: SetupStep {
        revocation(
            """
            SELECT format('REVOKE %s ON DATABASE %I FROM PUBLIC',
                    CASE WHEN d.datname = current_database() THEN 'ALL' ELSE 'CONNECT' END, d.datname) AS statement,
                \(unescaped: mayRevoke("d.datacl", kind: "d", owner: "d.datdba")) AS allowed,
                format('everybody may use database %I', d.datname) AS problem
            FROM pg_database d
            WHERE d.datallowconn AND EXISTS (
                SELECT FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
                WHERE a.grantee = 0 AND (d.datname = current_database() OR a.privilege_type = 'CONNECT'))
            ORDER BY d.datname
            """)
    }

    private var schemas: SetupStep {
        revocation(
            """
            SELECT format('REVOKE ALL ON SCHEMA %I FROM PUBLIC', n.nspname) AS statement,
                \(unescaped: mayRevoke("n.nspacl", kind: "n", owner: "n.nspowner")) AS allowed,
                format('everybody may use schema %I', n.nspname) AS problem
            FROM pg_namespace n
            WHERE n.nspname = ANY(\(plan.schemas + ["public"])::text[])
                AND EXISTS (SELECT FROM aclexplode(n.nspacl) a WHERE a.grantee = 0)
            ORDER BY n.nspname
            """)
    }

    private var relations: SetupStep {
        revocation(
            """
            SELECT format('REVOKE ALL ON %s %I.%I FROM PUBLIC', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
                    n.nspname, c.relname) AS statement,
                \(unescaped: mayRevoke("c.relacl", kind: "r", owner: "c.relowner")) AS allowed,
                format('everybody may use %I.%I', n.nspname, c.relname) AS problem
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ANY(\(plan.schemas)::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                AND (EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee = 0)
                    OR EXISTS (SELECT FROM pg_attribute t, aclexplode(t.attacl) a
                        WHERE t.attrelid = c.oid AND a.grantee = 0))
            ORDER BY n.nspname, c.relname
            """)
    }

    private var routines: SetupStep {
        revocation(
            """
            SELECT format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC',
                    string_agg(p.oid::regprocedure::text, ', ' ORDER BY p.oid::regprocedure::text)) AS statement,
                bool_and(\(unescaped: mayRevoke("p.proacl", kind: "f", owner: "p.proowner"))) AS allowed,
                format('everybody may execute %s routines in schema %I', count(*), n.nspname) AS problem
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = ANY(\(plan.schemas)::text[])
                AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                    WHERE a.grantee = 0)
            GROUP BY n.nspname, p.proowner
            ORDER BY n.nspname, p.proowner
            """)
    }

    /// The daemon works with the extensions in its own schema.
    private var extensionRoutines: SetupStep {
        grant(
            """
            SELECT format('GRANT EXECUTE ON ROUTINE %s TO %I',
                    string_agg(p.oid::regprocedure::text, ', ' ORDER BY p.oid::regprocedure::text),
                    \(plan.roles.app)::text) AS statement,
                bool_and(has_function_privilege(p.oid, 'EXECUTE WITH GRANT OPTION')) AS allowed,
                format('%I may not execute %s routines in schema ai', \(plan.roles.app)::text, count(*)) AS problem
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = 'ai' AND NOT has_function_privilege(\(plan.roles.app)::text, p.oid, 'EXECUTE')
                AND \(plan.parts.contains(.state))
            GROUP BY p.proowner
            """)
    }

    /// Operators of an extension's types (citext, vector) are functions; without them its columns cannot be compared.
    private var harmlessRoutines: SetupStep {
        grant(
            """
            SELECT format('GRANT EXECUTE ON ROUTINE %s TO %I', p.oid::regprocedure, r.name) AS statement,
                has_function_privilege(p.oid, 'EXECUTE WITH GRANT OPTION') AS allowed,
                format('%I may not execute %s', r.name, p.oid::regprocedure) AS problem
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e',
                unnest(\(plan.parts.contains(.warehouse) ? [plan.roles.app] + plan.roles.sandbox : [])::text[]) AS r(name)
            WHERE n.nspname = ANY(\(plan.dataSchemas)::text[]) AND p.provolatile = 'i'
                AND NOT has_function_privilege(r.name, p.oid, 'EXECUTE')
            ORDER BY p.oid::regprocedure::text, r.name
            """)
    }

    /// Global on purpose: with IN SCHEMA the right that PUBLIC has by default would stay. About Dash's own roles only.
    private func futureObjects(_ privilege: String, on objects: String, kind: String) -> SetupStep {
        let mayActFor = serverVersion >= 160_000 ? "USAGE" : "MEMBER"
        return revocation(
            """
            SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I REVOKE %s ON %s FROM PUBLIC', r.rolname,
                    \(privilege)::text, \(objects)::text) AS statement,
                pg_has_role(r.oid, \(mayActFor)::text) AS allowed,
                format('everybody may use what %I makes', r.rolname) AS problem
            FROM pg_roles r
            WHERE r.rolname = ANY(\(plan.allRoles.filter { $0 != plan.roles.analyst })::text[])
                AND NOT EXISTS (SELECT FROM pg_default_acl d
                    WHERE d.defaclrole = r.oid AND d.defaclnamespace = 0 AND d.defaclobjtype = \(kind)
                        AND NOT EXISTS (SELECT FROM aclexplode(d.defaclacl) a WHERE a.grantee = 0))
            ORDER BY r.rolname
            """)
    }

    private var languages: SetupStep {
        revocation(
            """
            SELECT format('REVOKE USAGE ON LANGUAGE %I FROM PUBLIC', l.lanname) AS statement,
                \(unescaped: mayRevoke("l.lanacl", kind: "l", owner: "l.lanowner")) AS allowed,
                format('everybody may write functions in %I', l.lanname) AS problem
            FROM pg_language l
            WHERE l.lanpltrusted AND EXISTS (
                SELECT FROM aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner))) a WHERE a.grantee = 0)
            ORDER BY l.lanname
            """)
    }

    private var languagesForDash: SetupStep {
        grant(
            """
            SELECT format('GRANT USAGE ON LANGUAGE %I TO %I', l.lanname, r.name) AS statement,
                has_language_privilege(l.oid, 'USAGE WITH GRANT OPTION') AS allowed,
                format('%I may not write functions in %I', r.name, l.lanname) AS problem
            FROM pg_language l, unnest(\([plan.roles.app, plan.roles.owner])::text[]) AS r(name)
            WHERE l.lanname IN ('sql', 'plpgsql') AND NOT has_language_privilege(r.name, l.oid, 'USAGE')
            ORDER BY l.lanname, r.name
            """)
    }

    /// In one statement for all of an owner's, which is the cluster's first superuser.
    private var functions: SetupStep {
        revocation(
            """
            SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC',
                    string_agg(p.oid::regprocedure::text, ', ' ORDER BY p.oid::regprocedure::text)) AS statement,
                bool_and(\(unescaped: mayRevoke("p.proacl", kind: "f", owner: "p.proowner"))) AS allowed,
                format('everybody may execute %s built-in functions that reach other sessions, run text as SQL or write '
                    || 'large objects', count(*)) AS problem
            FROM pg_proc p
            WHERE p.pronamespace = 'pg_catalog'::regnamespace
                AND (p.proname = ANY(\(BuiltIns.functionsForApp + BuiltIns.functionsForNobody)::text[])
                    OR p.proname = 'ts_rewrite' AND oidvectortypes(p.proargtypes) = 'tsquery, text')
                AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                    WHERE a.grantee = 0)
            GROUP BY p.proowner
            """)
    }

    private var functionsForApp: SetupStep {
        grant(
            """
            SELECT format('GRANT EXECUTE ON FUNCTION %s TO %I',
                    string_agg(p.oid::regprocedure::text, ', ' ORDER BY p.oid::regprocedure::text),
                    \(plan.roles.app)::text) AS statement,
                bool_and(has_function_privilege(p.oid, 'EXECUTE WITH GRANT OPTION')) AS allowed,
                format('%I may not execute %s built-in functions', \(plan.roles.app)::text, count(*)) AS problem
            FROM pg_proc p
            WHERE p.pronamespace = 'pg_catalog'::regnamespace
                AND p.proname = ANY(\(BuiltIns.functionsForApp)::text[])
                AND NOT has_function_privilege(\(plan.roles.app)::text, p.oid, 'EXECUTE')
            GROUP BY p.proowner
            """)
    }

    private var views: SetupStep {
        revocation(
            """
            SELECT format('REVOKE ALL ON %s FROM PUBLIC',
                    string_agg(format('pg_catalog.%I', c.relname), ', ' ORDER BY c.relname)) AS statement,
                bool_and(\(unescaped: mayRevoke("c.relacl", kind: "r", owner: "c.relowner"))) AS allowed,
                format('everybody may read %s views that show sessions, roles and sampled values', count(*)) AS problem
            FROM pg_class c
            WHERE c.relnamespace = 'pg_catalog'::regnamespace
                AND c.relname = ANY(\(BuiltIns.viewsForApp + BuiltIns.viewsForNobody)::text[])
                AND EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee = 0)
            GROUP BY c.relowner
            """)
    }

    private var viewsForApp: SetupStep {
        grant(
            """
            SELECT format('GRANT SELECT ON %s TO %I',
                    string_agg(format('pg_catalog.%I', c.relname), ', ' ORDER BY c.relname), \(plan.roles.app)::text)
                    AS statement,
                bool_and(has_table_privilege(c.oid, 'SELECT WITH GRANT OPTION')) AS allowed,
                format('%I may not read %s views of the catalogs', \(plan.roles.app)::text, count(*)) AS problem
            FROM pg_class c
            WHERE c.relnamespace = 'pg_catalog'::regnamespace
                AND c.relname = ANY(\(BuiltIns.viewsForApp)::text[])
                AND NOT has_table_privilege(\(plan.roles.app)::text, c.oid, 'SELECT')
            GROUP BY c.relowner
            """)
    }
}

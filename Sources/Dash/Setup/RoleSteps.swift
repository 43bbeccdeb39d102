import Postgres

/// The four roles, their attributes, and the administrator's membership in them.
struct RoleSteps {
    let plan: SetupPlan
    let serverVersion: Int

    var all: [SetupStep] {
        [missing, attributes, temporaryFileLimits, administratorMembership]
    }

    /// Created without a password, so that nobody can log in until `RoleLogins` has set it.
    private var missing: SetupStep {
        SetupStep(
            subject: .missingRole, severity: .fatal,
            differences: """
                SELECT format('CREATE ROLE %I ', r.name) || CASE
                        WHEN r.name = \(plan.roles.owner) THEN 'NOLOGIN'
                        WHEN r.name = \(plan.roles.app) THEN 'LOGIN'
                        WHEN r.name = \(plan.roles.analyst)
                            THEN 'LOGIN NOINHERIT CONNECTION LIMIT ' || \(plan.analystConnections)::text
                        ELSE 'LOGIN NOINHERIT CONNECTION LIMIT ' || \(plan.engineerConnections)::text
                    END AS statement,
                    (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user) AS allowed,
                    format('role %I does not exist', r.name) AS problem
                FROM unnest(\(plan.allRoles)::text[]) AS r(name)
                WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r.name)
                """)
    }

    /// Only attributes that differ are named: a non-superuser may not even repeat NOSUPERUSER.
    private var attributes: SetupStep {
        SetupStep(
            subject: .superuser, severity: .fatal,
            differences: """
                SELECT format('ALTER ROLE %I ', r.rolname) || array_to_string(ARRAY[
                        CASE WHEN r.rolsuper THEN 'NOSUPERUSER' END,
                        CASE WHEN r.rolcreatedb THEN 'NOCREATEDB' END,
                        CASE WHEN r.rolcreaterole THEN 'NOCREATEROLE' END,
                        CASE WHEN r.rolreplication THEN 'NOREPLICATION' END,
                        CASE WHEN r.rolbypassrls THEN 'NOBYPASSRLS' END,
                        CASE WHEN r.rolinherit THEN 'NOINHERIT' END,
                        CASE WHEN NOT r.rolcanlogin THEN 'LOGIN' END,
                        CASE WHEN r.rolconnlimit = -1 THEN 'CONNECTION LIMIT ' || CASE
                            WHEN r.rolname = \(plan.roles.analyst) THEN \(plan.analystConnections)::text
                            ELSE \(plan.engineerConnections)::text END END], ' ') AS statement,
                    own.rolsuper OR (own.rolcreaterole AND NOT r.rolsuper AND NOT r.rolreplication AND NOT r.rolbypassrls)
                        AS allowed,
                    format('role %I has attributes that a sandbox role must not have', r.rolname) AS problem
                FROM pg_roles r, (SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user) AS own
                WHERE r.rolname = ANY(\(plan.parts.contains(.warehouse) ? plan.roles.sandbox : [])::text[])
                    AND (r.rolsuper OR r.rolcreatedb OR r.rolcreaterole OR r.rolreplication OR r.rolbypassrls
                        OR r.rolinherit OR NOT r.rolcanlogin OR r.rolconnlimit = -1)
                """)
    }

    /// A limit that the role itself cannot lift, since only a superuser may set it.
    private var temporaryFileLimits: SetupStep {
        SetupStep(
            subject: .temporaryFiles,
            differences: """
                SELECT format('ALTER ROLE %I SET temp_file_limit = %L', r.rolname,
                        CASE WHEN r.rolname = \(plan.roles.analyst) THEN '256MB' ELSE '1GB' END) AS statement,
                    own.rolsuper OR has_parameter_privilege('temp_file_limit', 'SET') AS allowed,
                    format('role %I may fill the disk with temporary files', r.rolname) AS problem
                FROM pg_roles r, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS own
                WHERE r.rolname = ANY(\(plan.parts.contains(.warehouse) ? plan.roles.sandbox : [])::text[])
                    AND NOT EXISTS (SELECT FROM unnest(r.rolconfig) AS c(setting)
                        WHERE starts_with(setting, 'temp_file_limit='))
                """)
    }

    /// Ownership of schemas and default privileges need membership where the administrator is no superuser.
    private var administratorMembership: SetupStep {
        let isMember =
            serverVersion >= 160_000
            ? "pg_has_role(current_user, r.rolname, 'USAGE') AND pg_has_role(current_user, r.rolname, 'SET')"
            : "pg_has_role(current_user, r.rolname, 'MEMBER')"
        return SetupStep(
            subject: .grant,
            differences: """
                SELECT format('GRANT %I TO %I', r.rolname, current_user)
                        || \(serverVersion >= 160_000 ? " WITH INHERIT TRUE, SET TRUE" : "") AS statement,
                    (SELECT rolcreaterole FROM pg_roles WHERE rolname = current_user) AS allowed,
                    format('%I is not a member of %I and cannot set up what that role owns', current_user, r.rolname)
                        AS problem
                FROM pg_roles r WHERE r.rolname = ANY(\(plan.allRoles)::text[]) AND NOT (\(unescaped: isMember))
                """)
    }
}

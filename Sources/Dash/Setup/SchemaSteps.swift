import Postgres

/// The schemas and the extension that Dash brings.
struct SchemaSteps {
    let plan: SetupPlan

    var all: [SetupStep] {
        var steps: [SetupStep] = []
        if plan.parts.contains(.warehouse) {
            steps += [missing("dash", owner: plan.roles.owner), owner("dash", plan.roles.owner)]
        }
        if plan.parts.contains(.state) {
            steps += [missing("ai", owner: plan.roles.app), owner("ai", plan.roles.app), trigrams, searchPath]
        }
        return steps
    }

    private func missing(_ schema: String, owner: String) -> SetupStep {
        SetupStep(
            subject: .schema, severity: .fatal,
            differences: """
                SELECT format('CREATE SCHEMA %I AUTHORIZATION %I', \(schema)::text, \(owner)::text) AS statement,
                    has_database_privilege(current_database(), 'CREATE') AS allowed,
                    format('schema %I does not exist in database %I', \(schema)::text, current_database()) AS problem
                WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = \(schema))
                """)
    }

    private func owner(_ schema: String, _ owner: String) -> SetupStep {
        SetupStep(
            subject: .schema, severity: .fatal,
            differences: """
                SELECT format('ALTER SCHEMA %I OWNER TO %I', nspname, \(owner)::text) AS statement,
                    pg_has_role(current_user, nspowner, 'USAGE') AS allowed,
                    format('schema %I belongs to %I, not to %I', nspname, pg_get_userbyid(nspowner), \(owner)::text)
                        AS problem
                FROM pg_namespace WHERE nspname = \(schema) AND pg_get_userbyid(nspowner) <> \(owner)
                """)
    }

    /// Where another application has it already, it stays in its schema: an extension can be there only once.
    private var trigrams: SetupStep {
        SetupStep(
            subject: .trigrams, severity: .fatal,
            differences: """
                SELECT 'CREATE EXTENSION pg_trgm SCHEMA ai' AS statement,
                    EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')
                        AND has_database_privilege(current_database(), 'CREATE') AS allowed,
                    'extension pg_trgm, which the search in knowledge needs, is not installed' AS problem
                WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')
                """)
    }

    /// Lets the daemon's role find the operators of pg_trgm by name, wherever they are.
    private var searchPath: SetupStep {
        SetupStep(
            subject: .trigrams,
            differences: """
                WITH wanted AS (
                    SELECT 'search_path=' || array_to_string(array_agg(DISTINCT quote_ident(s.name)), ', ') AS setting,
                        array_to_string(array_agg(DISTINCT quote_literal(s.name)), ', ') AS list
                    FROM (SELECT 'ai' UNION SELECT n.nspname FROM pg_extension e
                        JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm') AS s(name))
                SELECT format('ALTER ROLE %I IN DATABASE %I SET search_path = ', \(plan.roles.app)::text,
                        current_database()) || wanted.list AS statement,
                    true AS allowed,
                    format('role %I does not find the operators of pg_trgm', \(plan.roles.app)::text) AS problem
                FROM wanted
                WHERE NOT EXISTS (SELECT FROM pg_db_role_setting s
                    JOIN pg_database d ON d.oid = s.setdatabase JOIN pg_roles r ON r.oid = s.setrole
                    WHERE d.datname = current_database() AND r.rolname = \(plan.roles.app)
                        AND wanted.setting = ANY(s.setconfig))
                """)
    }
}

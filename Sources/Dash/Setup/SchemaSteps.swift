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
            steps += [missing("ai", owner: plan.roles.owner), stateOwner]
            steps += ["USAGE", "CREATE"].map(stateUse) + [trigrams, searchPath]
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

    /// Not the daemon's role: who owns a schema may drop what others own in it, and so the audit log.
    private var stateOwner: SetupStep {
        SetupStep(
            subject: .audit,
            differences: """
                SELECT format('ALTER SCHEMA ai OWNER TO %I; GRANT USAGE, CREATE ON SCHEMA ai TO %I',
                        \(plan.roles.owner)::text, \(plan.roles.app)::text) AS statement,
                    pg_has_role(current_user, nspowner, 'USAGE') AND has_database_privilege(current_database(), 'CREATE')
                        AS allowed,
                    format('schema ai belongs to %I, which so may drop the audit log', pg_get_userbyid(nspowner))
                        AS problem
                FROM pg_namespace WHERE nspname = 'ai' AND pg_get_userbyid(nspowner) <> \(plan.roles.owner)
                """, isScript: true)
    }

    private func stateUse(_ privilege: String) -> SetupStep {
        SetupStep(
            subject: .state, severity: .fatal,
            differences: """
                SELECT format('GRANT %s ON SCHEMA ai TO %I', \(privilege)::text, \(plan.roles.app)::text) AS statement,
                    has_schema_privilege(n.oid, \(privilege)::text || ' WITH GRANT OPTION') AS allowed,
                    format('role %I lacks %s on schema ai', \(plan.roles.app)::text, \(privilege)::text) AS problem
                FROM pg_namespace n
                WHERE n.nspname = 'ai' AND NOT has_schema_privilege(\(plan.roles.app)::text, n.oid, \(privilege)::text)
                """)
    }

    /// An extension can be in a database only once. Where others use it, moving it is for their administrator to decide.
    private var trigrams: SetupStep {
        SetupStep(
            subject: .trigrams, severity: .fatal,
            differences: """
                SELECT 'CREATE EXTENSION pg_trgm SCHEMA ai' AS statement,
                    EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')
                        AND has_database_privilege(current_database(), 'CREATE') AS allowed,
                    'extension pg_trgm, which the search in knowledge needs, is not installed' AS problem
                WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')
                UNION ALL
                SELECT \(SetupCheck.moveOfTrigrams)::text, \(plan.server == .embedded),
                    format('extension pg_trgm is in schema %I, not in ai; move it and put ai into the search_path of '
                        || 'the applications that use it, or give Dash a database of its own', n.nspname)
                FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
                WHERE e.extname = 'pg_trgm' AND n.nspname <> 'ai'
                """)
    }

    /// Lets the daemon's role find the operators of pg_trgm by name.
    private var searchPath: SetupStep {
        SetupStep(
            subject: .trigrams,
            differences: """
                SELECT format('ALTER ROLE %I IN DATABASE %I SET search_path = ai', \(plan.roles.app)::text,
                        current_database()) AS statement,
                    true AS allowed,
                    format('role %I does not find the operators of pg_trgm', \(plan.roles.app)::text) AS problem
                WHERE NOT EXISTS (SELECT FROM pg_db_role_setting s
                    JOIN pg_database d ON d.oid = s.setdatabase JOIN pg_roles r ON r.oid = s.setrole
                    WHERE d.datname = current_database() AND r.rolname = \(plan.roles.app)
                        AND 'search_path=ai' = ANY(s.setconfig))
                """)
    }
}

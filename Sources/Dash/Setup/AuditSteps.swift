import Postgres

/// The audit log's table, its owner and what the daemon's role may do with it.
struct AuditSteps {
    let plan: SetupPlan

    var all: [SetupStep] {
        guard plan.parts.contains(.state) else { return [] }
        return [missing, owner, columns, use, restriction]
    }

    private var app: String { plan.roles.app }

    private var missing: SetupStep {
        SetupStep(
            subject: .audit, severity: .fatal,
            differences: """
                SELECT \(AuditTable.creation(plan.roles))::text AS statement,
                    has_schema_privilege(n.oid, 'CREATE') AND pg_has_role(\(plan.roles.owner)::text, 'USAGE') AS allowed,
                    'the audit log ai.audit does not exist, so no statement may run' AS problem
                FROM pg_namespace n
                WHERE n.nspname = 'ai'
                    AND NOT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relname = 'audit')
                """, isScript: true)
    }

    private var owner: SetupStep {
        SetupStep(
            subject: .audit,
            differences: """
                SELECT \(AuditTable.handover(plan.roles))::text AS statement,
                    pg_has_role(c.relowner, 'USAGE') AND pg_has_role(\(plan.roles.owner)::text, 'USAGE') AS allowed,
                    format('the audit log ai.audit belongs to %I, not to %I', pg_get_userbyid(c.relowner),
                        \(plan.roles.owner)::text) AS problem
                \(unescaped: table) AND pg_get_userbyid(c.relowner) <> \(plan.roles.owner)
                """, isScript: true)
    }

    private var columns: SetupStep {
        let columns = AuditTable.columns
        return SetupStep(
            subject: .audit, severity: .fatal,
            differences: """
                SELECT k.statement, pg_has_role(c.relowner, 'USAGE') AS allowed,
                    format('the audit log ai.audit lacks column %s, so no statement may run', k.name) AS problem
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
                    unnest(\(columns.map(\.name))::text[], \(columns.map(AuditTable.addition))::text[])
                        WITH ORDINALITY AS k(name, statement, place)
                WHERE n.nspname = 'ai' AND c.relname = 'audit' AND NOT EXISTS (SELECT FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attname = k.name AND a.attnum > 0 AND NOT a.attisdropped)
                ORDER BY k.place
                """, isScript: true)
    }

    private var use: SetupStep {
        SetupStep(
            subject: .audit, severity: .fatal,
            differences: """
                SELECT format('GRANT SELECT, INSERT ON ai.audit TO %I', \(app)::text) AS statement,
                    has_table_privilege(c.oid, 'INSERT WITH GRANT OPTION') AS allowed,
                    format('role %I may not write the audit log, so no statement may run', \(app)::text) AS problem
                \(unescaped: table) AND NOT (has_table_privilege(\(app)::text, c.oid, 'SELECT')
                    AND has_table_privilege(\(app)::text, c.oid, 'INSERT'))
                """)
    }

    private var restriction: SetupStep {
        SetupStep(
            subject: .audit,
            differences: """
                SELECT \(AuditTable.restriction(plan.roles))::text AS statement,
                    pg_has_role(c.relowner, 'USAGE') AS allowed,
                    format('role %I may change what is in the audit log', \(app)::text) AS problem
                \(unescaped: table) AND (EXISTS (SELECT FROM aclexplode(c.relacl) x
                        WHERE pg_get_userbyid(x.grantee) = \(app) AND x.privilege_type NOT IN ('SELECT', 'INSERT'))
                    OR EXISTS (SELECT FROM pg_attribute t, aclexplode(t.attacl) x
                        WHERE t.attrelid = c.oid AND pg_get_userbyid(x.grantee) = \(app)
                            AND x.privilege_type NOT IN ('SELECT', 'INSERT')))
                """)
    }

    private var table: String {
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'ai' AND c.relname = 'audit'"
    }
}

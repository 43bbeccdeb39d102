import Postgres

/// Whether the audit log is there and append-only for the daemon. Its statements are an administrator's.
extension SetupCheck {
    var audit: [Rule] {
        [auditTable, auditColumns, auditTypes, auditUse, auditOwner, auditRights, daemonAttributes]
    }

    private static let table =
        "pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
        + " AND n.nspname = 'ai' AND c.relname = 'audit'"

    /// Fatal is what keeps the daemon from writing: a statement that cannot be recorded does not run.
    private func rule(
        _ title: String, _ severity: SetupFinding.Severity, _ query: PostgresQuery
    ) -> Rule {
        Rule(title: title, severity: severity, subject: .audit, query: query)
    }

    private var auditTable: Rule {
        rule(
            "the audit log is there", .fatal,
            """
            SELECT 'the audit log ai.audit does not exist, so no statement may run' AS problem,
                \(AuditTable.creation(roles))::text AS remedy
            FROM pg_catalog.pg_namespace s
            WHERE s.nspname = 'ai' AND NOT EXISTS (SELECT FROM \(unescaped: Self.table))
            """)
    }

    private var auditColumns: Rule {
        let columns = AuditTable.columns
        return rule(
            "the audit log has every column", .fatal,
            """
            SELECT format('the audit log ai.audit lacks column %s, so no statement may run', k.name) AS problem,
                k.addition AS remedy
            FROM \(unescaped: Self.table)
                CROSS JOIN unnest(\(columns.map(\.name))::text[], \(columns.map(AuditTable.addition))::text[])
                    WITH ORDINALITY AS k(name, addition, place)
            WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = c.oid AND a.attname = k.name AND a.attnum > 0 AND NOT a.attisdropped)
            ORDER BY k.place
            """)
    }

    private var auditTypes: Rule {
        let columns = AuditTable.columns
        return rule(
            "every column of the audit log is of its type", .warning,
            """
            SELECT format('column %s of ai.audit is %s instead of %s', k.name, format_type(a.atttypid, a.atttypmod), k.type)
                    AS problem,
                format('ALTER TABLE ai.audit ALTER COLUMN %1$I TYPE %2$s USING %1$I::%2$s', k.name, k.type) AS remedy
            FROM \(unescaped: Self.table)
                CROSS JOIN unnest(\(columns.map(\.name))::text[], \(columns.map(\.type))::text[])
                    WITH ORDINALITY AS k(name, type, place)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = k.name
                    AND a.attnum > 0 AND NOT a.attisdropped
            WHERE format_type(a.atttypid, a.atttypmod) <> k.type
            ORDER BY k.place
            """)
    }

    private var auditUse: Rule {
        rule(
            "the daemon writes the audit log", .fatal,
            """
            SELECT format('role %I may not write the audit log ai.audit, so no statement may run', \(roles.app)::text) AS problem,
                format('GRANT SELECT, INSERT ON ai.audit TO %I', \(roles.app)::text) AS remedy
            FROM \(unescaped: Self.table)
            WHERE NOT (has_table_privilege(\(roles.app)::text, c.oid, 'SELECT')
                AND has_table_privilege(\(roles.app)::text, c.oid, 'INSERT'))
            """)
    }

    /// The owner of a table can do everything with it, and the owner of its schema can drop it.
    private var auditOwner: Rule {
        rule(
            "the audit log is out of the daemon's reach", .warning,
            """
            SELECT format('role %I owns the audit log ai.audit', \(roles.app)::text) AS problem,
                \(AuditTable.handover(roles))::text AS remedy
            FROM \(unescaped: Self.table) WHERE pg_get_userbyid(c.relowner) = \(roles.app)
            UNION ALL
            SELECT format('role %I owns schema ai and may drop the audit log', \(roles.app)::text),
                format('ALTER SCHEMA ai OWNER TO %I; GRANT USAGE, CREATE ON SCHEMA ai TO %I', \(roles.owner)::text,
                    \(roles.app)::text)
            FROM pg_catalog.pg_namespace WHERE nspname = 'ai' AND pg_get_userbyid(nspowner) = \(roles.app)
            UNION ALL
            SELECT format('role %I is a member of %I, to which the audit log belongs', m.rolname, g.rolname),
                format('REVOKE %I FROM %I', g.rolname, m.rolname)
                    || CASE WHEN current_setting('server_version_num')::int >= 160000
                        THEN format(' GRANTED BY %I', pg_get_userbyid(x.grantor)) ELSE '' END
            FROM pg_catalog.pg_auth_members x JOIN pg_catalog.pg_roles m ON m.oid = x.member
                JOIN pg_catalog.pg_roles g ON g.oid = x.roleid
            WHERE m.rolname = \(roles.app) AND pg_has_role(g.oid, \(roles.owner)::text::regrole, 'MEMBER')
            """)
    }

    private var auditRights: Rule {
        let revocation = Revocation(
            acl: "c.relacl", owner: "c.relowner", kind: "r", object: "'TABLE ai.audit'",
            privileges: ["UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"], relation: "c.oid")
        return rule(
            "the daemon only adds to the audit log", .warning,
            """
            SELECT format('role %I may %s the audit log ai.audit', r.rolname, k.privileges) AS problem,
                \(unescaped: revocation.sql) AS remedy
            FROM \(unescaped: Self.table) JOIN pg_catalog.pg_roles r ON r.rolname = \(roles.app)
                CROSS JOIN LATERAL (SELECT string_agg(lower(x.privilege), ', ' ORDER BY x.place) AS privileges
                    FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) WITH ORDINALITY AS x(privilege, place)
                    WHERE has_table_privilege(r.oid, c.oid, x.privilege)
                        OR x.privilege = 'UPDATE' AND has_any_column_privilege(r.oid, c.oid, 'UPDATE')) AS k
            WHERE c.relowner <> r.oid AND k.privileges IS NOT NULL
            """)
    }

    private var daemonAttributes: Rule {
        Rule(
            title: "the daemon's role has no attribute of an administrator", severity: .warning, subject: .superuser,
            query: """
                SELECT format('role %I, which the daemon logs in as, has %s', rolname, a.name) AS problem,
                    format('ALTER ROLE %I NO%s', rolname, a.name) AS remedy
                FROM pg_catalog.pg_roles, LATERAL (VALUES ('SUPERUSER', rolsuper), ('CREATEROLE', rolcreaterole),
                    ('CREATEDB', rolcreatedb), ('REPLICATION', rolreplication), ('BYPASSRLS', rolbypassrls)) AS a(name, has)
                WHERE rolname = \(roles.app) AND a.has
                """)
    }
}

import Postgres

/// What the daemon's own state needs.
extension SetupCheck {
    static let moveOfTrigrams =
        "ALTER EXTENSION pg_trgm SET SCHEMA ai "
        + "/* who uses it needs USAGE on schema ai then, and ai in the search_path */"

    /// Without it the daemon has nowhere to keep anything.
    var stateSchema: Rule {
        Rule(
            title: "the daemon has schema ai to work in", severity: .fatal, subject: .state,
            query: """
                SELECT CASE WHEN n.oid IS NULL THEN format('schema ai does not exist in database %I', current_database())
                        ELSE format('role %I may not work in schema ai', \(roles.app)::text) END AS problem,
                    CASE WHEN n.oid IS NULL THEN format('CREATE SCHEMA ai AUTHORIZATION %I; ', \(roles.owner)::text)
                        ELSE '' END || format('GRANT USAGE, CREATE ON SCHEMA ai TO %I', \(roles.app)::text) AS remedy
                FROM (SELECT) AS one LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = 'ai'
                WHERE n.oid IS NULL OR NOT (has_schema_privilege(\(roles.app)::text, n.oid, 'USAGE')
                    AND has_schema_privilege(\(roles.app)::text, n.oid, 'CREATE'))
                """)
    }

    var trigrams: Rule {
        Rule(
            title: "pg_trgm is in schema ai", severity: .fatal, subject: .trigrams,
            query: """
                SELECT CASE WHEN e.oid IS NULL THEN 'extension pg_trgm, which the search in knowledge needs, is not installed'
                        ELSE format('extension pg_trgm is in schema %I, not in ai; move it and put ai into the search_path '
                            || 'of the applications that use it, or give Dash a database of its own', n.nspname)
                        END AS problem,
                    CASE WHEN e.oid IS NULL THEN 'CREATE EXTENSION pg_trgm SCHEMA ai'
                        ELSE \(Self.moveOfTrigrams)::text END AS remedy
                FROM (SELECT) AS one LEFT JOIN pg_catalog.pg_extension e ON e.extname = 'pg_trgm'
                    LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
                WHERE e.oid IS NULL OR n.nspname <> 'ai'
                """)
    }
}

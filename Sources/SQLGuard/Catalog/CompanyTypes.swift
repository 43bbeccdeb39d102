/// Which types of a database queries may name, apart from the built-in ones.
package enum CompanyTypes {
    /// Rows of (schema, name): enums, and domains over built-in types that do not look names up. Runs on PostgreSQL 15 and
    /// later, as any role; the policy takes those of the company schemas.
    package static let query = """
        SELECT n.nspname::text AS schema, t.typname::text AS name
        FROM pg_catalog.pg_type t
        JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
        WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
          AND (t.typtype = 'e'
               OR t.typtype = 'd' AND b.typnamespace = 'pg_catalog'::pg_catalog.regnamespace
                  AND b.typname !~ '^_?(reg|oid$|xid|cid$|tid$|pg_)')
        ORDER BY 1, 2
        """

    /// Of the rows, those in these schemas, as `GuardPolicy` wants them.
    package static func types(_ rows: [QualifiedName], in schemas: [String]) -> Set<QualifiedName> {
        Set(rows.filter { schemas.contains($0.schema) })
    }
}

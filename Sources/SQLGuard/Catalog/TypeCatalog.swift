/// Which types of a certain server a statement may name, cast to or call by their name.
///
/// Allowed are `AllowedTypes`, and of the company's types enums and domains over one of those.
package struct TypeCatalog: Sendable {
    /// A type that is no row of a table.
    package struct Row: Sendable, Hashable {
        package let schema: String
        package let name: String
        /// An enum or an array of one.
        package let isEnum: Bool
        /// For a domain or an array of one: what it is over, if that is built in.
        package let base: String?

        package init(schema: String, name: String, isEnum: Bool = false, base: String? = nil) {
            self.schema = schema
            self.name = name
            self.isEnum = isEnum
            self.base = base
        }
    }

    /// The rows of a catalog, with a column for each field. Runs on PostgreSQL 15 and later, as any role.
    package static let query = """
        SELECT n.nspname::text AS schema, t.typname::text AS name, coalesce(e.typtype, t.typtype) = 'e' AS is_enum,
               CASE WHEN b.typnamespace = 'pg_catalog'::pg_catalog.regnamespace THEN b.typname::text END AS base
        FROM pg_catalog.pg_type t
        JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        LEFT JOIN pg_catalog.pg_type e ON e.typarray = t.oid
        LEFT JOIN pg_catalog.pg_type b ON b.oid = coalesce(e.typbasetype, t.typbasetype)
        WHERE t.typisdefined AND t.typrelid = 0
          AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_(toast|temp)'
        ORDER BY 1, 2
        """

    /// Of the company.
    private let allowed: Set<QualifiedName>
    /// Whether the type is allowed that the server finds by a name without a schema.
    private let found: [String: Bool]

    /// - Parameter searchPath: schemas in which the server looks for types after `pg_catalog`.
    package init(rows: [Row], searchPath: [String]) {
        let own = rows.filter { $0.schema == "pg_catalog" }
        let others = rows.filter { $0.schema != "pg_catalog" && searchPath.contains($0.schema) }
        let allowed = Set(others.filter(Self.isAllowed).map { QualifiedName($0.schema, $0.name) })
        var found = Dictionary(
            own.map { ($0.name, AllowedTypes.contains($0.name)) }, uniquingKeysWith: { first, _ in first })
        for schema in searchPath {
            for row in others where row.schema == schema && found[row.name] == nil {
                found[row.name] = allowed.contains(QualifiedName(row.schema, row.name))
            }
        }
        self.allowed = allowed
        self.found = found
    }

    private static func isAllowed(_ row: Row) -> Bool {
        row.isEnum || row.base.map(AllowedTypes.contains) ?? false
    }

    func allows(_ name: String, in schema: String?) -> Bool {
        switch schema {
        // Some of the built-in ones are only words of the grammar: no catalog has them.
        case nil: found[name] ?? AllowedTypes.contains(name)
        case "pg_catalog": AllowedTypes.contains(name)
        case .some(let schema): allowed.contains(QualifiedName(schema, name))
        }
    }

    /// `value.name`, `name(value)`: a cast to a type that must not be cast to.
    func refusesCast(by name: String) -> Bool { found[name] == false }
}

import Postgres
import ServiceRuntime

/// Reads the catalog with fixed statements; every one asks what the analyst's role may read.
struct CatalogReader: Sendable {
    /// Beyond this many relations or columns a catalog is no help to anybody.
    private static let mostRelations = 5000
    private static let mostColumns = 100_000

    let analyst: String
    /// In the order in which unqualified names are looked up.
    let schemas: [String]
    let allowedTables: AllowedTables

    func read(_ connection: PostgresConnection) async throws -> SchemaCatalog {
        var columns = try await self.columns(connection)
        var primaryKeys = try await self.primaryKeys(connection)
        var uniqueKeys = try await self.uniqueKeys(connection)
        var foreignKeys = try await self.foreignKeys(connection)
        let relations = try await connection.query(
            """
            SELECT c.oid::bigint AS oid, n.nspname AS schema, c.relname AS name, c.relkind::text AS kind,
                pg_catalog.obj_description(c.oid, 'pg_class') AS comment,
                CASE WHEN c.relkind = 'p' THEN (
                        SELECT sum(k.reltuples) FILTER (WHERE k.reltuples >= 0)::bigint
                        FROM pg_catalog.pg_partition_tree(c.oid) t JOIN pg_catalog.pg_class k ON k.oid = t.relid
                        WHERE t.isleaf)
                    WHEN c.relkind <> 'v' AND c.reltuples >= 0 THEN c.reltuples::bigint END AS rows
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE \(unescaped: readable)
            ORDER BY pg_catalog.array_position(\(schemas)::text[], n.nspname::text), c.relname
            LIMIT \(Self.mostRelations)
            """)
        return SchemaCatalog(
            relations: try relations.rows.map { row in
                let oid = try row.decode("oid", as: Int.self)
                let kind: SchemaCatalog.Relation.Kind =
                    switch try row.decode("kind", as: String.self) {
                    case "v": .view
                    case "m": .materializedView
                    default: .table
                    }
                return SchemaCatalog.Relation(
                    schema: try row.decode("schema"), name: try row.decode("name"), kind: kind,
                    comment: try row.decodeIfPresent("comment"), columns: columns.removeValue(forKey: oid) ?? [],
                    primaryKey: primaryKeys.removeValue(forKey: oid) ?? [],
                    uniqueKeys: uniqueKeys.removeValue(forKey: oid) ?? [],
                    foreignKeys: foreignKeys.removeValue(forKey: oid) ?? [],
                    estimatedRows: try row.decodeIfPresent("rows"))
            })
    }

    /// The condition on relation `c` in schema `n`. Partitions are part of their table.
    private var readable: String {
        let analyst = PostgresQuery.quoted(literal: analyst)
        let schemas = self.schemas.map { PostgresQuery.quoted(literal: $0) }.joined(separator: ", ")
        return """
            n.nspname IN (\(schemas)) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
                AND \(allowedTables.sqlCondition)
                AND pg_catalog.has_schema_privilege(\(analyst), n.oid, 'USAGE')
                AND pg_catalog.has_any_column_privilege(\(analyst), c.oid, 'SELECT')
            """
    }

    private func columns(_ connection: PostgresConnection) async throws -> [Int: [SchemaCatalog.Column]] {
        let result = try await connection.query(
            """
            SELECT c.oid::bigint AS oid, a.attname AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
                NOT a.attnotnull AS nullable, pg_catalog.col_description(c.oid, a.attnum) AS comment,
                CASE WHEN b.typtype = 'e' THEN (
                    SELECT pg_catalog.to_json(pg_catalog.array_agg(e.enumlabel ORDER BY e.enumsortorder))
                    FROM pg_catalog.pg_enum e WHERE e.enumtypid = b.oid) END AS labels
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                JOIN pg_catalog.pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype
                    WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem ELSE t.oid END
            WHERE \(unescaped: readable)
                AND pg_catalog.has_column_privilege(\(analyst)::text, c.oid, a.attnum, 'SELECT')
            ORDER BY c.oid, a.attnum LIMIT \(Self.mostColumns)
            """)
        var columns: [Int: [SchemaCatalog.Column]] = [:]
        for row in result.rows {
            let labels = try row.decodeIfPresent("labels", as: JSONValue.self)?.array?.compactMap(\.string)
            columns[try row.decode("oid"), default: []].append(
                SchemaCatalog.Column(
                    name: try row.decode("name"), type: try row.decode("type"), isNullable: try row.decode("nullable"),
                    comment: try row.decodeIfPresent("comment"), labels: labels))
        }
        return columns
    }

    private func primaryKeys(_ connection: PostgresConnection) async throws -> [Int: [String]] {
        let result = try await connection.query(
            """
            SELECT c.oid::bigint AS oid, \(unescaped: names(of: "k.conkey", in: "k.conrelid")) AS columns
            FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE k.contype = 'p' AND \(unescaped: readable)
            """)
        var keys: [Int: [String]] = [:]
        for row in result.rows { keys[try row.decode("oid")] = try Self.names(row, "columns") }
        return keys
    }

    /// Not those of some rows only, or of expressions.
    private func uniqueKeys(_ connection: PostgresConnection) async throws -> [Int: [[String]]] {
        let keyColumns = "(i.indkey::pg_catalog.int2[])[0:i.indnkeyatts - 1]"
        let result = try await connection.query(
            """
            SELECT c.oid::bigint AS oid, \(unescaped: names(of: keyColumns, in: "i.indrelid")) AS columns
            FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE i.indisunique AND NOT i.indisprimary AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
                AND \(unescaped: readable)
            ORDER BY i.indexrelid
            """)
        var keys: [Int: [[String]]] = [:]
        for row in result.rows { keys[try row.decode("oid"), default: []].append(try Self.names(row, "columns")) }
        return keys
    }

    private func foreignKeys(_ connection: PostgresConnection) async throws -> [Int: [SchemaCatalog.ForeignKey]] {
        let result = try await connection.query(
            """
            SELECT c.oid::bigint AS oid, \(unescaped: names(of: "k.conkey", in: "k.conrelid")) AS columns,
                fn.nspname AS schema, f.relname AS name,
                \(unescaped: names(of: "k.confkey", in: "k.confrelid")) AS referenced
            FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_catalog.pg_class f ON f.oid = k.confrelid
                JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
            WHERE k.contype = 'f' AND k.conparentid = 0 AND \(unescaped: readable)
                AND pg_catalog.has_schema_privilege(\(analyst)::text, fn.oid, 'USAGE')
                AND pg_catalog.has_any_column_privilege(\(analyst)::text, f.oid, 'SELECT')
                AND EXISTS (SELECT FROM (SELECT fn.nspname) AS n, (SELECT f.relname) AS c
                    WHERE \(unescaped: allowedTables.sqlCondition))
            ORDER BY k.conname
            """)
        var keys: [Int: [SchemaCatalog.ForeignKey]] = [:]
        for row in result.rows {
            keys[try row.decode("oid"), default: []].append(
                SchemaCatalog.ForeignKey(
                    columns: try Self.names(row, "columns"), referencedSchema: try row.decode("schema"),
                    referencedTable: try row.decode("name"), referencedColumns: try Self.names(row, "referenced")))
        }
        return keys
    }

    private func names(of numbers: String, in relation: String) -> String {
        """
        (SELECT pg_catalog.to_json(pg_catalog.array_agg(a.attname ORDER BY u.place))
            FROM pg_catalog.unnest(\(numbers)) WITH ORDINALITY AS u(number, place)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = \(relation) AND a.attnum = u.number)
        """
    }

    private static func names(_ row: PostgresRow, _ column: String) throws -> [String] {
        try row.decodeIfPresent(column, as: JSONValue.self)?.array?.compactMap(\.string) ?? []
    }
}

import Postgres

/// What stands in schema `dash` and what depends on it, wherever that stands, as one transaction sees it.
struct DashInventory: Sendable {
    struct Relation: Sendable, Equatable {
        /// `schema.name` without quotes.
        var name: String
        /// For people, for example `materialized view`.
        var kind: String
        var isTable: Bool
        var bytes: Int
        /// Changes when a view gets another definition.
        var definition: String?
        /// Changes when a table gets another file, for example because it was truncated.
        var file: String
        /// By their number, which stays when they are renamed.
        var columns: [Int: String]
        /// Rows deleted by the current transaction.
        var deletedRows: Int
    }

    /// By oid.
    var relations: [String: Relation]
    /// What is no relation and depends on one: functions, foreign keys of other tables.
    var others: [String: String]
    /// From a relation to those relations that are made of it.
    private var dependants: [String: [String]]

    static func read(_ connection: PostgresConnection) async throws -> DashInventory {
        var inventory = DashInventory(relations: [:], others: [:], dependants: [:])
        for row in try await connection.query(relationsQuery).rows {
            let numbers: [Int] = try row.decode("numbers")
            let names: [String] = try row.decode("names")
            let kind: String = try row.decode("kind")
            inventory.relations[try row.decode("oid")] = Relation(
                name: try row.decode("name"), kind: kinds[kind] ?? "relation", isTable: ["r", "p", "f"].contains(kind),
                bytes: try row.decode("bytes"), definition: row["definition"], file: try row.decode("file"),
                columns: Dictionary(zip(numbers, names)) { first, _ in first },
                deletedRows: try row.decode("deleted"))
            if let base = row["bases"] {
                for base in base.split(separator: " ") {
                    inventory.dependants[String(base), default: []].append(try row.decode("oid"))
                }
            }
        }
        for row in try await connection.query(othersQuery).rows {
            inventory.others[try row.decode("id")] = try row.decode("name", as: String.self)
        }
        return inventory
    }

    /// The relations made of the given ones, at any remove, in the order of their names.
    func relationsUsing(_ oids: Set<String>) -> [String] {
        var found: Set<String> = []
        var open = Array(oids)
        while let oid = open.popLast() {
            for dependant in dependants[oid] ?? [] where !oids.contains(dependant) && found.insert(dependant).inserted {
                open.append(dependant)
            }
        }
        return found.sorted { (relations[$0]?.name ?? "") < (relations[$1]?.name ?? "") }
    }

    /// Of the given relations, those that are made of none of the others.
    func roots(of oids: Set<String>) -> [String] {
        let below = Set(oids.flatMap { relationsUsing([$0]) })
        let roots = oids.subtracting(below)
        return (roots.isEmpty ? oids : roots).sorted { (relations[$0]?.name ?? "") < (relations[$1]?.name ?? "") }
    }

    private static let kinds = [
        "r": "table", "p": "table", "f": "foreign table", "v": "view", "m": "materialized view",
    ]

    /// A cascade does not stop at what the engineer owns: views of others that are made of something in `dash` belong here.
    private static let known = """
        WITH RECURSIVE uses AS (
            SELECT DISTINCT d.refobjid AS base, r.ev_class AS dependant
            FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
            WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND r.ev_class <> d.refobjid
        ),
        known AS (
            SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'dash' AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
            UNION
            SELECT u.dependant FROM known k JOIN uses u ON u.base = k.oid
        )
        """

    private static let relationsQuery = PostgresQuery(
        unescaped: known + """

            SELECT c.oid::text AS oid, n.nspname || '.' || c.relname AS name, c.relkind::text AS kind,
                CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_relation_size(c.oid) ELSE 0 END AS bytes,
                c.relfilenode::text AS file,
                (SELECT r.xmin::text FROM pg_catalog.pg_rewrite r
                    WHERE r.ev_class = c.oid AND r.rulename = '_RETURN') AS definition,
                coalesce(a.numbers, '{}') AS numbers, coalesce(a.names, '{}') AS names,
                coalesce(pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid), 0) AS deleted,
                (SELECT pg_catalog.string_agg(u.base::text, ' ') FROM uses u
                    WHERE u.dependant = c.oid AND u.base IN (SELECT oid FROM known)) AS bases
            FROM known k JOIN pg_catalog.pg_class c ON c.oid = k.oid
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                CROSS JOIN LATERAL (
                    SELECT pg_catalog.array_agg(a.attnum::int ORDER BY a.attnum) AS numbers,
                        pg_catalog.array_agg(a.attname::text ORDER BY a.attnum) AS names
                    FROM pg_catalog.pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                ) AS a
            """)

    private static let othersQuery = PostgresQuery(
        unescaped: known + """

            SELECT DISTINCT d.classid::text || '/' || d.objid::text AS id,
                pg_catalog.pg_describe_object(d.classid, d.objid, 0) AS name
            FROM known k JOIN pg_catalog.pg_depend d
                    ON d.refobjid = k.oid AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                LEFT JOIN pg_catalog.pg_constraint o
                    ON d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND o.oid = d.objid
            WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                OR o.contype = 'f' AND o.confrelid = k.oid AND o.conrelid NOT IN (SELECT oid FROM known)
            """)
}

import Postgres

extension PostgresIntrospection {
    package func facts() async throws -> [String: RelationFacts] {
        do {
            return try await client.withConnection { connection in
                var facts = try await relationFacts(connection)
                for (name, columns) in try await columnFacts(connection) { facts[name]?.columns = columns }
                return facts
            }
        } catch let error as PostgresError {
            throw SQLFailure(error)
        }
    }

    private func relationFacts(_ connection: PostgresConnection) async throws -> [String: RelationFacts] {
        let rows = try await connection.query(
            """
            SELECT n.nspname AS schema, c.relname AS name, c.relkind IN ('r', 'p', 'm') AS sampled,
                s.bytes, s.changes, CASE WHEN s.rows >= 0 THEN s.rows END AS rows
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN LATERAL (
                    SELECT sum(pg_catalog.pg_relation_size(p.relid))::bigint AS bytes,
                        sum(pg_catalog.pg_stat_get_tuples_inserted(p.relid)
                            + pg_catalog.pg_stat_get_tuples_updated(p.relid)
                            + pg_catalog.pg_stat_get_tuples_deleted(p.relid))::bigint AS changes,
                        sum((SELECT k.reltuples FROM pg_catalog.pg_class k WHERE k.oid = p.relid))::bigint AS rows
                    FROM (SELECT t.relid FROM pg_catalog.pg_partition_tree(c.oid) t WHERE t.isleaf AND c.relkind = 'p'
                        UNION ALL SELECT c.oid WHERE c.relkind IN ('r', 'm')) p
                ) s ON c.relkind IN ('r', 'p', 'm')
            WHERE n.nspname = ANY (\(schemas)::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                AND NOT c.relispartition
            """
        ).rows
        var facts: [String: RelationFacts] = [:]
        for row in rows {
            facts["\(try row.decode("schema", as: String.self)).\(try row.decode("name", as: String.self))"] =
                RelationFacts(
                    bytes: try row.decodeIfPresent("bytes"), rows: try row.decodeIfPresent("rows"),
                    changes: try row.decodeIfPresent("changes"), isSampled: try row.decode("sampled"), columns: [:])
        }
        return facts
    }

    /// Numbers of the planner, never the values that it has sampled.
    private func columnFacts(
        _ connection: PostgresConnection
    ) async throws -> [String: [String: RelationFacts.Column]] {
        let rows = try await connection.query(
            """
            WITH relation AS (
                SELECT c.oid, n.nspname, c.relname
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ANY (\(schemas)::text[]) AND c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition
            ), keyed AS (
                SELECT DISTINCT i.indrelid AS oid, i.indkey[0] AS number
                FROM pg_catalog.pg_index i JOIN relation r ON r.oid = i.indrelid
                    JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid JOIN pg_catalog.pg_am m ON m.oid = x.relam
                WHERE i.indisvalid AND i.indpred IS NULL AND m.amname = 'btree'
            ), estimate AS (
                SELECT DISTINCT ON (schemaname, tablename, attname) schemaname, tablename, attname, n_distinct, avg_width
                FROM pg_catalog.pg_stats WHERE schemaname = ANY (\(schemas)::text[])
                ORDER BY schemaname, tablename, attname, inherited DESC
            )
            SELECT r.nspname AS schema, r.relname AS name, a.attname AS column_name, e.n_distinct AS distinct_values,
                e.avg_width AS width, l.oid IS NOT NULL AS indexed
            FROM relation r
                JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
                LEFT JOIN keyed l ON l.oid = r.oid AND l.number = a.attnum
                LEFT JOIN estimate e ON e.schemaname = r.nspname AND e.tablename = r.relname AND e.attname = a.attname
            WHERE l.oid IS NOT NULL OR e.attname IS NOT NULL
            """
        ).rows
        var facts: [String: [String: RelationFacts.Column]] = [:]
        for row in rows {
            let relation = "\(try row.decode("schema", as: String.self)).\(try row.decode("name", as: String.self))"
            facts[relation, default: [:]][try row.decode("column_name")] = RelationFacts.Column(
                distinctEstimate: try row.decodeIfPresent("distinct_values"), width: try row.decodeIfPresent("width"),
                isIndexed: try row.decode("indexed"))
        }
        return facts
    }
}

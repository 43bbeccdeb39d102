import Postgres
import ServiceRuntime

extension PostgresIntrospection {
    /// Bigger relations are not counted but estimated.
    private static let mostBytesToCount = 67_108_864
    private static let mostColumnsToCount = 200

    package func statistics(of relation: String, personalColumns: PersonalColumns) async throws -> TableStatistics {
        let relation = try await catalog(refresh: false).required(relation)
        let facts: [String: StatisticsColumn.Facts]
        do {
            facts = try await self.facts(of: relation)
        } catch let error as PostgresError {
            throw SQLFailure(error)
        }
        let columns = relation.columns.prefix(Self.mostColumnsToCount).map { column in
            StatisticsColumn(
                column: column, facts: facts[column.name] ?? StatisticsColumn.Facts(),
                isPersonal: personalColumns.contains(column.name, in: relation))
        }
        if facts.values.first.map({ $0.relationBytes <= Self.mostBytesToCount }) ?? true {
            do {
                return try await counted(relation, columns)
            } catch let failure as SQLFailure where [.timeout, .limit].contains(failure.errorClass) {
                // A view over big tables: the planner's numbers will do.
            }
        }
        return try await estimated(relation, columns)
    }

    private func counted(
        _ relation: SchemaCatalog.Relation, _ columns: [StatisticsColumn]
    ) async throws -> TableStatistics {
        let aggregates = ["count(*)"] + columns.flatMap(\.aggregates)
        let result = try await analyst.run(
            "SELECT \(aggregates.joined(separator: ", ")) FROM \(relation.sqlName)", keepingAs: "statistics")
        var cells = (result.rows.first ?? [])[...]
        let rows = cells.popFirst().flatMap { $0 }.flatMap { Int($0) } ?? 0
        return TableStatistics(
            relation: relation.qualifiedName, rows: rows,
            columns: columns.map { column in
                let own = Array(cells.prefix(column.aggregates.count))
                cells = cells.dropFirst(column.aggregates.count)
                return column.statistics(rows: rows, cells: own)
            })
    }

    /// Ranges come from indexes alone, which give them without reading the table.
    private func estimated(
        _ relation: SchemaCatalog.Relation, _ columns: [StatisticsColumn]
    ) async throws -> TableStatistics {
        let indexed = columns.filter { $0.hasRange && $0.facts.isIndexed }
        var ranges: [String: (String?, String?)] = [:]
        if !indexed.isEmpty {
            let aggregates = indexed.flatMap(\.range).joined(separator: ", ")
            let row =
                try await analyst.run("SELECT \(aggregates) FROM \(relation.sqlName)", keepingAs: "statistics")
                .rows.first ?? []
            for (index, column) in indexed.enumerated() where row.indices.contains(2 * index + 1) {
                ranges[column.column.name] = (row[2 * index], row[2 * index + 1])
            }
        }
        let rows = relation.estimatedRows ?? 0
        return TableStatistics(
            relation: relation.qualifiedName, rows: rows, isEstimate: true,
            columns: columns.map { column in
                let range = ranges[column.column.name]
                return TableStatistics.Column(
                    name: column.column.name, type: column.column.type, nullFraction: column.facts.nullFraction,
                    distinctValues: column.facts.distinct(rows: rows), minimum: range?.0, maximum: range?.1)
            })
    }

    /// Numbers of the planner, never the values that it has sampled.
    private func facts(of relation: SchemaCatalog.Relation) async throws -> [String: StatisticsColumn.Facts] {
        let result = try await client.query(
            """
            SELECT a.attname AS name, t.typcategory::text AS category, b.typname AS type,
                pg_catalog.pg_total_relation_size(c.oid) + coalesce((
                    SELECT sum(pg_catalog.pg_total_relation_size(p.relid))::bigint
                    FROM pg_catalog.pg_partition_tree(c.oid) p WHERE p.isleaf AND p.relid <> c.oid), 0) AS bytes,
                s.null_frac AS nulls, s.n_distinct AS distinct_values,
                EXISTS (SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                    JOIN pg_catalog.pg_am m ON m.oid = x.relam
                    WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL AND m.amname = 'btree'
                        AND i.indkey[0] = a.attnum) AS indexed
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                JOIN pg_catalog.pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
                LEFT JOIN LATERAL (SELECT null_frac, n_distinct FROM pg_catalog.pg_stats
                    WHERE schemaname = n.nspname AND tablename = c.relname AND attname = a.attname
                    ORDER BY inherited DESC LIMIT 1) s ON true
            WHERE n.nspname = \(relation.schema) AND c.relname = \(relation.name)
            """)
        var facts: [String: StatisticsColumn.Facts] = [:]
        for row in result.rows {
            facts[try row.decode("name")] = StatisticsColumn.Facts(
                category: try row.decode("category"), type: try row.decode("type"),
                relationBytes: try row.decode("bytes"), isIndexed: try row.decode("indexed"),
                nullFraction: try row.decodeIfPresent("nulls"),
                distinctEstimate: try row.decodeIfPresent("distinct_values"))
        }
        return facts
    }
}

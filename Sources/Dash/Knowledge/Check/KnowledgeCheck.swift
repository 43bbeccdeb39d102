import FoundationEssentials

/// Holds knowledge against the live database: runs every query and every metric, looks up every name.
package struct KnowledgeCheck: Sendable {
    private let warehouse: Warehouse

    package init(warehouse: Warehouse) {
        self.warehouse = warehouse
    }

    /// What no longer holds, in the order of the entries; what can be found without running anything comes first.
    ///
    /// Throws only what keeps it from checking at all: a database that cannot be reached, and `CancellationError`.
    package func problems(in entries: [KnowledgeEntry]) async throws -> [KnowledgeProblem] {
        let catalog = try await warehouse.introspection.catalog(refresh: true)
        var problems = KnowledgeLint(
            entries: entries, catalog: catalog, allowedTables: warehouse.allowedTables
        ).problems()
        // What a name already explains is not said again in the database's words.
        let broken = Set(problems.filter { $0.severity == .error }.map(Self.place))
        for entry in entries {
            try Task.checkCancellation()
            guard !broken.contains([entry.source, entry.content.label]) else { continue }
            switch entry.content {
            case .query(let query): problems += try await check(query, of: entry)
            case .metric(let metric): problems += try await check(metric, of: entry, in: catalog)
            case .table, .rule, .gotcha, .document, .business: break
            }
        }
        return problems
    }

    private static func place(_ problem: KnowledgeProblem) -> [String] { [problem.file, problem.entry ?? ""] }

    private func check(_ query: ValidatedQuery, of entry: KnowledgeEntry) async throws -> [KnowledgeProblem] {
        do {
            _ = try await warehouse.analyst.run(query.sql, keepingAs: "check")
            return []
        } catch let failure as SQLFailure {
            return [try problem(failure, in: query.sql, of: entry)]
        }
    }

    private func check(
        _ metric: Metric, of entry: KnowledgeEntry, in catalog: SchemaCatalog
    ) async throws -> [KnowledgeProblem] {
        let statement: MetricStatement
        do {
            statement = try MetricStatement(for: metric, in: catalog)
        } catch {
            // Without any of the optional fields the calculation is prose: kept for people, not for computing.
            let isProse = metric.expression == nil && metric.kind == nil
            return [
                KnowledgeProblem(
                    isProse ? .notice : .error, file: entry.source, entry: entry.content.label,
                    cause: "it cannot be computed: \(error.cause)")
            ]
        }
        do {
            // A definition of one number gives one row; a second one shows that it does not.
            let result = try await warehouse.analyst.run(statement.sql + "\nLIMIT 2", keepingAs: "check")
            guard result.rows.count > 1 || result.isTruncated else { return [] }
            return [
                KnowledgeProblem(
                    file: entry.source, entry: entry.content.label,
                    cause: "its expression gives several rows instead of one value; it needs an aggregate such as SUM")
            ]
        } catch let failure as SQLFailure {
            return [try problem(failure, in: statement.sql, of: entry)]
        }
    }

    private func problem(
        _ failure: SQLFailure, in sql: String, of entry: KnowledgeEntry
    ) throws -> KnowledgeProblem {
        if failure.errorClass == .connection { throw failure }
        var cause = failure.message
        if let position = failure.position, position > 0 {
            let before = sql.prefix(position - 1)
            let line = before.count(where: { $0 == "\n" }) + 1
            if sql.contains("\n") { cause += ", in line \(line) of the statement" }
        }
        if let hint = failure.hint { cause += " (\(hint))" }
        return KnowledgeProblem(file: entry.source, entry: entry.content.label, cause: cause)
    }
}

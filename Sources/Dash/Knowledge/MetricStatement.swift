import Postgres

/// The one statement that computes a metric: what its definition says, by a dimension or for values where asked.
///
/// The check runs it, answers run it, evidence is compared with it. Filters and expressions stand as they were curated;
/// names are quoted where PostgreSQL needs it, and with a catalog are written as the live database has them.
package struct MetricStatement: Sendable, Equatable {
    /// Why a metric cannot be compiled, as a sentence for the person who keeps the file.
    package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
        package var cause: String
        package var description: String { cause }
    }

    /// One row with one column, called as the metric; with a dimension, one row per value of it, largest first.
    package let sql: String

    init(
        for metric: Metric, _ request: MetricRequest = MetricRequest(), in catalog: SchemaCatalog? = nil
    ) throws(Failure) {
        sql = try MetricCompiler(metric: metric, request: request, catalog: catalog).statement()
    }
}

private struct MetricCompiler {
    let metric: Metric
    let request: MetricRequest
    let catalog: SchemaCatalog?

    private var parsed: MetricCalculation? { MetricCalculation(parsing: metric.calculation) }

    func statement() throws(MetricStatement.Failure) -> String {
        for text in [metric.expression, metric.filter].compactMap(\.self) { try check(text) }
        if case .ratio(let numerator, let denominator) = metric.kind { return try ratio(numerator, denominator) }
        return try select(try aggregate())
    }

    // MARK: - Parts

    /// Wraps a bare column in the aggregate that the kind names.
    private func aggregate() throws(MetricStatement.Failure) -> String {
        guard let expression = metric.expression ?? parsed?.expression else {
            switch metric.kind {
            case .count, .snapshot: return "COUNT(*)"
            default:
                throw .init(
                    cause: "it has no \"expression\", and its calculation is not of the form "
                        + "<expression> FROM <table> WHERE <filter>")
            }
        }
        if SQLWords.callsAggregate(expression) { return expression }
        switch metric.kind {
        case .sum: return "SUM(\(expression))"
        case .average: return "AVG(\(expression))"
        case .count: return "COUNT(\(expression))"
        case .countDistinct: return "COUNT(DISTINCT \(expression))"
        case .ratio, .snapshot, nil: return expression
        }
    }

    /// The definition's own condition. Where it only stands in the calculation it holds as well, except for a snapshot:
    /// there it says what is active today, which start and end say for every moment.
    private var ownFilter: String? {
        switch metric.kind {
        case .snapshot where metric.expression != nil, .ratio: metric.filter
        default: metric.filter ?? parsed?.filter
        }
    }

    /// What holds for every row that counts.
    private var conditions: [String] {
        var conditions = [ownFilter].compactMap(\.self)
        if case .snapshot(let start, let end) = metric.kind {
            let (start, end) = (columnSQL(start), columnSQL(end))
            conditions += ["\(start) < now()", "(\(end) IS NULL OR \(end) >= now())"]
        }
        conditions += request.filters.map { filter in
            let sign = filter.isExcluded ? "IS DISTINCT FROM" : "="
            return "\(columnSQL(filter.column)) \(sign) \(PostgresQuery.quoted(literal: filter.value))"
        }
        // Only the curated condition may hold an OR of its own.
        if conditions.count > 1, let own = ownFilter { conditions[0] = "(\(own))" }
        return conditions
    }

    private func ratio(_ numerator: String, _ denominator: String) throws(MetricStatement.Failure) -> String {
        let upper = try part(numerator)
        let lower = try part(denominator)
        let expression = "CAST(\(upper.sql) AS numeric) / NULLIF(\(lower.sql), 0)"
        guard upper.isComplete || lower.isComplete else { return try select(expression) }
        guard request == MetricRequest() else {
            throw .init(cause: "a part of the ratio is a statement of its own, which no grouping and no filter reaches")
        }
        guard upper.isComplete, lower.isComplete else { return try select(expression) }
        return "SELECT \(expression) AS \(name)"
    }

    /// A part with a FROM or a WHERE of its own is a query of its own, so that the two never meet in one join.
    private func part(_ text: String) throws(MetricStatement.Failure) -> (sql: String, isComplete: Bool) {
        try check(text)
        guard let own = MetricCalculation(parsing: text) else { return (text, false) }
        let filters =
            own.source == nil && metric.filter != nil
            ? [metric.filter, own.filter].compactMap { $0.map { "(\($0))" } } : [own.filter].compactMap(\.self)
        let source = if let source = own.source { tableSQL(source) ?? source } else { try self.source() }
        let condition = filters.isEmpty ? "" : " WHERE " + filters.joined(separator: " AND ")
        return ("(SELECT \(own.expression) FROM \(source)\(condition))", true)
    }

    private func select(_ expression: String) throws(MetricStatement.Failure) -> String {
        let dimension = request.dimension.map(columnSQL)
        var lines = ["SELECT \(dimension.map { $0 + ", " } ?? "")\(expression) AS \(name)", "FROM \(try source())"]
        let conditions = conditions
        if !conditions.isEmpty { lines.append("WHERE " + conditions.joined(separator: "\n    AND ")) }
        if let dimension { lines += ["GROUP BY \(dimension)", "ORDER BY 2 DESC NULLS LAST, 1"] }
        return lines.joined(separator: "\n")
    }

    // MARK: - Names

    private var name: String { SQLIdentifier.sql(metric.columnName) }

    private func source() throws(MetricStatement.Failure) -> String {
        if metric.expression == nil, let source = parsed?.source {
            try check(source)
            return tableSQL(source) ?? source
        }
        if let table = tableSQL(metric.table) { return table }
        if let source = parsed?.source {
            try check(source)
            return source
        }
        throw .init(
            cause: "it names several tables; its calculation needs the form <expression> FROM <tables and joins> "
                + "WHERE <filter>")
    }

    private var relation: SchemaCatalog.Relation? {
        catalog?.relation(named: SQLIdentifier.parts(of: metric.table).joined(separator: "."))
    }

    /// Nil for what is not one table's name.
    private func tableSQL(_ name: String) -> String? {
        let parts = SQLIdentifier.parts(of: name)
        guard (1...2).contains(parts.count) else { return nil }
        if let relation = catalog?.relation(named: parts.joined(separator: ".")) {
            let isOnPath = parts.count == 1 && ["public", "dash"].contains(relation.schema)
            return (isOnPath ? [relation.name] : [relation.schema, relation.name])
                .map(SQLIdentifier.sql).joined(separator: ".")
        }
        return SQLIdentifier.asWritten(name)
    }

    private func columnSQL(_ name: String) -> String {
        let parts = SQLIdentifier.parts(of: name)
        if parts.count == 1, let relation,
            let column = relation.columns.first(where: { $0.name.lowercased() == parts[0].lowercased() })
        {
            return SQLIdentifier.sql(column.name)
        }
        return SQLIdentifier.asWritten(name)
    }

    private func check(_ text: String) throws(MetricStatement.Failure) {
        guard SQLWords.topLevel(of: text) != nil else {
            throw .init(
                cause:
                    "parentheses or quotes do not balance, or there is a semicolon or a comment, in: \(text.prefix(200))"
            )
        }
    }
}

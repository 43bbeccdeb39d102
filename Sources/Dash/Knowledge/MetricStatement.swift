/// A metric's current value as one SELECT: what the definition says, with nothing added to it.
///
/// Filters and expressions stand as they were curated. Names of tables and columns are quoted where PostgreSQL needs it;
/// with a catalog they are written as the live database has them.
package struct MetricStatement: Sendable, Equatable {
    /// Why a metric cannot be compiled, as a sentence for the person who keeps the file.
    package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
        package var cause: String
        package var description: String { cause }
    }

    /// One row with one column, `value`.
    package let sql: String

    package init(for metric: Metric, in catalog: SchemaCatalog? = nil) throws(Failure) {
        let compiler = MetricCompiler(metric: metric, catalog: catalog)
        sql = try compiler.statement()
    }
}

private struct MetricCompiler {
    let metric: Metric
    let catalog: SchemaCatalog?

    func statement() throws(MetricStatement.Failure) -> String {
        for text in [metric.expression, metric.filter].compactMap(\.self) { try check(text) }
        switch metric.kind {
        case .ratio(let numerator, let denominator): return try ratio(numerator, denominator)
        case .snapshot(let start, let end):
            let start = columnSQL(start)
            let end = columnSQL(end)
            return select(
                try aggregate(metric.expression ?? "COUNT(*)"), from: try source(),
                where: [
                    metric.filter.map { "(\($0))" }, "\(start) <= now()", "(\(end) IS NULL OR \(end) > now())",
                ])
        case .count where metric.expression == nil:
            return select("COUNT(*)", from: try source(), where: [metric.filter])
        default:
            guard let expression = metric.expression else {
                throw .init(
                    cause: "it has no \"expression\", and its calculation is not of the form "
                        + "<expression> FROM <table> WHERE <filter>")
            }
            return select(try aggregate(expression), from: try source(), where: [metric.filter])
        }
    }

    private func ratio(_ numerator: String, _ denominator: String) throws(MetricStatement.Failure) -> String {
        let upper = try part(numerator)
        let lower = try part(denominator)
        let expression = "CAST(\(upper.sql) AS numeric) / NULLIF(\(lower.sql), 0)"
        if upper.isComplete, lower.isComplete { return "SELECT \(expression) AS value" }
        return select(expression, from: try source(), where: [metric.filter])
    }

    /// A part with a FROM or a WHERE of its own is a query of its own, so that the two never meet in one join.
    private func part(_ text: String) throws(MetricStatement.Failure) -> (sql: String, isComplete: Bool) {
        try check(text)
        guard let own = MetricCalculation(parsing: text) else { return (text, false) }
        let filters =
            own.source == nil && metric.filter != nil
            ? [metric.filter, own.filter].map { $0.map { "(\($0))" } } : [own.filter]
        let source = if let source = own.source { tableSQL(source) ?? source } else { try self.source() }
        let inner = select(own.expression, from: source, where: filters, alias: nil, separator: " ")
        return ("(\(inner))", true)
    }

    private func select(
        _ expression: String, from source: String, where filters: [String?], alias: String? = "value",
        separator: String = "\n"
    ) -> String {
        var parts = ["SELECT \(expression)" + (alias.map { " AS \($0)" } ?? ""), "FROM \(source)"]
        let conditions = filters.compactMap(\.self)
        if !conditions.isEmpty {
            parts.append("WHERE " + conditions.joined(separator: separator == "\n" ? "\n    AND " : " AND "))
        }
        return parts.joined(separator: separator)
    }

    /// Wraps a bare column in the aggregate that the kind names.
    private func aggregate(_ expression: String) throws(MetricStatement.Failure) -> String {
        if SQLWords.callsAggregate(expression) { return expression }
        switch metric.kind {
        case .sum: return "SUM(\(expression))"
        case .average: return "AVG(\(expression))"
        case .count: return "COUNT(\(expression))"
        case .countDistinct: return "COUNT(DISTINCT \(expression))"
        case .ratio, .snapshot, nil: return expression
        }
    }

    private func source() throws(MetricStatement.Failure) -> String {
        if let table = tableSQL(metric.table) { return table }
        if let source = MetricCalculation(parsing: metric.calculation)?.source {
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

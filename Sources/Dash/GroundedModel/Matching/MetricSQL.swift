import Postgres

/// The one statement that computes a curated metric, by a declared dimension or for declared values where asked.
enum MetricSQL {
    /// nil where the metric's definition is prose, or needs more than one table and does not say how they join.
    static func statement(for metric: Metric, _ request: MetricRequest = MetricRequest()) -> String? {
        if let ratio = wholeRatio(metric, request) { return ratio }
        let parsed = MetricCalculation(parsing: metric.calculation)
        guard let source = source(of: metric, parsed), let value = value(of: metric, parsed) else { return nil }
        var conditions = (metric.filter ?? parsed?.filter).map { ["(\($0))"] } ?? []
        if case .snapshot(let start, let end) = metric.kind {
            conditions.append("\(start) <= now()")
            conditions.append("(\(end) IS NULL OR \(end) > now())")
        }
        conditions += request.filters.map {
            "\(SQLIdentifier.sql($0.column)) = \(PostgresQuery.quoted(literal: $0.value))"
        }
        let name = columnName(of: metric)
        var sql = "SELECT "
        if let dimension = request.dimension { sql += SQLIdentifier.sql(dimension) + ", " }
        sql += "\(value) AS \(SQLIdentifier.sql(name))\nFROM \(source)"
        if !conditions.isEmpty { sql += "\nWHERE " + conditions.joined(separator: " AND ") }
        if let dimension = request.dimension {
            let column = SQLIdentifier.sql(dimension)
            sql += "\nGROUP BY \(column)\nORDER BY 2 DESC NULLS LAST, 1"
        }
        return sql
    }

    /// Whether a metric's values by group add up to its value.
    static func isAdditive(_ metric: Metric) -> Bool {
        switch metric.kind {
        case .sum, .count: return true
        case .countDistinct, .average, .ratio: return false
        case .snapshot, nil:
            let sql =
                "SELECT " + (metric.expression ?? MetricCalculation(parsing: metric.calculation)?.expression ?? "x")
                + " AS x"
            return SQLOutline(sql).items.first?.isAdditive ?? false
        }
    }

    static func columnName(of metric: Metric) -> String {
        Words.slug(Words.plain(MetricFit.shortName(metric))) ?? "value"
    }

    private static func source(of metric: Metric, _ parsed: MetricCalculation?) -> String? {
        let tables = metric.table.split(separator: ",").map { QueryFit.trimmed($0) }.filter { !$0.isEmpty }
        if metric.expression == nil, metric.kind.map({ if case .ratio = $0 { true } else { false } }) != true {
            if let source = parsed?.source { return source }
        }
        return tables.count == 1 ? tables[0] : parsed?.source
    }

    private static func value(of metric: Metric, _ parsed: MetricCalculation?) -> String? {
        if case .ratio(let numerator, let denominator) = metric.kind {
            // A part with a FROM of its own is a statement of its own, which no grouping reaches.
            guard !isWhole(numerator), !isWhole(denominator) else { return nil }
            return "(\(numerator))::numeric / NULLIF((\(denominator))::numeric, 0)"
        }
        guard let expression = metric.expression ?? parsed?.expression else {
            if case .count = metric.kind { return "COUNT(*)" }
            if case .snapshot = metric.kind { return "COUNT(*)" }
            return nil
        }
        if SQLWords.callsAggregate(expression) { return expression }
        switch metric.kind {
        case .sum: return "SUM(\(expression))"
        case .average: return "AVG(\(expression))"
        case .count: return "COUNT(\(expression))"
        case .countDistinct: return "COUNT(DISTINCT \(expression))"
        case .ratio, .snapshot, nil: return nil
        }
    }

    /// A ratio whose parts are statements of their own has one value and no groups.
    private static func wholeRatio(_ metric: Metric, _ request: MetricRequest) -> String? {
        guard case .ratio(let numerator, let denominator) = metric.kind, isWhole(numerator) || isWhole(denominator),
            request == MetricRequest()
        else { return nil }
        func part(_ text: String) -> String? {
            if isWhole(text) { return "(SELECT \(text))" }
            guard let source = source(of: metric, nil) else { return nil }
            return "(SELECT \(text) FROM \(source)\(metric.filter.map { " WHERE (\($0))" } ?? ""))"
        }
        guard let upper = part(numerator), let lower = part(denominator) else { return nil }
        return
            "SELECT \(upper)::numeric / NULLIF(\(lower)::numeric, 0) AS \(SQLIdentifier.sql(columnName(of: metric)))"
    }

    private static func isWhole(_ part: String) -> Bool {
        SQLWords.topLevel(of: part)?.contains { $0.text == "from" } ?? true
    }

    static func isPercent(_ unit: String?) -> Bool {
        guard let unit = unit?.lowercased() else { return false }
        return ["percent", "%", "pct", "percentage"].contains(unit)
    }
}

import Planner

/// A curated metric, taken apart into what the planner computes.
///
/// One table's rows, an aggregate over them and a condition become parts that can be split, filtered and moved in time.
/// What cannot be taken apart soundly (joins, names of other tables) stays the one statement that it is.
struct MetricDefinition {
    /// Why a metric cannot be computed, as a sentence for the person who keeps the file.
    struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
        var cause: String
        /// Nothing in it says that it was meant to be computed.
        var isProse = false
        var description: String { cause }
    }

    let metric: SemanticSource.Metric

    init(_ metric: Metric, in builder: SemanticSourceBuilder) throws(Failure) {
        self.metric = try MetricReading(metric: metric, builder: builder).result()
    }
}

private struct MetricReading {
    typealias Failure = MetricDefinition.Failure
    typealias Part = SemanticSource.Metric.Part

    let metric: Metric
    let builder: SemanticSourceBuilder

    private var parsed: MetricCalculation? { MetricCalculation(parsing: metric.calculation) }

    func result() throws(Failure) -> SemanticSource.Metric {
        let own = metric.names.filter { !metric.synonyms.contains($0) }.map { SourceText.trimmed($0) }
        return SemanticSource.Metric(
            name: metric.name, definition: metric.definition,
            synonyms: own.filter { $0 != metric.name } + metric.synonyms, computation: try computation(),
            dimensions: dimensions, unit: metric.unit, higherIsBetter: metric.goodDirection.map { $0 == .up })
    }

    private func computation() throws(Failure) -> SemanticSource.Metric.Computation {
        for text in [metric.expression, metric.filter].compactMap(\.self) { try check(text) }
        if case .ratio(let numerator, let denominator) = metric.kind { return try ratio(numerator, denominator) }
        let expression = try aggregate()
        let source = try source()
        guard let relation = try single(source), let part = part(relation, expression, ownFilter) else {
            return try statement(select(expression, from: source, where: snapshotFilter))
        }
        let isAdditive = AdditiveExpression.isAdditive(expression)
        guard case .snapshot(let start, let end) = metric.kind else {
            return .aggregate(part, isAdditive: isAdditive)
        }
        return .snapshot(
            part, start: try column(start, of: relation), end: try column(end, of: relation), isAdditive: isAdditive)
    }

    // MARK: - Parts

    /// Wraps a bare column in the aggregate that the kind names.
    private func aggregate() throws(Failure) -> String {
        guard let expression = metric.expression ?? parsed?.expression else {
            switch metric.kind {
            case .count, .snapshot: return "COUNT(*)"
            default:
                throw Failure(
                    cause: "it has no \"expression\", and its calculation is not of the form "
                        + "<expression> FROM <table> WHERE <filter>", isProse: metric.kind == nil)
            }
        }
        if SQLWords.callsAggregate(expression) { return expression }
        switch metric.kind {
        case .sum: return "SUM(\(expression))"
        case .average: return "AVG(\(expression))"
        case .count: return "COUNT(\(expression))"
        case .countDistinct: return "COUNT(DISTINCT \(expression))"
        case .ratio, .snapshot, nil: throw Self.severalRows
        }
    }

    private static let severalRows = Failure(
        cause: "its expression gives several rows instead of one value; it needs an aggregate such as SUM")

    /// The definition's own condition. Where it only stands in the calculation it holds as well, except for a snapshot:
    /// there it says what is active today, which start and end say for every moment.
    private var ownFilter: String? {
        switch metric.kind {
        case .snapshot where metric.expression != nil, .ratio: metric.filter
        default: metric.filter ?? parsed?.filter
        }
    }

    private func ratio(
        _ numerator: String, _ denominator: String
    ) throws(Failure) -> SemanticSource.Metric.Computation {
        let upper = try side(numerator)
        let lower = try side(denominator)
        if let numerator = try upper.part(self), let denominator = try lower.part(self) {
            return .ratio(numerator: numerator, denominator: denominator)
        }
        return try statement(
            "SELECT CAST((\(upper.sql)) AS numeric) / NULLIF((\(lower.sql)), 0) AS \(name)")
    }

    private struct Side {
        var expression: String
        var source: String
        var filter: String?

        var sql: String { MetricReading.select(expression, from: source, where: filter) }

        func part(_ reading: MetricReading) throws(Failure) -> Part? {
            guard let relation = try reading.single(source) else { return nil }
            return reading.part(relation, expression, filter)
        }
    }

    /// A part with a FROM or a WHERE of its own; else it is over the metric's rows.
    private func side(_ text: String) throws(Failure) -> Side {
        try check(text)
        guard let own = MetricCalculation(parsing: text) else {
            guard SQLWords.callsAggregate(text) else { throw Self.severalRows }
            return Side(expression: text, source: try source(), filter: metric.filter)
        }
        guard let source = own.source else {
            let filters = [metric.filter, own.filter].compactMap(\.self)
            return Side(
                expression: own.expression, source: try self.source(),
                filter: filters.count > 1 ? filters.map { "(\($0))" }.joined(separator: " AND ") : filters.first)
        }
        return Side(expression: own.expression, source: source, filter: own.filter)
    }

    /// Nil where the texts name other tables than the part's own, so that they mean something only where they stand.
    private func part(_ relation: SchemaCatalog.Relation, _ expression: String, _ filter: String?) -> Part? {
        guard let expression = unqualified(expression, relation) else { return nil }
        var condition: String?
        if let filter {
            guard let bare = unqualified(filter, relation) else { return nil }
            condition = bare
        }
        var time = metric.timeColumn.flatMap { relation.column(named: SemanticSourceBuilder.lastPart($0))?.name }
        time = time ?? builder.timeColumn(of: relation)
        if let column = time, let condition, Self.fixesPeriod(condition, of: column) { time = nil }
        return Part(table: relation.tableID, expression: expression, filter: condition, timeColumn: time)
    }

    /// Whether a condition says already which period counts, so that the definition cannot be moved to another one.
    private static func fixesPeriod(_ filter: String, of column: String) -> Bool {
        let tokens = SQLToken.scan(filter)
        let isCompared = tokens.indices.contains { index in
            guard case .word(let word, _) = tokens[index], word == column.lowercased() || word == column else {
                return false
            }
            return !(index + 1 < tokens.count && tokens[index + 1].isWord("is"))
        }
        return isCompared
            && tokens.contains { token in
                switch token {
                case .word(let word, isQuoted: false): clock.contains(word) || word == "select"
                case .string(let text): text.prefix(4).count == 4 && text.prefix(4).allSatisfy(\.isNumber)
                default: false
                }
            }
    }

    private static let clock: Set<String> = [
        "now", "current_date", "current_timestamp", "localtimestamp", "statement_timestamp", "transaction_timestamp",
        "clock_timestamp",
    ]

    /// The text with its own table's name taken from its columns; nil where another name stands before a column.
    private func unqualified(_ text: String, _ relation: SchemaCatalog.Relation) -> String? {
        let lexemes = SQLScan(text).lexemes
        guard lexemes.contains(where: { $0.token == .symbol(".") }) else { return text }
        // Inside of a query of its own the name may be what tells two tables apart.
        guard !lexemes.contains(where: { $0.token.isWord("select") }) else { return nil }
        var result = ""
        var end = text.startIndex
        for index in lexemes.indices where lexemes[index].token == .symbol(".") {
            guard index > 0, case .word(let name, _) = lexemes[index - 1].token,
                name.lowercased() == relation.name.lowercased(),
                index < 2 || lexemes[index - 2].token != .symbol(".")
            else { return nil }
            result += text[end..<lexemes[index - 1].range.lowerBound]
            end = lexemes[index].range.upperBound
        }
        return result + text[end...]
    }

    // MARK: - Whole statements

    private func statement(_ sql: String) throws(Failure) -> SemanticSource.Metric.Computation {
        var tables: [TableID] = []
        for name in SQLOutline(sql).relations {
            guard let relation = builder.relation(named: name) else { throw missing(name) }
            if !tables.contains(relation.tableID) { tables.append(relation.tableID) }
        }
        return .statement(sql, tables: tables)
    }

    private func select(_ expression: String, from source: String, where filter: String?) -> String {
        Self.select("\(expression) AS \(name)", from: source, where: filter)
    }

    private static func select(_ expression: String, from source: String, where filter: String?) -> String {
        "SELECT \(expression)\nFROM \(source)" + (filter.map { "\nWHERE \($0)" } ?? "")
    }

    private var snapshotFilter: String? {
        guard case .snapshot(let start, let end) = metric.kind else { return ownFilter }
        let begun = SQLIdentifier.asWritten(start)
        let ended = SQLIdentifier.asWritten(end)
        let own = ownFilter.map { ["(\($0))"] } ?? []
        return (own + ["\(begun) < now()", "(\(ended) IS NULL OR \(ended) >= now())"]).joined(separator: "\n    AND ")
    }

    // MARK: - Names

    private var name: String { SQLIdentifier.sql(metric.columnName) }

    /// What stands behind FROM.
    private func source() throws(Failure) -> String {
        if metric.expression == nil, let source = parsed?.source {
            try check(source)
            return source
        }
        if MetricCalculation.isTableName(metric.table) || builder.relation(named: metric.table) != nil {
            return metric.table
        }
        if let source = parsed?.source {
            try check(source)
            return source
        }
        throw Failure(
            cause: "it names several tables; its calculation needs the form <expression> FROM <tables and joins> "
                + "WHERE <filter>")
    }

    /// The relation, where the source is nothing but its name.
    func single(_ source: String) throws(Failure) -> SchemaCatalog.Relation? {
        if let relation = builder.relation(named: source) { return relation }
        guard MetricCalculation.isTableName(source) else { return nil }
        throw missing(source)
    }

    private func missing(_ table: String) -> Failure {
        Failure(cause: "the database has no table or view \"\(table)\" that the analyst may read")
    }

    private func column(_ name: String, of relation: SchemaCatalog.Relation) throws(Failure) -> String {
        guard let column = relation.column(named: SemanticSourceBuilder.lastPart(name)) else {
            throw Failure(cause: "\(relation.qualifiedName) has no column \"\(name)\"")
        }
        return column.name
    }

    /// As the database writes them: columns of the metric's table, or of one that its keys lead to.
    private var dimensions: [String] {
        let relations = metric.table.split(separator: ",").compactMap {
            builder.relation(named: SourceText.trimmed($0))
        }
        return metric.dimensions.compactMap { name in
            if let (relation, column) = builder.column(name) {
                return relations.first == relation ? column.name : "\(relation.name).\(column.name)"
            }
            if let column = relations.first?.column(named: name) { return column.name }
            for relation in relations.dropFirst() + relations.flatMap(builder.parents) {
                if let column = relation.column(named: name) { return "\(relation.name).\(column.name)" }
            }
            return nil
        }
    }

    private func check(_ text: String) throws(Failure) {
        guard SQLWords.topLevel(of: text) != nil else {
            throw Failure(
                cause:
                    "parentheses or quotes do not balance, or there is a semicolon or a comment, in: \(text.prefix(200))"
            )
        }
    }
}

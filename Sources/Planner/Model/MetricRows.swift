/// What a curated number is taken over, in a plan's own words: which rows, and what of each.
struct MetricRows {
    var table: TableID
    var conditions: [Condition]
    /// What is put together of every row; nil where rows are counted or it is more than one column.
    var value: RowValue?
    var aggregate: Measure.Aggregate?
    var isCount: Bool
    /// The rows are those of today.
    var isStock = false

    /// Nil where its definition says more than a plan's conditions can.
    init?(_ metric: SemanticSource.Metric, in source: SemanticSource) {
        let part: SemanticSource.Metric.Part
        var conditions: [Condition] = []
        switch metric.computation {
        case .aggregate(let own, _): part = own
        case .snapshot(let own, _, let end, _):
            part = own
            conditions.append(.isEmpty(ColumnID(own.table, end)))
            isStock = true
        case .ratio(let numerator, let denominator):
            guard numerator.table == denominator.table else { return nil }
            part = numerator
        case .statement: return nil
        }
        guard let table = source.tables.first(where: { $0.id == part.table }) else { return nil }
        let columns = Set(table.columns.map(\.name))
        let expression = Expression(part.expression)
        for filter in [part.filter, expression.filter].compactMap({ $0 }) {
            guard let read = FilterText.conditions(filter, of: part.table, columns: columns) else { return nil }
            conditions += read
        }
        self.table = part.table
        self.conditions = conditions
        isCount = expression.function == "count" && expression.argument == "*"
        if case .ratio = metric.computation {
            isCount = false
            return
        }
        guard let function = expression.function, expression.filter == nil else { return }
        aggregate = Self.functions[function]
        value = Self.value(expression, of: part.table, columns: columns)
    }

    private static let functions: [String: Measure.Aggregate] = [
        "sum": .sum, "avg": .average, "min": .minimum, "max": .maximum,
    ]

    private static func value(_ expression: Expression, of table: TableID, columns: Set<String>) -> RowValue? {
        guard let argument = expression.argument else { return nil }
        if expression.rest.isEmpty, columns.contains(argument) { return .column(ColumnID(table, argument)) }
        // EXTRACT(EPOCH FROM later - earlier), in seconds.
        let words = argument.split(whereSeparator: { " ()".contains($0) }).map(String.init)
        guard words.count == 6, words[0].lowercased() == "extract", words[1].lowercased() == "epoch",
            words[2].lowercased() == "from", words[4] == "-", columns.contains(words[3]), columns.contains(words[5]),
            let unit = units[expression.rest]
        else { return nil }
        return .duration(from: ColumnID(table, words[5]), to: ColumnID(table, words[3]), unit: unit)
    }

    private static let units: [String: RowValue.DurationUnit] = [
        "": .second, "/60": .minute, "/3600": .hour, "/86400": .day, "/60.0": .minute, "/3600.0": .hour,
        "/86400.0": .day,
    ]

    /// `SUM(amount) FILTER (WHERE paid) * 12` taken apart.
    private struct Expression {
        var function: String?
        var argument: String?
        var filter: String?
        /// Behind it, without spaces.
        var rest = ""

        init(_ text: String) {
            var text = text[...]
            if let factor = ["100.0 *", "100 *", "1.0 *"].first(where: { text.hasPrefix($0) }) {
                text = text.dropFirst(factor.count)
            }
            text = text.drop { $0 == " " }
            let name = text.prefix { $0.isLetter }
            guard let inner = Self.bracket(text.dropFirst(name.count)) else { return }
            function = name.lowercased()
            argument = inner.content.split(separator: " ").joined(separator: " ")
            var behind = inner.behind.drop { $0 == " " }
            if behind.lowercased().hasPrefix("filter") {
                guard let clause = Self.bracket(behind.dropFirst(6).drop { $0 == " " }),
                    clause.content.lowercased().hasPrefix("where ")
                else {
                    function = nil
                    return
                }
                filter = String(clause.content.dropFirst(6))
                behind = clause.behind
            }
            rest = behind.filter { $0 != " " }
        }

        private static func bracket(_ text: Substring) -> (content: Substring, behind: Substring)? {
            guard text.first == "(" else { return nil }
            var depth = 0
            for index in text.indices {
                if text[index] == "(" { depth += 1 }
                if text[index] == ")" { depth -= 1 }
                if depth == 0 {
                    let after = text.index(after: index)
                    return (text[text.index(after: text.startIndex)..<index], text[after...])
                }
            }
            return nil
        }
    }
}

extension SemanticSource {
    /// Which rows a metric's definition counts; nil where it says more than a plan's conditions can.
    package func conditions(of metric: Metric) -> [Condition]? { MetricRows(metric, in: self)?.conditions }
}

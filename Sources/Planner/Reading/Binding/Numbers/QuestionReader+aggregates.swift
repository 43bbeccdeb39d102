/// Another aggregate than a curated number's own: "median MRR", "average revenue per customer".
extension QuestionReader {
    /// A table of which only the rows that hold today are put together.
    struct Stock {
        var table: Int
        var conditions: [Condition]
    }

    /// The rows of the metric, put together as the question says; the metric itself where that is what it does.
    mutating func aggregated(_ metric: Int, _ aggregate: Measure.Aggregate) throws -> Draft.Number {
        let definition = model.source.metrics[metric]
        let rows = model.metricRows[metric]
        if aggregate == .average {
            if let group = try perGroup(of: metric) { return group }
            if isAverage(metric) { return .metric(metric) }
        }
        guard let rows, let value = rows.value, let table = model.table(rows.table)?.index,
            [.sum, .average].contains(rows.aggregate)
        else {
            throw ReadFailure.unsound(
                "\(definition.name) is one number, of which there is no \(words(aggregate)).")
        }
        return try number(over: rows, aggregate, value, table)
    }

    /// A column whose rows a curated number restricts: the median of what is billed now, not of all that ever was.
    mutating func restricted(_ column: Int, _ aggregate: Measure.Aggregate, _ piece: Int?) throws -> Draft.Number? {
        guard let piece else { return nil }
        for entry in pieces[piece].entries where entry.quality >= 0.9 {
            guard case .metric(let metric) = entry.sense, let rows = model.metricRows[metric],
                rows.value == .column(id(column)), !rows.conditions.isEmpty
            else { continue }
            if rows.aggregate == aggregate { return .metric(metric) }
            return try number(over: rows, aggregate, .column(id(column)), model.columns[column].table)
        }
        return nil
    }

    private mutating func number(
        over rows: MetricRows, _ aggregate: Measure.Aggregate, _ value: RowValue, _ table: Int
    ) throws -> Draft.Number {
        if rows.isStock { stock = Stock(table: table, conditions: rows.conditions) }
        assume("It is taken over single rows of \(model.tables[table].title).")
        let measure = Measure.aggregate(aggregate, value)
        return rows.conditions.isEmpty
            ? .built(measure, table) : .built(.filtered(measure, rows.conditions), table)
    }

    /// What is restricted to today's rows has no history, and no other state.
    mutating func checkStock() throws {
        guard let stock else { return }
        draft.filters.removeAll { $0.table == stock.table && stock.conditions.contains($0.condition) }
        if draft.time != nil || draft.grain != nil || draft.comparison != nil {
            throw ReadFailure.unsound("It is known as of now only, put together in another way than it is defined.")
        }
        let states: Set<String> = ["status", "state", "stage", "active", "phase"]
        for filter in draft.filters where filter.table == stock.table {
            let columns = Self.columns(filter.condition).compactMap(model.column)
            guard !columns.contains(where: { $0.isTime || $0.words.contains(where: states.contains) }) else {
                throw ReadFailure.unsound("Whether rows of today are meant is not said.")
            }
        }
    }

    func isAverage(_ metric: Int) -> Bool {
        switch model.source.metrics[metric].computation {
        case .aggregate(_, isAdditive: false), .snapshot(_, _, _, isAdditive: false):
            model.metricRows[metric].map {
                $0.aggregate != .sum && $0.aggregate != .minimum && $0.aggregate != .maximum
            }
                ?? true
        case .ratio: true
        case .aggregate, .snapshot, .statement: false
        }
    }

    /// "average revenue per customer": of every customer first.
    private mutating func perGroup(of metric: Int) throws -> Draft.Number? {
        guard !isAverage(metric), let table = metricTable(metric), position < phrases.count else { return nil }
        let next = phrases[position]
        guard next.links(.group) || next.isEach, next.terms.count == 1, !next.hasDeterminer,
            let group = try resolveTable(next.terms[0]), group != table, let key = model.tables[group].key,
            relations.stepsUp(from: table, to: group) != nil
        else { return nil }
        position += 1
        use(next.terms[0], "of every one of \(model.tables[group].title)", .table)
        useDeterminers(next)
        for (grammar, piece) in zip(next.links, next.linkPieces) where grammar == .group { use(piece) }
        return .built(
            .aggregateOfGroups(.average, .metric(model.source.metrics[metric].name), by: id(key)), table)
    }

    private func words(_ aggregate: Measure.Aggregate) -> String {
        switch aggregate {
        case .sum: "sum"
        case .average: "average"
        case .minimum: "minimum"
        case .maximum: "maximum"
        case .median: "median"
        case .standardDeviation: "standard deviation"
        }
    }
}

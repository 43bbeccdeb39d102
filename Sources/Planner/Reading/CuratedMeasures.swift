/// Puts a curated metric where a plan computes the same from columns, so that one question has one plan and one badge.
struct CuratedMeasures {
    let model: SemanticModel

    /// The plan with every measure named that a metric defines; times that are the metrics' own are left to them.
    func named(_ plan: Plan) -> Plan {
        var plan = plan
        let times = Set(plan.dimensions.compactMap(\.timeColumn) + [plan.time?.column].compactMap { $0 })
        guard times.count <= 1 else { return plan }
        if let curated = withCondition(plan, time: times.first) ?? share(plan, time: times.first) { plan = curated }
        plan.measures = plan.measures.map { named($0, time: times.first) }
        for index in plan.having.indices {
            plan.having[index].measure = named(plan.having[index].measure, time: times.first)
        }
        for index in plan.order.indices {
            if case .hiddenMeasure(let measure) = plan.order[index].key {
                plan.order[index].key = .hiddenMeasure(named(measure, time: times.first))
            }
        }
        guard plan.measures.allSatisfy(isMetric), !plan.measures.isEmpty,
            times.first.map({ time in plan.measures.allSatisfy { goes($0, by: time) } }) ?? true
        else { return plan }
        plan.time?.column = nil
        if plan.recipe == .breakdown, plan.dimensions.contains(where: \.isTime) { plan.recipe = .trend }
        plan.dimensions = plan.dimensions.map { dimension in
            switch dimension {
            case .time(_, let grain): .time(nil, grain)
            case .cycle(_, let cycle): .cycle(nil, cycle)
            default: dimension
            }
        }
        return plan
    }

    /// Whether the time is the metric's own; "tickets resolved in May" go by another.
    private func goes(_ measure: Measure, by time: ColumnID) -> Bool {
        switch measure {
        case .shareOfTotal(let inner), .running(let inner): return goes(inner, by: time)
        case .metric(let name):
            guard let metric = model.source.metrics.first(where: { $0.name == name }) else { return false }
            switch metric.computation {
            case .aggregate(let part, _), .snapshot(let part, _, _, _):
                return ColumnID(part.table, part.timeColumn ?? "") == time
            case .ratio(let upper, let lower):
                return [upper, lower].allSatisfy { ColumnID($0.table, $0.timeColumn ?? "") == time }
            case .statement: return false
            }
        default: return false
        }
    }

    private func isMetric(_ measure: Measure) -> Bool {
        switch measure {
        case .metric: true
        case .shareOfTotal(let inner), .running(let inner): isMetric(inner)
        default: false
        }
    }

    private func named(_ measure: Measure, time: ColumnID?) -> Measure {
        switch measure {
        case .count, .countDistinct, .aggregate: metric(of: measure, time: time).map { .metric($0) } ?? measure
        case .shareOfTotal(let inner): .shareOfTotal(named(inner, time: time))
        case .running(let inner): .running(named(inner, time: time))
        case .metric, .filtered, .ratio, .difference, .aggregateOfGroups: measure
        }
    }

    /// The one metric that computes just this; where it has a condition, the plan's own must be the same one.
    private func metric(of measure: Measure, time: ColumnID?) -> String? {
        let found = model.source.metrics.filter { metric in
            guard case .aggregate(let part, _) = metric.computation,
                part.filter.map({ isRedundant($0, for: measure) }) ?? true,
                time.map({ ColumnID(part.table, part.timeColumn ?? "") == $0 }) ?? true
            else { return false }
            if case .count(let table) = measure, !isNamed(metric, as: table) { return false }
            return expressions(measure, over: part.table).contains(Self.normalised(part.expression))
        }
        return found.count == 1 ? found[0].name : nil
    }

    /// "upgrades" that are counted as plan changes of that kind: the metric holds the condition.
    private func withCondition(_ plan: Plan, time: ColumnID?) -> Plan? {
        guard plan.measures.count == 1, plan.having.isEmpty else { return nil }
        for (index, condition) in plan.conditions.enumerated() {
            guard let (column, said) = Self.written(condition) else { continue }
            let found = model.source.metrics.filter { metric in
                guard case .aggregate(let part, _) = metric.computation, let filter = part.filter else { return false }
                return part.table == column.table && Self.normalised(filter) == said
                    && time.map { ColumnID(part.table, part.timeColumn ?? "") == $0 } ?? true
                    && expressions(plan.measures[0], over: part.table).contains(Self.normalised(part.expression))
            }
            guard found.count == 1 else { continue }
            var plan = plan
            plan.conditions.remove(at: index)
            plan.measures = [.metric(found[0].name)]
            return plan
        }
        return nil
    }

    /// "share of failed payments", where a rate is that part of the same rows.
    private func share(_ plan: Plan, time: ColumnID?) -> Plan? {
        guard plan.recipe == .share, plan.measures.count == 1, plan.dimensions.isEmpty, plan.comparison == nil,
            case .ratio(.filtered(.count(let table), let conditions), .count(let whole)) = plan.measures[0],
            whole == table, conditions.count == 1, let (column, said) = Self.written(conditions[0]),
            column.table == table
        else { return nil }
        let part = "count(*)filter(where\(said))"
        let found = model.source.metrics.filter { metric in
            guard case .ratio(let upper, let lower) = metric.computation, upper.table == table, lower.table == table,
                upper.filter == nil, lower.filter == nil, Self.normalised(lower.expression) == "count(*)"
            else { return false }
            return ["", "100*", "100.0*"].contains { $0 + part == Self.normalised(upper.expression) }
                && time.map { ColumnID(table, upper.timeColumn ?? "") == $0 } ?? true
        }
        guard found.count == 1 else { return nil }
        var plan = plan
        plan.recipe = .value
        plan.measures = [.metric(found[0].name)]
        return plan
    }

    /// A condition as a definition would have it.
    private static func written(_ condition: Condition) -> (ColumnID, String)? {
        switch condition {
        case .oneOf(let column, let values) where values.count == 1:
            (column, normalised("\(column.name) = '\(values[0])'"))
        case .not(.isEmpty(let column)): (column, normalised("\(column.name) IS NOT NULL"))
        default: nil
        }
    }

    /// Aggregates of a column leave out rows without it, with or without saying so.
    private func isRedundant(_ filter: String, for measure: Measure) -> Bool {
        guard case .aggregate(_, .column(let column)) = measure else { return false }
        return Self.normalised(filter) == "\(column.name.lowercased())isnotnull"
    }

    /// Whether the metric is called as the rows are: "sign-ups" are customers, but nobody asked for them by that name.
    private func isNamed(_ metric: SemanticSource.Metric, as table: TableID) -> Bool {
        let names = model.table(table)?.names.map { $0.words.map(NameWords.base) } ?? []
        return ([metric.name] + metric.synonyms).contains { names.contains(Words.plain($0).map(NameWords.base)) }
    }

    private func expressions(_ measure: Measure, over table: TableID) -> [String] {
        switch measure {
        case .count(table): ["count(*)", "count(1)"]
        case .countDistinct(let column) where column.table == table: ["count(distinct\(column.name.lowercased()))"]
        case .aggregate(let aggregate, .column(let column)) where column.table == table:
            switch aggregate {
            case .sum: ["sum(\(column.name.lowercased()))"]
            case .average: ["avg(\(column.name.lowercased()))"]
            case .minimum: ["min(\(column.name.lowercased()))"]
            case .maximum: ["max(\(column.name.lowercased()))"]
            case .median, .standardDeviation: []
            }
        default: []
        }
    }

    private static func normalised(_ expression: String) -> String {
        let text = expression.lowercased().filter { !$0.isWhitespace && $0 != "\"" }
        // Only parentheses around the whole may go, and inner ones mean that they may not be.
        let inner = text.dropFirst().dropLast()
        return text.hasPrefix("(") && text.hasSuffix(")") && !inner.contains("(") ? String(inner) : text
    }
}

extension Dimension {
    /// Of a split by time that names its column.
    fileprivate var timeColumn: ColumnID? {
        switch self {
        case .time(let column, _), .cycle(let column, _): column
        default: nil
        }
    }
}

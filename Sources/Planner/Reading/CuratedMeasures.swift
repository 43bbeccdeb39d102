/// Puts a curated metric where a plan computes the same from columns, so that one question has one plan and one badge.
struct CuratedMeasures {
    let source: SemanticSource

    /// The plan with every measure named that a metric defines; times that are the metrics' own are left to them.
    func named(_ plan: Plan) -> Plan {
        var plan = plan
        let times = Set(plan.dimensions.compactMap(\.timeColumn) + [plan.time?.column].compactMap { $0 })
        guard times.count <= 1 else { return plan }
        plan.measures = plan.measures.map { named($0, time: times.first) }
        for index in plan.having.indices {
            plan.having[index].measure = named(plan.having[index].measure, time: times.first)
        }
        for index in plan.order.indices {
            if case .hiddenMeasure(let measure) = plan.order[index].key {
                plan.order[index].key = .hiddenMeasure(named(measure, time: times.first))
            }
        }
        guard plan.measures.allSatisfy(isMetric), !plan.measures.isEmpty else { return plan }
        plan.time?.column = nil
        plan.dimensions = plan.dimensions.map { dimension in
            if case .time(_, let grain) = dimension { .time(nil, grain) } else { dimension }
        }
        return plan
    }

    private func isMetric(_ measure: Measure) -> Bool {
        switch measure {
        case .metric: true
        case .shareOfTotal(let inner): isMetric(inner)
        default: false
        }
    }

    private func named(_ measure: Measure, time: ColumnID?) -> Measure {
        switch measure {
        case .count, .countDistinct, .aggregate: metric(of: measure, time: time).map { .metric($0) } ?? measure
        case .shareOfTotal(let inner): .shareOfTotal(named(inner, time: time))
        case .metric, .filtered, .ratio, .difference, .aggregateOfGroups: measure
        }
    }

    /// The one metric without a condition of its own that computes just this.
    private func metric(of measure: Measure, time: ColumnID?) -> String? {
        let found = source.metrics.filter { metric in
            guard case .aggregate(let part, _) = metric.computation, part.filter == nil,
                time.map({ ColumnID(part.table, part.timeColumn ?? "") == $0 }) ?? true
            else { return false }
            return expressions(measure, over: part.table).contains(Self.normalised(part.expression))
        }
        return found.count == 1 ? found[0].name : nil
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
        expression.lowercased().filter { !$0.isWhitespace && $0 != "\"" }
    }
}

extension Dimension {
    /// Of a split by time that names its column.
    fileprivate var timeColumn: ColumnID? {
        if case .time(let column, _) = self { column } else { nil }
    }
}

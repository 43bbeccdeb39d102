import Planner

/// Decides whether a plan stands on curated definitions alone: measures that are metrics, split and filtered by what is
/// declared for them. Everything else is inferred from columns.
struct PlanCuration {
    private let source: SemanticSource

    init(_ source: SemanticSource) { self.source = source }

    func isCurated(_ plan: Plan) -> Bool {
        switch plan.recipe {
        case .value, .breakdown, .trend, .ranking, .share, .comparison, .review: break
        case .list, .distinct, .distribution, .definition, .description: return false
        }
        let hidden = plan.order.compactMap { order in
            if case .hiddenMeasure(let measure) = order.key { measure } else { nil }
        }
        let measures = plan.measures + plan.having.map(\.measure) + hidden
        guard !plan.measures.isEmpty, let metrics = all(measures.map(metrics(of:)))?.flatMap(\.self) else {
            return false
        }
        let declares = { (column: ColumnID) in metrics.allSatisfy { declared($0, column) } }
        return plan.dimensions.allSatisfy { dimension in
            switch dimension {
            case .column(let column): declares(column)
            case .time(let column, _), .cycle(let column, _): column.map { isTime($0, of: metrics) } ?? true
            case .range, .segments: false
            }
        } && (plan.conditions + measures.flatMap(conditions(of:))).allSatisfy { holds($0, declares) }
            && (plan.time?.column.map { isTime($0, of: metrics) } ?? true)
    }

    /// The metrics that the measure is made of; nil where it is made of anything else.
    private func metrics(of measure: Measure) -> [SemanticSource.Metric]? {
        switch measure {
        case .metric(let name): source.metrics.first { $0.name == name }.map { [$0] }
        case .filtered(let measure, _), .shareOfTotal(let measure), .running(let measure): metrics(of: measure)
        case .count, .countDistinct, .aggregate, .ratio, .difference, .aggregateOfGroups: nil
        }
    }

    private func conditions(of measure: Measure) -> [Condition] {
        switch measure {
        case .filtered(let measure, let conditions): conditions + self.conditions(of: measure)
        case .shareOfTotal(let measure), .running(let measure): conditions(of: measure)
        default: []
        }
    }

    private func holds(_ condition: Condition, _ declares: (ColumnID) -> Bool) -> Bool {
        switch condition {
        case .oneOf(let column, _), .isTrue(let column), .isEmpty(let column): declares(column)
        case .not(let condition): holds(condition, declares)
        case .any(let conditions): conditions.allSatisfy { holds($0, declares) }
        case .compare, .text, .period, .cycle, .beyond, .columns, .related, .counted, .extreme: false
        }
    }

    private func declared(_ metric: SemanticSource.Metric, _ column: ColumnID) -> Bool {
        let own = tables(of: metric)
        return metric.dimensions.contains { name in
            if name == column.name { return own.contains(column.table) }
            let parts = name.split(separator: ".").map(String.init)
            guard parts.count > 1, parts.last == column.name else { return false }
            return parts[parts.count - 2] == column.table.name
        }
    }

    private func isTime(_ column: ColumnID, of metrics: [SemanticSource.Metric]) -> Bool {
        metrics.allSatisfy { metric in
            parts(of: metric).allSatisfy { $0.table == column.table && $0.timeColumn == column.name }
        }
    }

    private func tables(of metric: SemanticSource.Metric) -> [TableID] { parts(of: metric).map(\.table) }

    private func parts(of metric: SemanticSource.Metric) -> [SemanticSource.Metric.Part] {
        switch metric.computation {
        case .aggregate(let part, _), .snapshot(let part, _, _, _): [part]
        case .ratio(let numerator, let denominator): [numerator, denominator]
        case .statement: []
        }
    }

    private func all<Value>(_ values: [Value?]) -> [Value]? {
        let known = values.compactMap(\.self)
        return known.count == values.count ? known : nil
    }
}

extension Plan {
    /// Whether it speaks of a stretch of time, or splits by time.
    var hasPeriods: Bool {
        time != nil || comparison != nil || recipe == .trend || dimensions.contains(where: \.hasPeriods)
            || conditions.contains(where: \.hasPeriods) || measures.contains(where: \.hasPeriods)
            || having.contains { $0.measure.hasPeriods } || order.contains { $0.key.hasPeriods }
    }
}

extension Dimension {
    fileprivate var hasPeriods: Bool {
        switch self {
        case .time: true
        case .column, .cycle, .range: false
        case .segments(let segments): segments.contains { $0.conditions.contains(where: \.hasPeriods) }
        }
    }
}

extension Plan.Order.Key {
    fileprivate var hasPeriods: Bool {
        if case .hiddenMeasure(let measure) = self { measure.hasPeriods } else { false }
    }
}

extension Measure {
    fileprivate var hasPeriods: Bool {
        switch self {
        case .filtered(let measure, let conditions):
            measure.hasPeriods || conditions.contains(where: \.hasPeriods)
        case .running: true
        case .shareOfTotal(let measure), .aggregateOfGroups(_, let measure, _): measure.hasPeriods
        case .ratio(let one, let other), .difference(let one, let other): one.hasPeriods || other.hasPeriods
        case .metric, .count, .countDistinct, .aggregate: false
        }
    }
}

extension Condition {
    fileprivate var hasPeriods: Bool {
        switch self {
        case .period: true
        case .related(_, let conditions, _): conditions.contains(where: \.hasPeriods)
        case .counted(let rows, _, _): rows.conditions.contains(where: \.hasPeriods)
        case .not(let condition): condition.hasPeriods
        case .any(let conditions): conditions.contains(where: \.hasPeriods)
        case .compare, .oneOf, .text, .isEmpty, .isTrue, .cycle, .beyond, .extreme, .columns: false
        }
    }
}

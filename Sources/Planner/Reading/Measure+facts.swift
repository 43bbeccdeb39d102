/// What a number is, for the rules that judge plans.
extension Measure {
    var isShare: Bool { if case .shareOfTotal = self { true } else { false } }

    /// Whether it is a number of rows or of values, and no sum of what they are worth.
    var countsOnly: Bool {
        switch self {
        case .count, .countDistinct: true
        case .filtered(let inner, _), .shareOfTotal(let inner), .running(let inner): inner.countsOnly
        case .metric, .aggregate, .ratio, .difference, .aggregateOfGroups: false
        }
    }
}

/// What a condition is, for the rules that judge plans.
extension Condition {
    var isTemporal: Bool {
        switch self {
        case .period, .cycle: true
        default: false
        }
    }

    /// Rows of another table of which a single one has to reach a number.
    var holdsSingleRows: Bool {
        guard case .related(_, let conditions, _) = self else { return false }
        return conditions.contains { if case .compare = $0 { true } else { false } }
    }

    var isRelated: Bool {
        switch self {
        case .related, .counted: true
        default: false
        }
    }

    /// That rows of another table are there.
    var isPresent: Bool { if case .related = self { true } else { false } }

    var isNegative: Bool {
        switch self {
        case .not, .isEmpty, .compare(_, .notEqual, _), .columns(_, .notEqual, _), .counted(_, .less, _),
            .counted(_, .atMost, _), .counted(_, .equal, _):
            true
        default: false
        }
    }

    /// Held against something that is no number of the question.
    var isHeld: Bool {
        switch self {
        case .beyond, .columns, .period, .text: true
        default: false
        }
    }

    func isHeld(against aggregate: Measure.Aggregate) -> Bool {
        if case .beyond(_, _, aggregate) = self { true } else { false }
    }
}

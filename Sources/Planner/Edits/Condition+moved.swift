extension Condition {
    /// The rows that must be there, or not, in another period; nil where none is said of them.
    ///
    /// "Customers with tickets in May", and then "in June?": the tickets move, not the customers.
    func moved(to period: Period) -> Condition? {
        switch self {
        case .related(let table, let conditions, let role):
            return Self.moved(conditions, to: period).map { .related(table, conditions: $0, role: role) }
        case .counted(var rows, let comparator, let number):
            guard let conditions = Self.moved(rows.conditions, to: period) else { return nil }
            rows.conditions = conditions
            return .counted(rows, comparator, number)
        case .not(let inner): return inner.moved(to: period).map { .not($0) }
        default: return nil
        }
    }

    private static func moved(_ conditions: [Condition], to period: Period) -> [Condition]? {
        let places = conditions.indices.filter { if case .period = conditions[$0] { true } else { false } }
        guard places.count == 1, case .period(let column, _) = conditions[places[0]] else { return nil }
        var moved = conditions
        moved[places[0]] = .period(column, period)
        return moved
    }
}

extension Condition {
    /// The columns it looks at, except within other tables' rows.
    var columns: [ColumnID] {
        switch self {
        case .compare(let column, _, _), .oneOf(let column, _), .text(let column, _, _), .isEmpty(let column),
            .isTrue(let column), .period(let column, _), .cycle(let column, _, _), .beyond(let column, _, _),
            .extreme(let column, _, _):
            [column]
        case .columns(let left, _, let right): [left, right]
        case .related, .counted: []
        case .not(let inner): inner.columns
        case .any(let parts): parts.flatMap(\.columns)
        }
    }

    var isBeyond: Bool {
        switch self {
        case .beyond, .extreme: true
        case .not(let inner): inner.isBeyond
        case .any(let parts): parts.contains(where: \.isBeyond)
        default: false
        }
    }

    /// The same about columns that something else stands for.
    func mapColumns(_ change: (ColumnID) -> ColumnID) -> Condition {
        switch self {
        case .compare(let column, let comparator, let number): .compare(change(column), comparator, number)
        case .oneOf(let column, let values): .oneOf(change(column), values)
        case .text(let column, let match, let text): .text(change(column), match, text)
        case .isEmpty(let column): .isEmpty(change(column))
        case .isTrue(let column): .isTrue(change(column))
        case .period(let column, let period): .period(change(column), period)
        case .cycle(let column, let cycle, let values): .cycle(change(column), cycle, values)
        case .beyond(let column, let comparator, let aggregate): .beyond(change(column), comparator, aggregate)
        case .columns(let left, let comparator, let right): .columns(change(left), comparator, change(right))
        case .extreme(let column, let aggregate, let others):
            .extreme(change(column), aggregate, within: others.map(change))
        case .related, .counted: self
        case .not(let inner): .not(inner.mapColumns(change))
        case .any(let parts): .any(parts.map { $0.mapColumns(change) })
        }
    }
}

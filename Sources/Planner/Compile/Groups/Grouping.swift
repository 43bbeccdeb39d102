/// What a result is split by, with the names of its columns.
struct Grouping: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case column(ColumnID)
        case time(ColumnID?, TimeGrain)
        case cycle(ColumnID?, CalendarCycle)
        case range(ColumnID)
        case segments([Dimension.Segment])
    }

    var kind: Kind
    /// Two for a range: from, and to.
    var names: [String]
    /// Shown beside a group that it follows from.
    var isAttribute = false
    /// Keeps groups apart and is not shown.
    var isHidden = false

    /// What each row must have one value of.
    var column: ColumnID? {
        switch kind {
        case .column(let column), .range(let column): column
        case .time(let column, _), .cycle(let column, _): column
        case .segments: nil
        }
    }

    /// Whether its groups are told by when something happened.
    var isTemporal: Bool {
        switch kind {
        case .time, .cycle: true
        case .column, .range, .segments: false
        }
    }

    var grain: TimeGrain? {
        if case .time(_, let grain) = kind { grain } else { nil }
    }
}

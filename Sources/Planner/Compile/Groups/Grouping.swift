/// What a result is split by, with the names of its columns.
struct Grouping: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case column(ColumnID)
        case time(ColumnID?, TimeGrain)
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
        case .time(let column, _): column
        case .segments: nil
        }
    }

    var grain: TimeGrain? {
        if case .time(_, let grain) = kind { grain } else { nil }
    }
}

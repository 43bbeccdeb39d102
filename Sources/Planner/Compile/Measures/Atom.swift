/// One aggregate over rows of one table.
struct Atom: Sendable, Hashable {
    enum Function: Sendable, Hashable {
        case rows
        /// Different values, or combinations of them.
        case distinct([ColumnID])
        case aggregate(Measure.Aggregate, RowValue)
        /// Curated, with the name of the metric.
        case fragment(String, metric: String)
    }

    struct Snapshot: Sendable, Hashable {
        var start: String
        var end: String
    }

    var base: TableID
    var function: Function
    /// Which rows beside those that the plan asks for.
    var conditions: [Condition] = []
    /// The curated condition.
    var ownFilter: String?
    /// When a row happened; nil for the table's own column.
    var time: ColumnID?
    var snapshot: Snapshot?
    /// Values of parts add up to the value of the whole.
    var isAdditive: Bool

    /// Where no row is, it is zero and not unknown.
    var isZeroWithoutRows: Bool {
        switch function {
        case .rows, .distinct: true
        case .aggregate, .fragment: isAdditive
        }
    }

    var isFragment: Bool {
        if case .fragment = function { true } else { false }
    }

    var fragmentWords: Set<String> {
        var words = ownFilter.map(SQLFragment.words) ?? []
        if case .fragment(let text, _) = function { words.formUnion(SQLFragment.words(text)) }
        return words
    }
}

/// An aggregate over groups that are aggregated first.
struct Nested: Sendable, Hashable {
    var aggregate: Measure.Aggregate
    var measure: Measure
    var by: ColumnID
}

/// A number of the result, made of what is aggregated by itself.
indirect enum Formula: Sendable, Hashable {
    case atom(Atom)
    case nested(Nested)
    /// A whole statement of one value.
    case statement(String)
    case ratio(Formula, Formula)
    case difference(Formula, Formula)
    /// In percent.
    case percent(Formula, of: Formula)
    /// In percent of all groups.
    case share(Formula)
    /// Added up from period to period.
    case running(Formula)

    var isZeroWithoutRows: Bool {
        switch self {
        case .atom(let atom): atom.isZeroWithoutRows
        case .difference(let left, let right): left.isZeroWithoutRows && right.isZeroWithoutRows
        case .running(let inner): inner.isZeroWithoutRows
        case .nested, .statement, .ratio, .percent, .share: false
        }
    }

    var isAdditive: Bool {
        switch self {
        case .atom(let atom): atom.isAdditive
        case .difference(let left, let right): left.isAdditive && right.isAdditive
        case .nested, .statement, .ratio, .percent, .share, .running: false
        }
    }

    var isRunning: Bool {
        if case .running = self { true } else { false }
    }

    /// Whether it looks at other groups than its own.
    var holdsWindow: Bool {
        switch self {
        case .share, .running: true
        case .ratio(let left, let right), .percent(let left, let right), .difference(let left, let right):
            left.holdsWindow || right.holdsWindow
        case .atom, .nested, .statement: false
        }
    }

    /// A quotient as a percentage.
    var inPercent: Formula {
        if case .ratio(let upper, let lower) = self { .percent(upper, of: lower) } else { self }
    }

    /// What is aggregated by itself, in the order of its first use.
    var leaves: [Formula] {
        switch self {
        case .atom, .nested, .statement: [self]
        case .ratio(let left, let right), .percent(let left, let right), .difference(let left, let right):
            left.leaves + right.leaves
        case .share(let inner), .running(let inner): inner.leaves
        }
    }

    func mapAtoms(_ change: (Atom) throws(CompileError) -> Atom) throws(CompileError) -> Formula {
        switch self {
        case .atom(let atom): .atom(try change(atom))
        case .nested, .statement: self
        case .ratio(let left, let right): .ratio(try left.mapAtoms(change), try right.mapAtoms(change))
        case .percent(let left, let right): .percent(try left.mapAtoms(change), of: try right.mapAtoms(change))
        case .difference(let left, let right): .difference(try left.mapAtoms(change), try right.mapAtoms(change))
        case .share(let inner): .share(try inner.mapAtoms(change))
        case .running(let inner): .running(try inner.mapAtoms(change))
        }
    }
}

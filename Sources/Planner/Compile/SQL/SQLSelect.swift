/// One SELECT.
struct SQLSelect: Sendable, Hashable {
    struct Item: Sendable, Hashable {
        var expression: SQLExpression
        /// Nil where nothing asks for a name.
        var name: String?

        init(_ expression: SQLExpression, _ name: String? = nil) {
            self.expression = expression
            self.name = name
        }
    }

    struct Common: Sendable, Hashable {
        var name: String
        var select: SQLSelect
    }

    struct Sort: Sendable, Hashable {
        var expression: SQLExpression
        var isDescending: Bool = false
    }

    var common: [Common] = []
    var isDistinct = false
    var items: [Item] = []
    var from: SQLSource?
    var joins: [SQLJoin] = []
    var conditions: [SQLExpression] = []
    var groups: [SQLExpression] = []
    var having: [SQLExpression] = []
    /// Added below, without duplicates.
    var unions: [SQLSelect] = []
    var order: [Sort] = []
    var limit: Int?
    var offset: Int?
}

/// What rows come from.
indirect enum SQLSource: Sendable, Hashable {
    case table(TableID, isQualified: Bool, name: String)
    case common(String)
    case select(SQLSelect, name: String)
    /// A function of a set, with the name of its column.
    case series([SQLExpression], name: String)

    var name: String {
        switch self {
        case .table(_, _, let name), .common(let name), .select(_, let name), .series(_, let name): name
        }
    }
}

struct SQLJoin: Sendable, Hashable {
    enum Kind: String, Sendable, Hashable {
        case inner = "JOIN"
        case left = "LEFT JOIN"
        case cross = "CROSS JOIN"
    }

    enum Match: Sendable, Hashable {
        case using([String])
        case on([SQLExpression])
        case nothing
    }

    var kind: Kind
    var source: SQLSource
    var match: Match
}

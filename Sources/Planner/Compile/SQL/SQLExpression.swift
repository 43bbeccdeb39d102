import ServiceRuntime

/// A value or a condition of a statement.
indirect enum SQLExpression: Sendable, Hashable {
    /// Of a relation by the name it goes by; without one, a column of the result.
    case column(String?, String)
    case text(String)
    case number(String)
    case day(CivilDate)
    case interval(String)
    case boolean(Bool)
    case null
    /// Curated SQL, taken over as it stands.
    case fragment(String)
    case call(String, [SQLExpression])
    case countRows(filter: SQLExpression?)
    case aggregate(String, [SQLExpression], isDistinct: Bool, filter: SQLExpression?)
    case median(SQLExpression, filter: SQLExpression?)
    case over(SQLExpression, partition: [SQLExpression], order: [SQLExpression])
    case extract(String, SQLExpression)
    case row([SQLExpression])
    case array([SQLExpression])
    case binary(SQLExpression, SQLOperator, SQLExpression)
    case all([SQLExpression])
    case any([SQLExpression])
    case not(SQLExpression)
    case isNull(SQLExpression)
    case isNotNull(SQLExpression)
    case isNotTrue(SQLExpression)
    case among([SQLExpression], SQLExpression, isNegated: Bool)
    case cast(SQLExpression, String)
    case atTimeZone(SQLExpression, String)
    case choice([SQLBranch], otherwise: SQLExpression?)
    case exists(SQLSelect)
    case scalar(SQLSelect)
}

/// One case of a choice.
struct SQLBranch: Sendable, Hashable {
    var condition: SQLExpression
    var value: SQLExpression
}

enum SQLOperator: String, Sendable, Hashable {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
    case isDistinct = "IS DISTINCT FROM"
    case isNotDistinct = "IS NOT DISTINCT FROM"
    case matches = "ILIKE"
    case matchesNot = "NOT ILIKE"
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"

    /// How tightly it binds.
    var precedence: Int {
        switch self {
        case .isDistinct, .isNotDistinct: 4
        case .equal, .notEqual, .less, .atMost, .greater, .atLeast: 5
        case .matches, .matchesNot: 6
        case .plus, .minus: 8
        case .times, .divided: 9
        }
    }

    init(_ comparator: Comparator) {
        switch comparator {
        case .equal: self = .equal
        case .notEqual: self = .notEqual
        case .less: self = .less
        case .atMost: self = .atMost
        case .greater: self = .greater
        case .atLeast: self = .atLeast
        }
    }
}

extension SQLExpression {
    static func number(_ value: Int) -> SQLExpression { .number(String(value)) }

    /// Decimal division that gives nothing where the divisor is zero.
    static func ratio(_ upper: SQLExpression, _ lower: SQLExpression) -> SQLExpression {
        .binary(.cast(upper, "numeric"), .divided, .call("NULLIF", [lower, .number(0)]))
    }

    /// The same in percent; the factor makes it decimal.
    static func percent(_ upper: SQLExpression, of lower: SQLExpression) -> SQLExpression {
        let hundredfold = SQLExpression.binary(.number("100.0"), .times, upper)
        return .binary(hundredfold, .divided, .call("NULLIF", [lower, .number(0)]))
    }

    /// Zero where there is nothing.
    var orZero: SQLExpression { .call("COALESCE", [self, .number(0)]) }
}

/// What a question has said so far, on its way to a plan.
struct Draft {
    /// A condition with the table whose rows it speaks of.
    struct Filter: Sendable, Hashable {
        var table: Int
        var condition: Condition
        /// The table of related rows that it was said of: "customers with an order over 100".
        var scope: Int?
        /// Implied by what the rows were called: "payments" are what was paid, unless another state is named.
        var isImplied = false

        /// "payments that failed" have not been paid.
        func givesWay(among filters: [Filter]) -> Bool {
            guard isImplied, case .oneOf(let column, let values) = condition else { return false }
            return filters.contains { other in
                guard !other.isImplied, case .oneOf(column, let others) = other.condition else { return false }
                return Set(values).isDisjoint(with: others)
            }
        }
    }

    /// Rows of another table that must, or must not, be there.
    struct Relation: Sendable, Hashable {
        var table: Int
        var isNegated: Bool
        var filters: [Filter] = []
        var time: Period?
        var timeColumn: Int?
        /// How many of them there must be, where more than one is said.
        var count: Count?
        /// A verb that only leads to what stands behind it.
        var isVerb = false
    }

    /// A number of rows, or of the different values that a column has in them, held against another one.
    struct Count: Sendable, Hashable {
        var comparator: Comparator
        var number: NumberLiteral
        var distinct: Int?
    }

    enum Number: Sendable, Hashable {
        case metric(Int)
        case count(Int)
        case countDistinct(Int)
        case aggregate(Measure.Aggregate, Int)
        case duration(Measure.Aggregate, Int, Int, RowValue.DurationUnit)
        /// Parts of rows with conditions.
        case part(Int, [Condition])
        case ratio([Condition], [Condition], Int)
        case averagePerGroup(table: Int, by: Int)
        case built(Measure, Int)
        case share(table: Int?, column: Int?)
    }

    struct Rank: Sendable, Hashable {
        var isDescending: Bool
        var limit: Int?
    }

    var subject: Int?
    var numbers: [Number] = []
    var columns: [Int] = []
    var groups: [Dimension] = []
    /// Tables that are grouped by as entities.
    var entities: [Int] = []
    var filters: [Filter] = []
    var relations: [Relation] = []
    var having: [(number: Number, Comparator, NumberLiteral)] = []
    var rank: Rank?
    /// What rows or groups are ranked by, where it is not the first number.
    var rankNumber: Number?
    var rankColumn: Int?
    var order: [(key: OrderKey, isDescending: Bool)] = []
    var time: Period?
    var timeColumn: Int?
    var grain: TimeGrain?
    var comparison: Plan.Comparison?
    var cycle: CalendarCycle?
    /// Days of the week or months of the year that rows must fall on.
    var cycles: [(cycle: CalendarCycle, values: [Int])] = []
    /// They are held against each other.
    var hasCycleParts = false
    var isDistinct = false
    /// Values of one column are held against each other.
    var isCompared = false
    var isShare = false
    var isDistribution = false
    var includesEmpty = false
    /// Places behind the point that numbers are rounded to.
    var decimals: Int?
    var presentation = Plan.Presentation.automatic
    var assumptions: [String] = []

    enum OrderKey: Sendable, Hashable {
        case number(Number), column(Int)
        /// The periods that numbers are split by.
        case period
    }
}

/// What a question asks of the data, complete enough to be compiled and small enough to be shown, edited and compared.
///
/// Periods stand as they were said, so that the same question has the same plan every day.
package struct Plan: Sendable, Hashable, Codable {
    package var recipe: Recipe
    /// The table whose rows are listed, counted or held against conditions; nil where measures name their own.
    package var subject: TableID?
    /// What is computed, in the order of the columns; the first is what the question is about.
    package var measures: [Measure]
    /// What it is split by.
    package var dimensions: [Dimension]
    /// Columns of the rows of a list, or shown beside each group that they follow from.
    package var columns: [ColumnID]
    /// All of them hold for every row that counts.
    package var conditions: [Condition]
    package var time: TimeScope?
    package var comparison: Comparison?
    /// Of groups.
    package var having: [Having]
    package var order: [Order]
    package var limit: Int?
    /// In which order the rows stand that `order` and `limit` have picked; nil where in the same.
    package var reordered: [Order]?
    /// So many rows before them were shown already: "the next five".
    package var offset: Int?
    /// Groups or rows that occur in no fact still show, with zero or nothing; dates without rows always do.
    package var includesEmpty: Bool
    package var presentation: Presentation
    /// Places behind the point that measures are rounded to; nil for all there are.
    package var decimals: Int?

    package init(
        recipe: Recipe, subject: TableID? = nil, measures: [Measure] = [], dimensions: [Dimension] = [],
        columns: [ColumnID] = [], conditions: [Condition] = [], time: TimeScope? = nil,
        comparison: Comparison? = nil, having: [Having] = [], order: [Order] = [], limit: Int? = nil,
        includesEmpty: Bool = false, presentation: Presentation = .automatic,
        decimals: Int? = nil, offset: Int? = nil, reordered: [Order]? = nil
    ) {
        self.recipe = recipe
        self.subject = subject
        self.measures = measures
        self.dimensions = dimensions
        self.columns = columns
        self.conditions = conditions
        self.time = time
        self.comparison = comparison
        self.having = having
        self.order = order
        self.limit = limit
        self.offset = offset
        self.includesEmpty = includesEmpty
        self.presentation = presentation
        self.decimals = decimals
        self.reordered = reordered
    }
}

extension Plan {
    package enum Recipe: String, Sendable, Hashable, Codable {
        /// One row of measures.
        case value
        /// Measures by dimensions.
        case breakdown
        /// Measures at a grain of time, without gaps.
        case trend
        /// The first or last so many groups.
        case ranking
        /// Each group's part of the whole; or the part of the rows that meets a condition.
        case share
        /// A period beside another one.
        case comparison
        /// All that a period brought, a row for each measure, beside the period before.
        case review
        /// Rows with conditions.
        case list
        /// The distinct values or combinations of `columns`.
        case distinct
        /// How many rows fall into which range of a number, or have which value.
        case distribution
        /// What a metric means: `measures` names it; no SQL.
        case definition
        /// What can be asked of `subject`; no SQL.
        case description
    }

    package enum Presentation: String, Sendable, Hashable, Codable {
        case automatic, chart, table
    }

    /// Which rows by time.
    package struct TimeScope: Sendable, Hashable, Codable {
        /// The column that is meant; nil for each measure's own.
        package var column: ColumnID?
        package var period: Period

        package init(column: ColumnID? = nil, period: Period) {
            self.column = column
            self.period = period
        }
    }

    package enum Comparison: Sendable, Hashable {
        /// With the period of the same length before.
        case previousPeriod
        /// With the same period a year before.
        case yearBefore
        /// With a period of its own.
        case with(Period)
    }

    package struct Having: Sendable, Hashable, Codable {
        /// It need not be shown.
        package var measure: Measure
        package var comparator: Comparator
        package var number: NumberLiteral

        package init(measure: Measure, comparator: Comparator, number: NumberLiteral) {
            self.measure = measure
            self.comparator = comparator
            self.number = number
        }
    }

    package struct Order: Sendable, Hashable, Codable {
        package enum Key: Sendable, Hashable, Codable {
            /// An index into `measures`, `dimensions` or `columns`.
            case measure(Int), dimension(Int), column(Int)
            /// A column that is not shown.
            case hidden(ColumnID)
            /// A measure that is not shown.
            case hiddenMeasure(Measure)
            /// The change that a comparison shows.
            case change
        }

        package var key: Key
        package var isDescending: Bool

        package init(_ key: Key, isDescending: Bool = false) {
            self.key = key
            self.isDescending = isDescending
        }
    }
}

/// A governed number: one definition, one place.
package struct Metric: Sendable, Codable, Equatable {
    package enum Kind: Sendable, Codable, Equatable {
        case sum, count, countDistinct, average
        case ratio(numerator: String, denominator: String)
        /// A stock as of a moment: rows whose `start` column has passed and whose `end` has not.
        case snapshot(start: String, end: String)
    }

    package enum Direction: String, Sendable, Codable {
        case up, down
    }

    package var name: String
    package var definition: String
    /// The table, or several separated by commas, as the published format has it.
    package var table: String
    package var calculation: String
    package var synonyms: [String]
    /// An aggregate expression over the table, for example `SUM(mrr)`.
    package var expression: String?
    /// A condition over the table's rows, without WHERE.
    package var filter: String?
    package var timeColumn: String?
    package var kind: Kind?
    package var dimensions: [String]
    package var unit: String?
    package var goodDirection: Direction?
    package var minimumImpact: Double?
    package var owner: String?

    package init(
        name: String, definition: String, table: String, calculation: String, synonyms: [String] = [],
        expression: String? = nil, filter: String? = nil, timeColumn: String? = nil, kind: Kind? = nil,
        dimensions: [String] = [], unit: String? = nil, goodDirection: Direction? = nil,
        minimumImpact: Double? = nil, owner: String? = nil
    ) {
        self.name = name
        self.definition = definition
        self.table = table
        self.calculation = calculation
        self.synonyms = synonyms
        self.expression = expression
        self.filter = filter
        self.timeColumn = timeColumn
        self.kind = kind
        self.dimensions = dimensions
        self.unit = unit
        self.goodDirection = goodDirection
        self.minimumImpact = minimumImpact
        self.owner = owner
    }
}

/// Where an answer comes from.
package struct Provenance: Sendable, Codable, Equatable {
    package struct Definition: Sendable, Codable, Equatable {
        package var name: String
        package var text: String

        package init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// Latest moment a table holds data for.
    package struct Freshness: Sendable, Codable, Equatable {
        package var table: String
        package var column: String
        /// As the server printed it.
        package var latest: String

        package init(table: String, column: String, latest: String) {
            self.table = table
            self.column = column
            self.latest = latest
        }
    }

    package var definitions: [Definition]
    package var filters: [String]
    package var period: String?
    package var tables: [String]
    package var freshness: [Freshness]
    package var statements: [String]
    /// The validated query that was used, by name.
    package var validatedQuery: String?

    package init(
        definitions: [Definition] = [], filters: [String] = [], period: String? = nil, tables: [String] = [],
        freshness: [Freshness] = [], statements: [String] = [], validatedQuery: String? = nil
    ) {
        self.definitions = definitions
        self.filters = filters
        self.period = period
        self.tables = tables
        self.freshness = freshness
        self.statements = statements
        self.validatedQuery = validatedQuery
    }
}

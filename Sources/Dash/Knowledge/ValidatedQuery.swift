/// A statement that was run and found right, with what it answers.
package struct ValidatedQuery: Sendable, Codable, Equatable {
    /// What a view was made from, as it was then.
    package struct Origin: Sendable, Codable, Equatable {
        /// The curated query or metric.
        package var name: String
        /// Its statement: the order, the limit and the sums of the view's rows are those of this.
        package var sql: String
        /// Units of the columns that have one.
        package var units: [String: String]

        package init(name: String, sql: String, units: [String: String] = [:]) {
            self.name = name
            self.sql = sql
            self.units = units
        }
    }

    package var name: String
    package var description: String
    package var sql: String
    /// Further questions it answers, in people's words.
    package var questions: [String]
    /// Relations it reads, as `schema.name`, found when it was last run; empty before.
    package var tables: [String]
    /// Columns it returns, found when it was last run; empty before.
    package var columns: [String]
    /// For a view that was made word for word from curated knowledge; nil for every other query.
    package var origin: Origin?
    /// What its statement and its questions leave open; without values for all of them it does not run.
    package var parameters: [QueryParameter] { open ?? [] }
    /// Nil where there are none, as in what was stored before there could be any.
    private var open: [QueryParameter]?

    private enum CodingKeys: String, CodingKey {
        case name, description, sql, questions, tables, columns, origin
        case open = "parameters"
    }

    package init(
        name: String, description: String, sql: String, questions: [String] = [], tables: [String] = [],
        columns: [String] = [], origin: Origin? = nil, parameters: [QueryParameter] = []
    ) {
        self.name = name
        self.description = description
        self.sql = sql
        self.questions = questions
        self.tables = tables
        self.columns = columns
        self.origin = origin
        open = parameters.isEmpty ? nil : parameters
    }
}

extension ValidatedQuery {
    /// What can be read off the statement that says how its rows come about.
    var outline: SQLOutline { SQLOutline.curated(origin?.sql ?? sql) }

    /// Whether it reads only what Dash has built.
    var readsBuilt: Bool { tables.contains { $0.hasPrefix("dash.") } }
}

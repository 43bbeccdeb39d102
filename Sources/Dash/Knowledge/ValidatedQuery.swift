/// A statement that was run and found right, with what it answers.
package struct ValidatedQuery: Sendable, Codable, Equatable {
    package var name: String
    package var description: String
    package var sql: String
    /// Further questions it answers, in people's words.
    package var questions: [String]
    /// Relations it reads, as `schema.name`, found when it was last run; empty before.
    package var tables: [String]
    /// Columns it returns, found when it was last run; empty before.
    package var columns: [String]

    package init(
        name: String, description: String, sql: String, questions: [String] = [], tables: [String] = [],
        columns: [String] = []
    ) {
        self.name = name
        self.description = description
        self.sql = sql
        self.questions = questions
        self.tables = tables
        self.columns = columns
    }
}

/// A known trap of the data and the way around it.
package struct Gotcha: Sendable, Codable, Equatable {
    package var issue: String
    package var tables: [String]
    package var solution: String

    package init(issue: String, tables: [String], solution: String) {
        self.issue = issue
        self.tables = tables
        self.solution = solution
    }
}

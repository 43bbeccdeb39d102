/// Thrown where a run has used up one of its limits. A tool lets it pass: it ends the agent, not the process.
package struct BudgetReached: Error, Sendable, Equatable, CustomStringConvertible {
    package var limit: BudgetLimit

    package init(_ limit: BudgetLimit) {
        self.limit = limit
    }

    package var description: String { "the run's limit of \(limit.noun) was reached" }
}

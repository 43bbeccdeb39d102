/// Hard limits of one run, over all its agents.
///
/// The defaults leave room for one long question: a leader and a specialist with about ten turns each, whose prompts
/// grow with every result they read.
package struct RunBudget: Sendable, Equatable {
    package var modelCalls = 24
    package var toolCalls = 48
    package var statements = 20
    /// Input and output together. Counted after each answer, so the last one may overshoot.
    package var tokens = 400_000
    package var seconds = 300

    package init() {}

    package subscript(limit: BudgetLimit) -> Int {
        switch limit {
        case .modelCalls: modelCalls
        case .toolCalls: toolCalls
        case .statements: statements
        case .tokens: tokens
        case .seconds: seconds
        }
    }

    /// A sentence's end that names the limit, for example `the run's limit of 20 SQL statements was reached`.
    package func sentence(for limit: BudgetLimit) -> String {
        "the run's limit of \(self[limit]) \(limit.noun) was reached"
    }
}

/// Which hard limit of a run was reached.
package enum BudgetLimit: String, Sendable, Codable, CaseIterable {
    case modelCalls, toolCalls, statements, tokens, seconds

    /// For sentences, as in "the run's limit of 24 model calls".
    var noun: String {
        switch self {
        case .modelCalls: "model calls"
        case .toolCalls: "tool calls"
        case .statements: "SQL statements"
        case .tokens: "tokens"
        case .seconds: "seconds"
        }
    }
}

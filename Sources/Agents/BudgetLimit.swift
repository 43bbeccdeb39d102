/// Which hard limit of a run was reached.
package enum BudgetLimit: String, Sendable, Codable, CaseIterable {
    case modelCalls, toolCalls, statements, tokens, seconds
}

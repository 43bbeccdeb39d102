import Planner

/// A question's plan with the statement that computes it, as the planner gave them to a run.
struct PlannedStatement: Sendable, Codable, Equatable {
    var question: PlannedQuestion
    var statement: CompiledPlan
    /// Whether everything that it computes, splits and filters by is declared in curated knowledge.
    var isCurated: Bool
    /// Whether a model chose the words or the reading rather than the person, who may have asked for more; nil where not.
    var isReworded: Bool?

    /// Nothing of the question is left over.
    var coversAll: Bool { question.unused.isEmpty }

    /// What the answer says beside its numbers: what was taken for granted, left over, or is not to be seen in them.
    var caveats: [String] {
        var caveats = question.assumptions + statement.caveats
        if !question.unused.isEmpty {
            caveats.append("Not used of the question: \(question.unused.map { "“\($0)”" }.joinedAsList).")
        }
        return caveats
    }
}

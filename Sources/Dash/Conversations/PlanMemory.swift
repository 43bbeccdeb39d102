package import Planner

/// What an answer leaves for the rest of its conversation: the plan that a follow-up edits, the readings that were offered,
/// and what words were decided to mean.
///
/// It is kept with the answer, so that every replica goes on from the same place. What another version wrote and this one
/// cannot read is left out; the answer stays.
package struct PlanMemory: Sendable, Codable, Equatable {
    /// The plan that answered, or the one that gave the same numbers as the query which did.
    package var answered: PlannedQuestion?
    /// Where a fixed query answered: plans of the same question whose numbers nobody has compared with it yet.
    package var likely: [PlannedQuestion]
    /// Of a question back, in the order of its choices.
    package var offered: [Clarification.Choice]
    /// Of the whole conversation so far, oldest first.
    package var decisions: [Adjustment]

    package init(
        answered: PlannedQuestion? = nil, likely: [PlannedQuestion] = [], offered: [Clarification.Choice] = [],
        decisions: [Adjustment] = []
    ) {
        self.answered = answered
        self.likely = likely
        self.offered = offered
        self.decisions = decisions
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        answered = try? container.decodeIfPresent(PlannedQuestion.self, forKey: .answered)
        likely = (try? container.decodeIfPresent([PlannedQuestion].self, forKey: .likely)) ?? []
        offered = (try? container.decodeIfPresent([Clarification.Choice].self, forKey: .offered)) ?? []
        decisions = (try? container.decodeIfPresent([Adjustment].self, forKey: .decisions)) ?? []
    }
}

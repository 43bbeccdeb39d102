package import Planner

/// Asks again what corrections were proved with.
package enum LearningReplay {
    package struct Problem: Sendable, Equatable {
        package var learning: Int64
        /// One sentence: what no longer holds.
        package var text: String
    }

    /// What no longer has the plan it was taught; nothing is taken out of use for it.
    ///
    /// - Parameter plan: reads a question where these adjustments apply.
    package static func problems(
        _ learnings: [Learning], plan: (String, [Adjustment]) -> PlanOutcome
    ) -> [Problem] {
        learnings.compactMap { learning in
            guard learning.state != .reverted, let teaching = learning.teaching else { return nil }
            let regression = teaching.regression
            // What applied when it was taught: what is for everybody or for the place, and what its author said.
            let applying = learnings.filter { other in
                other.state != .reverted && other.id <= learning.id
                    && (other.scope == .everyone || other.author == learning.author
                        || other.scope == .channel && other.place == learning.place)
            }.sorted { $0.id < $1.id }.compactMap(\.teaching?.adjustment)
            let said = "“\(regression.question)” (\(teaching.adjustment.sentence))"
            switch plan(regression.question, applying) {
            case .plan(let planned) where planned.plan == regression.plan: return nil
            case .plan: return Problem(learning: learning.id, text: "\(said) has another plan than it was taught.")
            case .clarify(let question):
                return Problem(learning: learning.id, text: "\(said) is not clear any more: \(question.text)")
            case .declined(let decline):
                return Problem(learning: learning.id, text: "\(said) has no plan any more: \(decline.text)")
            }
        }
    }
}

import Planner

extension Planner {
    /// What the last of several texts comes to, each said after the ones before; nil where one before it has no plan.
    func outcome(of texts: [String]) -> PlanOutcome? {
        var outcome: PlanOutcome?
        for text in texts {
            var earlier: Plan?
            if case .plan(let planned)? = outcome { earlier = planned.plan }
            if outcome != nil, earlier == nil { return nil }
            outcome = plan(text, context: PlanContext(earlier: earlier))
        }
        return outcome
    }
}

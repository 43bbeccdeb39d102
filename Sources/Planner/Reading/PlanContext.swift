/// What stands before a question: the plan that was answered last, and what was decided or learned.
package struct PlanContext: Sendable, Hashable {
    package var earlier: Plan?
    /// Choices of this conversation and learned changes, of every kind.
    package var remembered: [Adjustment]

    package init(earlier: Plan? = nil, remembered: [Adjustment] = []) {
        self.earlier = earlier
        self.remembered = remembered
    }
}

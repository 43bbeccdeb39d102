package import Planner
package import ServiceRuntime

/// How a question would be read and computed, for whoever wants to see it.
package struct PlanPreview: Sendable, Encodable {
    package struct Reading: Sendable, Encodable {
        /// What tells it from the others, where there are several.
        package var label: String?
        package var hash: String
        package var planned: PlannedQuestion
        package var sql: String?
        package var tables: [String] = []
        package var filters: [String] = []
        package var period: String?
        package var caveats: [String] = []
        /// Whether all of it is declared in curated knowledge.
        package var isCurated = false
        /// Why it has no statement.
        package var failure: String?
    }

    package enum Outcome: String, Sendable, Encodable {
        case plan, clarify, declined
    }

    package var question: String
    package var outcome: Outcome
    /// The validated query that answers it with the values that it says, and the statement with them.
    package var validatedQuery: String?
    package var querySQL: String?
    /// The question back, or why there is no plan.
    package var text: String?
    /// One for a plan, several to choose from, or none.
    package var readings: [Reading]
    package var unknown: [String] = []
    package var suggestions: [String] = []
    package var microseconds: Int
}

extension PlanningState {
    /// Reads a question on its own, without what was said before it.
    package func preview(_ question: String, remembering adjustments: [Adjustment] = [], today: CivilDate)
        -> PlanPreview
    {
        var preview = ownPreview(question, adjustments, today)
        if let query = query(asked: question, today: today) {
            (preview.validatedQuery, preview.querySQL) = (query.name, query.sql)
        }
        return preview
    }

    private func ownPreview(_ question: String, _ adjustments: [Adjustment], _ today: CivilDate) -> PlanPreview {
        let start = ContinuousClock.now
        let outcome = planner.plan(question, context: PlanContext(remembered: adjustments))
        let elapsed = Int(start.duration(to: .now) / .microseconds(1))
        switch outcome {
        case .plan(let planned):
            return PlanPreview(
                question: question, outcome: .plan, readings: [reading(planned, today)], microseconds: elapsed)
        case .clarify(let clarification):
            return PlanPreview(
                question: question, outcome: .clarify, text: clarification.text,
                readings: clarification.choices.map { reading($0.question, today, $0.label) }, microseconds: elapsed)
        case .declined(let decline):
            return PlanPreview(
                question: question, outcome: .declined, text: decline.text, readings: [], unknown: decline.unknown,
                suggestions: decline.suggestions, microseconds: elapsed)
        }
    }

    private func reading(_ planned: PlannedQuestion, _ today: CivilDate, _ label: String? = nil) -> PlanPreview.Reading
    {
        var reading = PlanPreview.Reading(label: label, hash: planned.plan.hash, planned: planned)
        switch statement(of: planned, today: today) {
        case .success(let planned):
            reading.sql = planned.statement.sql
            reading.tables = planned.statement.tables.map(\.description)
            reading.filters = planned.statement.filters
            reading.period = planned.statement.period
            reading.caveats = planned.statement.caveats
            reading.isCurated = planned.isCurated
        case .failure(let error): reading.failure = error.description
        }
        return reading
    }
}

import Planner

/// What a view is made from: a validated query, or a curated metric as it is defined, at most by one of its dimensions.
///
/// Plans with days in them make no view: it would go on to show the days of its making.
struct ViewSource {
    let sql: String
    /// Of the query or metric.
    let name: String
    /// For people: `the metric Revenue`.
    let title: String
    let description: String
    /// The period that the query says it covers.
    let window: String?

    init?(_ candidate: Candidate) {
        guard let statement = Statement(candidate) else { return nil }
        let query = candidate.query
        sql = statement.sql
        name = query.name
        title = "the validated query \(query.name)"
        description = query.description.hasSuffix(".") ? query.description : query.description + "."
        window = ProvenanceBuilder.window(of: query)
    }

    init?(_ seen: SeenPlan.Planned, _ knowledge: KnowledgeView) {
        guard let sql = seen.viewSQL, let metric = Self.metric(of: seen, knowledge) else { return nil }
        self.sql = sql
        name = metric.name
        title = "the metric \(metric.name)"
        description = "\(metric.name): \(metric.definition)"
        window = nil
    }

    private static func metric(of seen: SeenPlan.Planned, _ knowledge: KnowledgeView) -> Metric? {
        let plan = seen.plan
        guard seen.isCurated, seen.question.unused.isEmpty, plan.measures.count == 1,
            case .metric(let name) = plan.measures[0], [.value, .breakdown].contains(plan.recipe), plan.limit == nil,
            plan.having.isEmpty, plan.columns.isEmpty, plan.dimensions.count <= 1
        else { return nil }
        return knowledge.metrics.first { $0.name == name }
    }
}

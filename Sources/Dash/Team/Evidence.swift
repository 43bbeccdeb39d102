/// Where a kept result's statement comes from: what an answer's badge is computed from.
enum Evidence: Sendable, Codable, Equatable {
    /// A validated query, word for word; curated in a file, or kept by agents.
    case query(ValidatedQuery, isCurated: Bool)
    /// A plan's statement, byte for byte as the planner compiled it.
    case plan(PlannedStatement)
    /// Put together by rules from curated knowledge.
    case derived
    /// Written by a model.
    case generated
}

/// Where a kept result's statement comes from: what an answer's badge is computed from.
enum Evidence: Sendable, Codable, Equatable {
    /// A validated query, word for word; curated in a file, or kept by agents.
    case query(ValidatedQuery, isCurated: Bool)
    /// A curated metric as its definition says, at most by one of its declared dimensions.
    case metric(Metric)
    /// Put together by rules from curated knowledge.
    case derived
    /// Written by a model.
    case generated

    var badge: Badge {
        switch self {
        case .query(_, isCurated: true), .metric: .verified
        case .query(_, isCurated: false), .derived: .derived
        case .generated: .generated
        }
    }
}

/// How far an answer can be trusted, computed from evidence.
package enum Badge: String, Sendable, Codable {
    /// A validated query or a curated metric answered, and its checks passed.
    case verified
    /// Computed from curated knowledge, but part of it was inferred.
    case derived
    /// A model wrote the SQL; it ran and its checks passed.
    case generated
    /// Something is missing or unclear.
    case needsInput

    /// For people, for example `Needs input`.
    package var label: String {
        switch self {
        case .verified: "Verified"
        case .derived: "Derived"
        case .generated: "Generated"
        case .needsInput: "Needs input"
        }
    }
}

/// Something in a knowledge file that could not be read, or that no longer holds.
package struct KnowledgeProblem: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Severity: String, Sendable {
        /// The entry was left out, or is wrong: commands exit with 1.
        case error
        /// Worth knowing; the entry is used all the same.
        case notice
    }

    package var severity: Severity
    /// Relative to the knowledge folder; `saved` or `engineer` for what agents stored.
    package var file: String
    /// Counted from 1.
    package var line: Int?
    /// For example `metric "Churn Rate"` or `metrics[3]`.
    package var entry: String?
    package var cause: String

    package init(
        _ severity: Severity = .error, file: String, line: Int? = nil, entry: String? = nil, cause: String
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.entry = entry
        self.cause = cause
    }

    /// For example `business/metrics.json, metric "Churn Rate": "table" is missing`.
    package var description: String {
        var place = file
        if let line { place += ":\(line)" }
        if let entry { place += ", \(entry)" }
        return "\(place): \(cause)"
    }
}

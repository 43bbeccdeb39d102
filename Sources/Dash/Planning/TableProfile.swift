import FoundationEssentials
import Planner
import ServiceRuntime

/// What the planner wants to know of a table's rows: the texts that occur in its columns, and how far its times reach.
struct TableProfile: Sendable, Codable, Equatable {
    struct Texts: Sendable, Codable, Equatable {
        /// Sorted; empty where there are too many to be a vocabulary.
        var values: [String]
        /// False where only a sample was read.
        var isComplete: Bool
    }

    var texts: [String: Texts] = [:]
    /// The newest day of a column with times, as `2026-03-29`.
    var newest: [String: String] = [:]
    /// Columns of keys that only the knowledge files declare: whether each value occurs once.
    var isUnique: [String: Bool] = [:]
    /// Everything that was looked at, whatever came of it: a column that is not among these has to be read.
    var columns: [String] = []

    /// With when it was read.
    struct Stored: Sendable, Equatable {
        var profile: TableProfile
        /// As the server had counted them.
        var changes: Int?
        var milliseconds: Int
        var readAt: Date
    }
}

extension TableProfile.Stored {
    /// Whether the table has to be read again: it has changed, and reading takes little time beside that since the last.
    func isStale(_ facts: RelationFacts?, wanting columns: [String], now: Date) -> Bool {
        // Also one too many: nobody wants its texts kept any more.
        if Set(columns) != Set(profile.columns) { return true }
        let age = now.timeIntervalSince(readAt)
        guard let changes = facts?.changes else {
            return age > max(TableProfile.shortestAgeOfViews, Double(milliseconds))
        }
        return changes != self.changes && age >= min(TableProfile.longestPause, Double(milliseconds) / 20)
    }
}

extension TableProfile {
    /// Seconds: what a view shows may change without a trace. Computing it takes at most a thousandth of the time.
    static let shortestAgeOfViews = 900.0
    /// Seconds: reading a table that changes all the time takes at most a fiftieth of the time, but an hour is long enough
    /// for any.
    static let longestPause = 3_600.0
}

import ServiceRuntime

/// The values of a column that may have been meant by one that does not occur.
struct NearestValues: Sendable {
    static let most = 5
    /// Longer ones are no names of anything.
    static let longest = 100

    /// Best first; where none is near, all of them if they are few.
    let values: [String]
    /// False where they are just all there are.
    let areNear: Bool

    init(to wanted: String, among values: [String]) {
        let wanted = Self.normal(wanted)
        let candidates = values.filter { !$0.isEmpty && $0.count < Self.longest }
        let near = candidates.compactMap { value in
            Self.distance(wanted, Self.normal(value)).map { (value: value, rank: $0.rank, edits: $0.edits) }
        }.sorted { ($0.rank, $0.edits, $0.value) < ($1.rank, $1.edits, $1.value) }
        areNear = !near.isEmpty
        self.values =
            near.isEmpty
            ? (candidates.count <= Self.most ? candidates.sorted() : []) : near.prefix(Self.most).map(\.value)
    }

    /// Case, white space and what joins words make no difference.
    private static func normal(_ text: String) -> String {
        text.lowercased().split { $0.isWhitespace || $0 == "_" || $0 == "-" }.joined(separator: " ")
    }

    private static func distance(_ wanted: String, _ value: String) -> (rank: Int, edits: Int)? {
        guard !wanted.isEmpty, !value.isEmpty else { return nil }
        if wanted == value { return (0, 0) }
        let lengths = abs(wanted.count - value.count)
        // Of a letter or two nearly everything begins with one.
        if min(wanted.count, value.count) >= 3 {
            if value.hasPrefix(wanted) || wanted.hasPrefix(value) { return (1, lengths) }
            if value.contains(wanted) || wanted.contains(value) { return (2, lengths) }
        }
        let allowed = wanted.count < 4 ? 1 : max(2, wanted.count / 4)
        // Codes of digits that differ are different codes.
        guard lengths <= allowed, wanted.contains(where: \.isLetter) else { return nil }
        let edits = wanted.editDistance(to: value)
        return edits <= allowed ? (3, edits) : nil
    }
}

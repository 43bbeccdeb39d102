import Planner

/// Puts a question together with what it continues.
struct FollowUp {
    let text: String
    /// What the person asked before, oldest first.
    let earlier: [String]
    /// Whether the text names something to measure or count by itself.
    var isMeasured = true

    private static let openings: Set<String> = [
        "by", "per", "and", "only", "same", "for", "in", "instead", "with", "without", "now", "also", "then", "but",
        "on", "as",
    ]
    private static let asking: Set<String> = [
        "what", "whats", "which", "how", "who", "whose", "when", "where", "why", "is", "are", "do", "does", "did",
        "can",
        "show", "give", "list", "tell",
    ]

    /// Whether the text leans on what was said before.
    var isElliptic: Bool { Self.isElliptic(text) || isFragment }

    /// Neither a measure nor a question of its own: it says how to show what was asked before.
    private var isFragment: Bool {
        !isMeasured && !earlier.isEmpty && !(Words.plain(text).first.map(Self.asking.contains) ?? true)
    }

    /// The text behind "no, I meant …", which puts a question right.
    static func restated(_ text: String) -> String? {
        let words = Words.plain(text)
        for opening in [["no", "i", "meant"], ["no", "i", "mean"], ["i", "meant"], ["sorry", "i", "meant"]]
        where words.starts(with: opening) && words.count > opening.count {
            return words.dropFirst(opening.count).joined(separator: " ")
        }
        return nil
    }

    /// The question in its possible full readings, most likely first. A text that leans on nothing has one.
    ///
    /// What could not be answered is no context: it neither carries a follow-up nor changes what it leans on.
    func readings(isAnswerable: (Reading) -> Bool) -> [Reading] {
        guard isElliptic else { return [Reading(text)] }
        var chain: [String] = []
        for question in earlier.reversed() {
            guard Intent(question) == .question else { continue }
            let isElliptic = Self.isElliptic(question)
            if !isElliptic, !isAnswerable(Reading(question)) { continue }
            chain.insert(question, at: 0)
            if !isElliptic { break }
        }
        guard let first = chain.first, !Self.isElliptic(first) else { return [] }
        var bases = [Reading(first)]
        let edits = Array(chain.dropFirst()) + [text]
        for (index, question) in edits.enumerated() {
            let edit = Reading(question)
            let edited = bases.flatMap { base in
                edit.groups.isEmpty || base.groups.isEmpty
                    ? [base.continued(by: edit, replacingGroups: false)]
                    : [
                        base.continued(by: edit, replacingGroups: true),
                        base.continued(by: edit, replacingGroups: false),
                    ]
            }
            if index == edits.count - 1 || edited.contains(where: isAnswerable) { bases = Array(edited.prefix(4)) }
        }
        return Array(bases.prefix(4))
    }

    private static func isElliptic(_ text: String) -> Bool {
        let words = Words.plain(text)
        guard let first = words.first else { return false }
        if openings.contains(first) { return true }
        let start = words.prefix(2).joined(separator: " ")
        if start == "what about" || start == "how about" { return true }
        if first == "no", words.count > 1 { return isElliptic(words.dropFirst().joined(separator: " ")) }
        // "last year instead", "top 3"
        let reading = Reading(text)
        return words.last == "instead" || (reading.core.isEmpty && (!reading.windows.isEmpty || reading.rank != nil))
    }
}

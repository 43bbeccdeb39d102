import Planner

/// Words that continue what was said before rather than stand alone.
enum FollowUp {
    /// The text behind "no, I meant …", which puts a question right.
    static func restated(_ text: String) -> String? {
        let words = Words.plain(text)
        for opening in [["no", "i", "meant"], ["no", "i", "mean"], ["i", "meant"], ["sorry", "i", "meant"]]
        where words.starts(with: opening) && words.count > opening.count {
            return words.dropFirst(opening.count).joined(separator: " ")
        }
        return nil
    }

    /// Whether a few words point at what was said before and name too little to be a question of their own: "how many?",
    /// "compare them", "why did it rise?".
    static func isPointing(_ text: String) -> Bool {
        let words = Words.plain(text)
        guard (1...7).contains(words.count) else { return false }
        if ["how many", "how much", "who", "both", "why", "which one", "which ones", "yes", "no"].contains(
            words.joined(separator: " "))
        {
            return true
        }
        if words.count <= 3,
            ["how many", "how much", "which one", "which ones"].contains(words.prefix(2).joined(separator: " "))
        {
            return true
        }
        let pronouns: Set<String> = ["it", "that", "them", "those", "these", "they", "both"]
        guard let place = words.firstIndex(where: pronouns.contains) else { return false }
        // "customers that signed up" tells more of what it names.
        return words[place] != "that" || place <= 2 || place == words.count - 1
    }
}

import Planner

/// "What is ARPA?", "How is churn defined?": a question for the meaning of a term rather than its value.
struct DefinitionQuestion: Sendable, Equatable {
    var term: String
    /// False for "what is X", which may as well ask for the value.
    var isCertain: Bool

    init?(_ text: String) {
        let words = Words.plain(text)
        let joined = words.joined(separator: " ")
        func rest(after count: Int, dropping last: Int = 0) -> String? {
            let middle = words.dropFirst(count).dropLast(last).filter {
                !["exactly", "a", "an", "by", "the", "term", "mean", "means"].contains($0)
            }
            return middle.isEmpty ? nil : middle.joined(separator: " ")
        }
        if ["define", "explain"].contains(words.first ?? ""), let term = rest(after: 1) {
            (self.term, isCertain) = (term, true)
        } else if let start = Self.openings.first(where: { joined.hasPrefix($0.text + " ") }),
            let term = rest(after: start.count)
        {
            let last = words.last ?? ""
            if start.needsVerb {
                guard Self.verbs.contains(last), let term = rest(after: start.count, dropping: 1) else { return nil }
                (self.term, isCertain) = (term, true)
            } else {
                (self.term, isCertain) = (term, true)
            }
        } else if joined.hasPrefix("what does "),
            ["mean", "stand"].contains(words.last ?? "") || joined.hasSuffix("stand for"),
            let term = rest(after: 2, dropping: joined.hasSuffix("stand for") ? 2 : 1)
        {
            (self.term, isCertain) = (term, true)
        } else if joined.hasPrefix("what is ")
            || (["what", "whats"].contains(words.first ?? "")
                && ["what's ", "what’s ", "whats "].contains(where: text.lowercased().hasPrefix))
        {
            let count = joined.hasPrefix("what is ") ? 2 : 1
            let following = words.dropFirst(count).first ?? ""
            guard !["our", "the", "my", "your", "their", "current", "total", "this", "that"].contains(following),
                let term = rest(after: count)
            else {
                return nil
            }
            // "What is a readmission" asks what the word means.
            (self.term, isCertain) = (term, ["a", "an"].contains(following))
        } else {
            return nil
        }
    }

    private static let openings: [(text: String, count: Int, needsVerb: Bool)] = [
        ("definition of", 2, false), ("meaning of", 2, false), ("what is the definition of", 5, false),
        ("what is meant by", 4, false),
        ("what do you mean by", 5, false), ("what do we mean by", 5, false), ("what is the meaning of", 5, false),
        ("what s the definition of", 5, false),
        ("how do you define", 4, false), ("how do we define", 4, false), ("how do you calculate", 4, false),
        ("how do we calculate", 4, false),
        ("how do you compute", 4, false), ("how do you measure", 4, false), ("how do we measure", 4, false),
        ("how is", 2, true), ("how are", 2, true),
    ]
    private static let verbs: Set<String> = ["defined", "calculated", "computed", "measured", "determined", "counted"]
}

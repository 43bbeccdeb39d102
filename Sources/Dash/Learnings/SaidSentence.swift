/// The forms in which people say what a notion means, leaves out, or does not.
enum SaidSentence {
    struct Relation: Equatable {
        var subject: [String]
        var object: [String]
        /// What is said to be left out rather than to be all there is.
        var isExcluded = false
    }

    /// With which people say something of a notion.
    static let verbs: Set<String> = [
        "is", "are", "was", "were", "means", "mean", "excludes", "exclude", "includes", "include", "counts", "count",
        "should", "must", "does", "do", "only", "never", "always", "refers", "equals", "starts", "ends", "start", "end",
        "begin", "has", "have", "comes", "belongs", "leaves", "leave", "ignores", "omits",
    ]

    /// Whether the words state such a thing, rather than ask for something or change a question ("exclude trials").
    static func isRule(_ words: [String]) -> Bool {
        if ignored(words) != nil || meaning(words) != nil { return true }
        let ruling: Set<String> = ["excludes", "includes", "counts", "contains", "should", "must", "never", "always"]
        let plain = ExclusionWords.plain(words)
        guard let said = exclusion(words) else { return false }
        if plain.contains(where: ruling.contains) { return true }
        // "don't count trials in churn" says so of churn, "don't count trials in March" changes an answer.
        return plain.contains("count") && Wording(said.subject.joined(separator: " ")).windows.isEmpty
    }

    /// "ignore the word roughly"
    static func ignored(_ words: [String]) -> String? {
        let rest = words.drop { ["please", "always", "just"].contains($0) }
        if ["ignore", "skip", "disregard"].contains(rest.first ?? "") {
            let named = rest.dropFirst().drop { $0 == "the" || $0 == "this" }
            guard ["word", "term"].contains(named.first ?? ""), named.count == 2 else { return nil }
            return named.last
        }
        guard words.count == 5, words.starts(with: ["the", "word"]), words[3...] == ["means", "nothing"] else {
            return nil
        }
        return words[2]
    }

    /// "by revenue I mean net revenue", "big customers means enterprise plan"
    static func meaning(_ words: [String]) -> Relation? {
        for opening in [["by"], ["with"], ["when", "i", "say"], ["if", "i", "say"], ["when", "we", "say"]]
        where words.starts(with: opening) {
            guard
                let verb = words.indices.dropFirst(opening.count).first(where: { index in
                    ["i", "we"].contains(words[index]) && index + 1 < words.count
                        && ["mean", "meant"].contains(words[index + 1])
                })
            else { continue }
            return relation(words[opening.count..<verb], words[(verb + 2)...])
        }
        for verb in [
            ["stands", "for"], ["refers", "to"], ["is", "short", "for"], ["is", "another", "word", "for"],
            ["is", "another", "name", "for"], ["is", "the", "same", "as"], ["are", "the", "same", "as"], ["means"],
            ["mean"],
        ] {
            guard let start = first(verb, in: words), !asks(words) else { continue }
            return relation(words[..<start], words[(start + verb.count)...])
        }
        return nil
    }

    /// "churn excludes trials", "revenue should only count paid invoices", "do not count trials in churn"
    static func exclusion(_ said: [String]) -> Relation? {
        let words = ExclusionWords.plain(said)
        if let relation = order(words) { return relation }
        guard !asks(words),
            let verb = words.firstIndex(where: {
                ["exclude", "excludes", "include", "includes", "count", "counts", "contain", "contains"].contains($0)
            }), (1...8).contains(verb)
        else { return nil }
        let helping: Set<String> = ["should", "must", "does", "do", "not", "only", "never", "always"]
        let subject = words[..<verb].prefix { !helping.contains($0) }
        let between = words[subject.count..<verb]
        guard between.allSatisfy(helping.contains) else { return nil }
        var object = words[(verb + 1)...]
        let isNegated = between.contains("not") || between.contains("never")
        let isOnly = between.contains("only") || object.first == "only" || object.last == "only"
        if object.first == "only" { object = object.dropFirst() }
        if object.last == "only" { object = object.dropLast() }
        let leavesOut = words[verb].hasPrefix("exclude")
        guard leavesOut || isNegated || isOnly, !(leavesOut && (isNegated || isOnly)) else { return nil }
        return relation(subject, object).map {
            Relation(subject: $0.subject, object: $0.object, isExcluded: leavesOut || isNegated)
        }
    }

    /// "exclude trials from churn", "do not count trials in churn", "only count paid invoices as revenue"
    private static func order(_ words: [String]) -> Relation? {
        let rest = words.drop { ["please", "always"].contains($0) }
        let isExclude = rest.first == "exclude"
        let isNever = rest.starts(with: ["do", "not", "count"]) || rest.starts(with: ["never", "count"])
        let isOnly = rest.starts(with: ["only", "count"]) || rest.starts(with: ["count", "only"])
        let links: Set<String> = isOnly ? ["as", "towards"] : ["from", "in", "as", "for", "towards"]
        guard isExclude || isNever || isOnly,
            let verb = rest.firstIndex(where: { $0 == "exclude" || $0 == "count" }),
            let link = words.indices.last(where: { links.contains(words[$0]) })
        else { return nil }
        let object = words[min(verb + 1, link)..<link].drop { $0 == "only" }
        return relation(words[(link + 1)...], object).map {
            Relation(subject: $0.subject, object: $0.object, isExcluded: !isOnly)
        }
    }

    private static func relation(
        _ subject: ArraySlice<String>, _ object: ArraySlice<String>
    ) -> Relation? {
        let name = Array(subject.drop { ["the", "our", "word", "term"].contains($0) })
        let asking: Set<String> = ["what", "which", "how", "who"]
        guard (1...6).contains(name.count), (1...10).contains(object.count), !object.contains(where: asking.contains)
        else { return nil }
        return Relation(subject: name, object: Array(object))
    }

    private static func first(_ phrase: [String], in words: [String]) -> Int? {
        guard words.count > phrase.count + 1 else { return nil }
        return (1..<(words.count - phrase.count)).first { Array(words[$0..<($0 + phrase.count)]) == phrase }
    }

    private static func asks(_ words: [String]) -> Bool {
        [
            "what", "which", "how", "who", "whose", "when", "where", "why", "is", "are", "does", "do", "did", "can",
            "could", "show", "give", "list", "tell", "compare", "explain", "define", "i", "count", "we",
        ].contains(words.first ?? "")
    }
}

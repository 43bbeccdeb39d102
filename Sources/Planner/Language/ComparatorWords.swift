/// Phrases that hold a number against something.
enum ComparatorWords {
    struct Phrase: Sendable {
        var words: [String]
        var comparator: Comparator
        /// It compares also where no number follows: "above the average".
        var standsAlone: Bool
    }

    /// Before the number; the longest ones first.
    static let leading: [String: [Phrase]] = {
        let groups: [(Comparator, Bool, [String])] = [
            (
                .greater, true,
                [
                    "more than", "greater than", "higher than", "larger than", "bigger than", "longer than",
                    "older than",
                    "better than", "above", "exceeding", "exceeds", "exceed", "exceeded", "in excess of", "bigger then",
                    "more then", "greater then", "higher then", "faster than", "heavier than", "richer than",
                ]
            ),
            (.greater, false, ["over", "beyond", "upwards of", "north of", "strictly over"]),
            (
                .atLeast, true,
                [
                    "greater than or equal to", "more than or equal to", "higher than or equal to", "at least",
                    "larger than or equal to", "equal to or greater than", "equal to or more than",
                    "equal or greater than",
                    "greater or equal to", "greater or equal than", "no less than", "not less than", "not lower than",
                    "no fewer than", "not fewer than", "not below", "no lower than",
                ]
            ),
            (.atLeast, false, ["minimum of", "a minimum of", "not under", "starting at", "starting from"]),
            (
                .less, true,
                [
                    "less than", "fewer than", "lower than", "smaller than", "shorter than", "cheaper than",
                    "worse than",
                    "younger than", "below", "less then", "lower then", "fewer then", "slower than", "lighter than",
                ]
            ),
            (.less, false, ["under", "south of", "strictly under", "short of"]),
            (
                .atMost, true,
                [
                    "less than or equal to", "fewer than or equal to", "lower than or equal to",
                    "smaller than or equal to",
                    "equal to or less than", "equal or less than", "less or equal to", "less or equal than", "at most",
                    "no more than", "not more than", "no greater than", "not greater than", "no higher than",
                    "not higher than", "not above", "not exceeding", "no larger than", "no longer than",
                ]
            ),
            (.atMost, false, ["up to", "maximum of", "a maximum of", "not over", "capped at"]),
            (.equal, false, ["exactly", "equal to", "equals", "equal", "precisely", "of exactly", "equaling"]),
            (.notEqual, false, ["not equal to", "not equal", "different from", "not exactly"]),
        ]
        var phrases: [String: [Phrase]] = [:]
        for (comparator, standsAlone, texts) in groups {
            for text in texts {
                let words = text.split(separator: " ").map(String.init)
                phrases[words[0], default: []].append(
                    Phrase(words: words, comparator: comparator, standsAlone: standsAlone))
            }
        }
        return phrases.mapValues { $0.sorted { $0.words.count > $1.words.count } }
    }()

    static let symbols: [String: Comparator] = [
        ">": .greater, "<": .less, ">=": .atLeast, "≥": .atLeast, "<=": .atMost, "≤": .atMost, "=": .equal,
        "==": .equal,
        "<>": .notEqual, "!=": .notEqual, "≠": .notEqual,
    ]

    /// Behind the number: "or more".
    static let trailingAtLeast: Set<String> = [
        "more", "higher", "above", "greater", "over", "better", "larger", "older", "longer", "up", "upwards", "beyond",
    ]
    static let trailingAtMost: Set<String> = [
        "less", "fewer", "below", "lower", "under", "smaller", "younger", "shorter", "cheaper",
    ]
}

/// In which order an answer is wanted, in the words people use for it.
enum OrderWords {
    /// From the greatest, by phrase; false for from the least.
    private static let directions: [String: Bool] = {
        var directions: [String: Bool] = [
            "descending": true, "in descending order": true, "descending order": true, "decreasing": true,
            "in decreasing order": true, "in reverse order": true, "in reverse chronological order": true,
            "ascending": false, "in ascending order": false, "ascending order": false, "increasing": false,
            "in increasing order": false, "in chronological order": false, "chronologically": false,
            "from top to bottom": true, "from bottom to top": false,
        ]
        let pairs = [
            ("highest", "lowest"), ("largest", "smallest"), ("biggest", "smallest"), ("greatest", "smallest"),
            ("greatest", "least"), ("most", "least"), ("most", "fewest"), ("high", "low"), ("large", "small"),
            ("best", "worst"), ("largest", "lowest"), ("latest", "earliest"), ("newest", "oldest"),
            ("most recent", "oldest"), ("most recent", "least recent"),
        ]
        for (great, little) in pairs {
            for (first, last, isDescending) in [(great, little, true), (little, great, false)] {
                directions["from \(first) to \(last)"] = isDescending
                directions["from the \(first) to the \(last)"] = isDescending
                directions["\(first) to \(last)"] = isDescending
                guard first.hasSuffix("st") || first.hasSuffix("recent") else { continue }
                for start in ["starting with", "starting from", "beginning with", "starting at"] {
                    directions["\(start) the \(first)"] = isDescending
                }
                directions["with the \(first) first"] = isDescending
                directions["the \(first) first"] = isDescending
                directions["\(first) first"] = isDescending
                directions["with the \(first) at the top"] = isDescending
            }
        }
        return directions
    }()

    /// What may stand before a direction and says no more.
    static let verbs = [
        "sorted", "ordered", "ranked", "listed", "arranged", "sort", "order", "rank", "sort them", "order them",
        "rank them", "sort the results", "order the results", "sort results", "order results", "sorting", "sort it",
        "order it", "sorted in", "ordered in", "sort the list", "order the list",
    ]

    /// The directions with and without a verb.
    static let spoken: [String: Bool] = {
        var spoken = directions
        for (phrase, isDescending) in directions {
            for verb in verbs { spoken["\(verb) \(phrase)"] = isDescending }
        }
        return spoken
    }()

    /// By what, with the direction before it: "in descending order of the amount".
    static let directed: [String: Bool] = {
        var directed: [String: Bool] = [:]
        for (word, isDescending) in [
            ("descending", true), ("decreasing", true), ("ascending", false), ("increasing", false),
        ] {
            for verb in [""] + verbs.map({ $0 + " " }) {
                directed["\(verb)in \(word) order of"] = isDescending
                directed["\(verb)in \(word) order by"] = isDescending
                directed["\(verb)in \(word) order based on"] = isDescending
                directed["\(verb)by \(word)"] = isDescending
            }
        }
        return directed
    }()

    /// More ways to say by what.
    static let by = [
        "sort the list by", "sort them according to", "sorted according to", "ordered according to",
        "arranged in order of",
        "ranked in order of", "ordered in order of", "listed in order of", "sorted in order of", "ranked according to",
        "rank by", "arrange by", "order in", "sort on", "ranked on", "listed by",
    ]

    /// "from cheapest to most expensive" is the cheapest first.
    static func ranges(_ pieces: [Piece]) -> [Piece] {
        var pieces = pieces
        let said = pieces.indices.filter { if case .filler = pieces[$0].kind { false } else { true } }
        for place in said.indices.dropLast(3) {
            let (from, first, to, last) = (said[place], said[place + 1], said[place + 2], said[place + 3])
            guard pieces[from].words == ["from"], pieces[to].words == ["to"],
                case .superlative(let isDescending, _)? = pieces[first].grammar,
                case .superlative(let isOther, _)? = pieces[last].grammar, isDescending != isOther
            else { continue }
            pieces[from].kind = .filler
            pieces[to].kind = .grammar(.first)
            pieces[last].kind = .filler
        }
        return pieces
    }
}

/// Follow-ups that are one edit as a whole, whatever stands before them.
enum EditPhrases {
    enum Meaning: Hashable {
        case inTotal, everything, count, percent, explained, running, rows, afresh, plain
        case most(isDescending: Bool)
        /// The period before, of this unit where one is said.
        case before(TimeGrain?)
    }

    private static let courtesy: Set<String> = [
        "please", "now", "then", "again", "just", "show", "me", "and", ".", "?", "!", ",", "ok", "okay",
    ]

    static func meaning(_ words: [String]) -> Meaning? {
        let text = words.filter { !courtesy.contains($0) }.joined(separator: " ")
        return phrases[text]
    }

    private static let phrases: [String: Meaning] = {
        var phrases: [String: Meaning] = [:]
        func add(_ meaning: Meaning, _ texts: [String]) { for text in texts { phrases[text] = meaning } }
        add(
            .inTotal,
            [
                "in total", "overall", "altogether", "all together", "the total", "total", "combined", "in sum",
                "as one number", "as a single number", "without splitting", "back to the total", "back to total",
                "what is the total", "what s the total", "how much in total", "how much is that in total",
            ])
        add(
            .everything,
            [
                "all", "all of them", "all of it", "them all", "everything", "the full list", "full list",
                "all of these", "all of those", "the rest too", "the whole list",
            ])
        add(
            .afresh,
            [
                "start over", "start again", "start afresh", "start new", "start fresh", "begin again",
                "start from scratch",
                "from scratch", "new question", "new topic", "let s start over", "lets start over", "forget it",
                "forget that", "forget about it", "forget about that", "let s start again", "start from the beginning",
                "i want to start over", "something else", "another question", "different question", "next question",
            ])
        add(
            .plain,
            [
                "reset", "reset it", "reset everything", "reset all", "reset that", "clear everything", "clear all",
                "clear it", "remove everything", "undo everything", "undo all", "undo all of that",
                "reset the question",
                "reset the query", "remove all of that", "take everything back", "back to the start",
                "back to the beginning", "reset all of it", "drop everything", "reset all filters and splits",
            ])
        add(
            .count,
            [
                "how many", "how many are there", "how many are they", "how many is that", "how many is it",
                "how many is this", "how many are that",
                "how many are those", "how many of them", "how many of them are there", "how many in total",
                "how many are there in total", "how many altogether", "count them", "count", "the number of them",
                "how many rows", "how many were there", "how many were they", "how many was that",
                "how many did that make", "how many are in the list",
            ])
        add(
            .percent,
            [
                "as percentages", "as a percentage", "as percentage", "as percent", "in percent", "in percentages",
                "as shares", "as a share", "as share of total", "as a share of the total", "as percent of total",
                "as a percentage of the total", "as percentage of total", "as %", "in %", "percentages", "shares",
                "as share of the total", "share of total", "what percentage is that", "relative",
            ])
        add(
            .rows,
            [
                "them", "list them", "which ones", "which ones are they", "which are they", "who are they", "who",
                "name them", "list those", "those", "list these", "these", "the list", "list all of them",
                "who are those", "which ones are those", "which", "who exactly", "which ones exactly", "who were they",
                "which were they", "which ones were they", "list them all",
            ])
        add(
            .running,
            [
                "cumulative", "cumulatively", "as a running total", "running total", "as running total", "cumulated",
                "as a cumulative total", "accumulated",
            ])
        for thing in ["that", "it", "this", "that number", "this number", "the number"] {
            for verb in ["calculated", "computed", "defined", "measured", "determined", "worked out"] {
                add(.explained, ["how is \(thing) \(verb)", "how was \(thing) \(verb)"])
            }
            add(
                .explained,
                [
                    "what does \(thing) mean", "where does \(thing) come from", "how did you get \(thing)",
                    "how do you calculate \(thing)", "how did you calculate \(thing)", "how do you get \(thing)",
                    "how did you compute \(thing)", "where did you get \(thing)",
                ])
        }
        for (name, grain) in [("period", nil)] + TimeGrain.allCases.map({ ($0.rawValue, Optional($0)) }) {
            for start in ["", "what about ", "how about ", "for ", "in ", "same for "] {
                for end in ["", " instead"] {
                    add(.before(grain), ["\(start)the \(name) before\(end)", "\(start)the \(name) before that\(end)"])
                }
            }
        }
        for (words, isDescending) in [
            (["highest", "largest", "biggest", "most", "greatest", "top"], true),
            (["lowest", "smallest", "least", "fewest", "bottom"], false),
        ] {
            for word in words {
                add(
                    .most(isDescending: isDescending),
                    ["which one is", "which is", "which one has", "which has", "who is", "who has", "what is", ""]
                        .flatMap { ["\($0) the \(word)", "\($0) \(word)"] }
                        .map { $0.hasPrefix(" ") ? String($0.dropFirst()) : $0 }
                        + [
                            "which one is the \(word) one", "the \(word) one", "only the \(word)",
                            "only the \(word) one",
                        ])
            }
        }
        return phrases
    }()
}

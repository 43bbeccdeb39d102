/// How people ask for the time from one moment of a row to another: "time between", "number of days from".
enum ElapsedWords {
    static let units: [(RowValue.DurationUnit?, [String])] =
        [(nil, phrases(["time", "duration", "interval", "delay", "lag"]) + long)]
        + [
            (RowValue.DurationUnit.minute, ["minutes", "minute"]), (.hour, ["hours", "hour"]),
            (.day, ["days", "day"]),
        ].map { unit, nouns in (unit, counted(nouns)) }

    private static let long = [
        "time elapsed between", "time elapsed from", "time passed between", "time it takes from", "time taken from",
        "elapsed time between", "elapsed time from", "how long is it from", "how long does it take from",
        "how long did it take from", "how long between", "how long from", "how much time passes between",
        "how much time between", "how much time passes from",
    ]

    private static func phrases(_ nouns: [String]) -> [String] {
        nouns.flatMap { noun in ["\(noun) between", "\(noun) from", "\(noun) in between"] }
    }

    private static func counted(_ nouns: [String]) -> [String] {
        nouns.flatMap { noun in
            [
                "\(noun) between", "\(noun) from", "number of \(noun) between", "number of \(noun) from",
                "how many \(noun) between", "how many \(noun) from", "time in \(noun) between",
                "time in \(noun) from", "difference in \(noun) between", "how many \(noun) pass between",
                "how many \(noun) are there between",
            ]
        }
    }
}

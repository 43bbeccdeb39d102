import ServiceRuntime

/// Texts that no parser expects: words of time and number amid any characters and broken bytes.
enum RandomText {
    private static let pieces = [
        "last", "past", "next", "this", "the", "month", "weeks", "30", "2024", "'24", "between", "and", "from", "to",
        "since", "March", "may", "Q1", "FY25", "of", "year", "days", "ago", "(", ")", ",", "-", "–", "'", "\"",
        "2024-13-45",
        "02/30/2024", "31", "February", "inclusive", "exclusive", "excluding", "today", "over", "vs", "per", "more",
        "than",
        "$", "1.5", "k", "%", "million", "or", "twenty", "one", "99999999999999999999", "0", "first", "th", "in",
        "each",
        "é", "日本", "🙂", "\u{301}", "\u{200D}", "\n", "\0", "ß", "week", "before", "ending", "on", "Monday", "weekends",
    ]

    static func make(_ random: inout SplitMix64) -> String {
        var text = ""
        for _ in 0..<Int(random.next() % 30) {
            switch random.next() % 10 {
            case 0:
                text += String(decoding: (0..<4).map { _ in UInt8(truncatingIfNeeded: random.next()) }, as: UTF8.self)
            case 1: text += pieces[Int(random.next() % UInt64(pieces.count))]
            default: text += " " + pieces[Int(random.next() % UInt64(pieces.count))]
            }
        }
        return text
    }
}

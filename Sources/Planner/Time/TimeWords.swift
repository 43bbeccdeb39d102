/// The vocabulary of time.
enum TimeWords {
    static let units: [String: TimeGrain] = [
        "hour": .hour, "hours": .hour, "hr": .hour, "hrs": .hour, "day": .day, "days": .day, "week": .week,
        "weeks": .week, "wk": .week, "wks": .week, "month": .month, "months": .month, "mth": .month, "mths": .month,
        "quarter": .quarter, "quarters": .quarter, "qtr": .quarter, "qtrs": .quarter, "year": .year, "years": .year,
        "yr": .year, "yrs": .year,
    ]
    /// Behind a number that they touch: "30d".
    static let shortUnits: [String: TimeGrain] = [
        "h": .hour, "d": .day, "w": .week, "m": .month, "mo": .month, "q": .quarter, "y": .year,
    ]
    static let adverbs: [String: TimeGrain] = [
        "hourly": .hour, "daily": .day, "weekly": .week, "monthly": .month, "quarterly": .quarter, "yearly": .year,
        "annual": .year, "annually": .year,
    ]
    static let toDate: [String: TimeGrain] = ["ytd": .year, "qtd": .quarter, "mtd": .month, "wtd": .week]
    static let over: [String: TimeGrain] = [
        "yoy": .year, "qoq": .quarter, "mom": .month, "wow": .week, "dod": .day,
    ]
    static let overLetters: [String: TimeGrain] = ["y": .year, "q": .quarter, "m": .month, "w": .week, "d": .day]

    static let months: [String: Int] = {
        var months = EnglishWords.months
        months["may"] = 5
        return months
    }()
    /// Months that are other words or names as well; they count only where something else speaks of time.
    static let doubtfulMonths: Set<String> = [
        "may", "march", "mar", "jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "august",
    ]
    static let behindMayTheVerb: Set<String> = [
        "i", "we", "be", "have", "not", "you", "also", "need", "he", "she", "they", "it", "the", "this", "that", "want",
        "get", "see", "know", "ask", "cause", "contain", "include", "churn", "still", "only", "or",
    ]
    static let beforeMonth: Set<String> = [
        "in", "since", "before", "after", "until", "till", "during", "of", "from", "to", "between", "and", "through",
        "thru", "last", "this", "next", "for", "vs", "versus", "early", "mid", "late", "end", "month", "by", "on", "or",
        "past", "previous", "throughout", "than",
    ]

    static let weekdays: [String: Int] = [
        "sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
    ]

    static let last: Set<String> = ["last", "previous", "prior", "preceding", "latest"]
    static let past: Set<String> = ["past", "trailing"]
    static let next: Set<String> = ["next", "upcoming", "coming", "following"]
    static let this: Set<String> = ["this", "current", "present", "running", "ongoing"]

    private static let others: Set<String> = [
        "today", "yesterday", "tomorrow", "tonight", "ttm", "ltm", "fytd", "fortnight", "fortnights", "decade",
        "decades", "weekend", "weekends", "weekday", "weekdays", "time", "ever", "date", "dates", "inception", "now",
        "dow", "period", "periods", "start", "beginning", "one", "prior", "fiscal", "financial", "fy", "cw", "kw",
    ]

    /// Every span of time holds a token of these.
    static func speaksOfTime(_ token: Token) -> Bool {
        switch token.kind {
        case .date: return true
        case .number: return token.text.utf8.count == 4 || token.text.hasPrefix("'")
        case .word:
            let word = token.word
            if units[word] != nil || months[word] != nil || others.contains(word) || adverbs[word] != nil {
                return true
            }
            if toDate[word] != nil || over[word] != nil || weekdays[word] != nil { return true }
            if word.hasSuffix("s"), weekdays[String(word.dropLast())] != nil { return true }
            if word.utf8.count <= 2 { return shortUnits[word] != nil || word.hasPrefix("q") || word.hasPrefix("h") }
            return word.hasPrefix("fy")
        case .clock, .quoted, .symbol, .mark: return false
        }
    }

    /// What a year is behind in a sentence.
    static let beforeYear: Set<String> = [
        "in", "during", "since", "before", "after", "until", "till", "throughout", "year", "years", "calendar", "for",
        "of", "from", "through", "thru", "vs", "versus", "between", "mid", "early", "late",
    ]
    /// What makes a bare number an amount.
    static let beforeAmount: Set<String> = [
        "over", "than", "least", "most", "above", "below", "under", "exceeding", "exceeds", "exceed", "equal", "equals",
        "exactly", "about", "around", "approximately", "roughly", "top", "first", "last", "bottom", "id", "ids",
        "number", "no", "code", "limit", "is", "are", "was", "were", "reaching", "reached", "only", "with", "has",
        "have", "had", "plus", "minus", "up", "least", "past", "next", "cost", "costs", "price", "priced", "amount",
        "by", "to", "zip", "postcode", "room", "order", "invoice", "ticket", "account",
    ]

    static let prepositions: Set<String> = [
        "in", "during", "for", "over", "within", "throughout", "on", "at", "of", "from",
    ]
}

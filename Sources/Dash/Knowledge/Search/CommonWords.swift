/// Words of questions that name nothing a business knows.
enum CommonWords {
    /// Left out of a search altogether: how people ask.
    static let asking: Set<String> = [
        "show", "shows", "give", "gives", "tell", "please", "kindly", "hey", "hi", "hello", "thanks", "thank", "want",
        "need", "know", "get", "let", "lets", "look", "looking", "see", "find", "could", "would", "can", "may", "might",
        "like", "dash", "much", "many", "wonder", "wondering", "question", "help", "us", "ok", "okay", "also",
    ]

    /// Used for ranking, but no reason by themselves to think an entry fits: they go with any subject.
    static let general: Set<String> = [
        "current", "currently", "now", "total", "overall", "average", "avg", "mean", "sum", "count", "number", "amount",
        "value", "top", "best", "worst", "highest", "lowest", "most", "least", "biggest", "largest", "smallest",
        "first",
        "last", "latest", "past", "previous", "recent", "next", "today", "yesterday", "tomorrow", "day", "days",
        "daily",
        "week", "weeks", "weekly", "month", "months", "monthly", "quarter", "quarters", "quarterly", "year", "years",
        "yearly", "annual", "date", "time", "per", "list", "new", "old", "name", "names", "id", "type", "data", "table",
        "tables", "percent", "percentage", "share", "trend", "trends", "compare", "compared", "versus", "vs", "change",
        "changes", "use", "used", "using",
    ]
}

/// Closed word classes of English: what may be dropped, what must not, what means the same.
///
/// Only words that belong to no business: names of tables, measures and companies come from knowledge.
package enum EnglishWords {
    /// Of the words that connect, those that compare, count, split, join and point at nothing.
    package static let little: Set<String> = [
        "a", "an", "the", "of", "our", "we", "us", "my", "i", "me", "you", "your", "their", "is", "are", "was",
        "were", "be", "been", "am", "do", "does", "did", "have", "has", "had", "can", "could", "would", "please",
        "kindly", "thanks", "what", "which", "in", "for", "on", "at", "with", "during", "within", "dash", "hey",
        "hi", "hello", "just", "so", "ok", "okay", "there",
    ]

    /// Words that connect and name nothing.
    package static let stop = little.union([
        "mine", "it", "its", "they", "them", "being", "done", "having", "should", "shall", "might", "thank", "whats",
        "who", "whom", "whose", "how", "and", "or", "also", "to", "from", "by", "per", "as", "into", "across",
        "among", "over", "about", "this", "that", "these", "those", "here", "then", "than", "each", "every", "all",
        "any", "much", "many", "ever", "look", "looks", "looking", "like", "instead",
    ])

    /// Words that ask for something to be shown, as long as nothing has been named yet; later they may be nouns.
    package static let asking: Set<String> = [
        "show", "give", "tell", "get", "find", "fetch", "see", "know", "want", "need", "let", "lets", "calculate",
        "compute", "determine", "provide", "visualize", "chart", "graph", "plot", "up", "out", "wonder", "wondering",
    ]

    /// Words that ask only before "me", "us", "the" and their like: "return rate" is a name.
    package static let askingBeforeArticle: Set<String> = [
        "return", "display", "present", "print", "pull", "report", "list",
    ]
    package static let articles: Set<String> = ["me", "us", "the", "our", "all", "a", "an", "my"]

    /// Words whose presence or absence changes no number.
    package static let soft: Set<String> = [
        "total", "count", "list", "overview", "summary", "value", "figure", "report", "result", "data", "info",
        "information",
        "detail", "number", "amount", "exactly", "bring", "make", "made", "go", "come", "happen", "current", "stat",
        "statistic",
        "analysis", "metric", "breakdown", "split", "perform", "performing", "drive", "contribute", "contribution",
        "everything",
    ]

    /// Words that ask for causes: soft where a text declares them, never to be passed over.
    package static let causes: Set<String> = ["drive", "driver", "contribute", "contribution"]

    /// Little words that people write in capitals for emphasis; the others in capitals are codes ("US", "IT").
    package static let emphatic: Set<String> = [
        "and", "or", "all", "any", "the", "each", "every", "per", "by", "how", "not",
    ]

    /// Pronouns that name something behind an article or "how many": "in the us", "how many it orders".
    package static let pronouns: Set<String> = ["us", "it", "me", "i", "my"]

    package static let greetings: Set<String> = [
        "hi", "hello", "hey", "hiya", "howdy", "greetings", "good", "morning", "afternoon", "evening", "day", "dash",
        "there", "team", "everyone", "all",
    ]

    package static let quantifiers: Set<String> = ["total", "count", "current"]

    /// Different words for one notion.
    package static let canonical: [String: String] = [
        "avg": "average", "mean": "average", "averages": "average", "pct": "percent", "percentage": "percent",
        "percentages": "percent", "share": "percent", "shares": "percent", "proportion": "percent", "num": "count",
        "numbers": "count", "number": "count", "counts": "count", "sum": "total", "overall": "total", "totals": "total",
        "monthly": "month", "weekly": "week", "daily": "day", "quarterly": "quarter", "yearly": "year",
        "annually": "year",
        "hourly": "hour", "trends": "trend", "trending": "trend", "evolution": "trend", "history": "trend",
        "historical": "trend", "timeline": "trend", "evolve": "trend", "evolved": "trend", "evolves": "trend",
        "developed": "trend", "develop": "trend", "compared": "compare", "comparison": "compare", "versus": "compare",
        "vs": "compare", "now": "current", "currently": "current", "present": "current",
        "grew": "growth", "grown": "growth", "grow": "growth", "grows": "growth", "growing": "growth",
        "rose": "rise", "risen": "rise", "shrank": "shrink",
    ]

    package static let numerals: [String: String] = [
        "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
        "ten": "10",
        "eleven": "11", "twelve": "12",
    ]

    package static let negators: Set<String> = [
        "not", "without", "excluding", "exclude", "excludes", "except", "never", "ignoring", "ignores", "no", "nor",
    ]

    package static let units: Set<String> = ["hour", "day", "week", "month", "quarter", "year"]

    package static let months = [
        "january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8, "september": 9,
        "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
        "aug": 8,
        "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
    ]

    package static let highest: Set<String> = [
        "top", "highest", "most", "biggest", "largest", "greatest", "maximum", "max", "leading",
    ]
    package static let lowest: Set<String> = ["bottom", "lowest", "least", "smallest", "fewest", "minimum", "min"]

    /// Words that ask how something has changed.
    package static let changes: Set<String> = [
        "growth", "grow", "change", "increase", "decrease", "decline", "rise", "delta", "difference", "shrink",
    ]

    /// Words for a part of something rather than an amount of it.
    package static let relative: Set<String> = ["rate", "percent", "ratio", "pct"]

    /// Words that mean the state as of now, in curated text.
    package static let current: Set<String> = ["current", "today", "active", "live", "latest", "open", "outstanding"]
}

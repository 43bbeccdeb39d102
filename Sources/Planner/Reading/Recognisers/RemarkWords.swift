/// Phrases that say how an answer is wanted or where it is to be looked for, and change nothing in it.
///
/// Every one of them is passed over only where the schema has no name for its words: "in the collection" is a condition
/// where there are collections.
enum RemarkWords {
    static let phrases: [String] = {
        var phrases = [
            "do we have", "we have", "do you have", "you have", "have we got", "that we have", "that you have",
            "that we know of", "that you know of", "we know of", "in existence", "that exist", "at all", "as well",
            "for me", "to me", "if any", "if there are any", "as a list", "in a list", "in list form", "in one list",
            "as text", "as a text", "just the text", "only the text", "as plain text", "as numbers", "in numbers",
            "as a single number", "as one number", "in a single row",
            "in the end", "in general", "all in all", "in sum", "without exception", "of any kind",
            "to be precise", "in particular", "in detail",
            "in upper or lower case", "in upper and lower case", "regardless of case",
            "regardless of upper and lower case",
            "ignoring case", "ignoring upper and lower case", "ignore upper and lower case", "ignore case",
            "irrespective of case", "case does not matter", "upper and lower case do not matter",
            "can you tell me", "could you tell me", "can you give me", "could you give me", "would you tell me",
            "i wonder", "i am wondering", "let us see",
        ]
        for place in [
            "database", "data", "dataset", "data set", "system", "records", "record", "books", "files", "collection",
            "catalog", "catalogue", "register", "archive", "tables", "table", "data base",
        ] {
            for article in ["the", "our", "your", "this"] {
                for preposition in ["in", "from", "within", "across", "on"] {
                    phrases.append("\(preposition) \(article) \(place)")
                }
            }
        }
        return phrases
    }()

    static let longest = 8

    /// Words of which the schema may have a name of its own.
    static func contents(_ words: ArraySlice<String>) -> [String] {
        words.filter { !EnglishWords.stop.contains($0) && !little.contains($0) }
    }

    private static let little: Set<String> = [
        "got", "know", "exist", "well", "if", "there", "one", "single", "only", "just", "plain", "end", "general",
        "case",
        "upper", "lower", "matter", "ignore", "ignoring", "regardless", "irrespective", "tell", "give", "wonder",
        "wondering", "am", "combinations", "combination", "pairs", "see", "us", "let", "precise", "particular",
        "detail", "exception", "kind", "without", "not",
    ]
}

/// Further ways of asking for a list, for a sum, or for what is not there.
enum AskingWords {
    static let show = [
        "name the", "name all", "name each", "name every", "please name", "please return", "please show me",
        "please give me", "please list all", "i d like", "we d like to see", "i d like a list of",
    ]

    static let includeEmpty = [
        "include those with none", "include those that have none", "include those who have none", "include zeros",
        "also include those with none", "including those that have none", "including those who have none",
        "include the ones with none", "include those with zero", "even those that have none",
    ]

    static let sums = [
        "add up", "sum up", "total up", "added up", "add together", "what do they add up to", "what do they sum up to",
        "what do they total", "how much do they add up to", "what is their total", "what is their sum",
        "what does that add up to", "how much is that in total", "what do they amount to",
    ]

    static let without = [
        "with no known", "without a known", "without known", "without any known", "no known", "with no recorded",
    ]

    static let except = [
        "leave out", "leaving out", "leave off", "leaving off", "omit", "omitting", "skip", "skipping", "not counting",
        "excludes", "with the exception of", "disregard", "disregarding", "but exclude", "but leave out", "ignore",
        "aside from", "filter out", "filtering out", "minus the",
    ]

    /// Who everything is about anyway, where the schema has no such thing.
    static let ourselves = [
        "company", "school", "firm", "business", "organization", "shop", "library", "hospital", "clinic",
    ]
    .flatMap { name in ["the", "our", "the whole", "the entire", "our whole"].map { "\($0) \(name)" } }

    /// What a company does with all that it has.
    static let ours: Set<String> = ["carry", "offer", "keep", "operate", "manage", "handle", "serve", "employ", "run"]

    static let belonging: Set<String> = ["live", "belong", "work", "come", "appear", "occur", "fall", "reside", "play"]

    /// What "have not bought anything" leaves open.
    static let indefinite: Set<String> = ["anything", "something", "anybody", "anyone", "someone"]
}

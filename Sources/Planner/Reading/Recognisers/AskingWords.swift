/// Words that say who asks, and about whom.
enum AskingWords {
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

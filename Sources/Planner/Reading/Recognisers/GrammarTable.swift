/// Phrases and their meanings, while they are put together.
struct GrammarTable {
    private(set) var meanings: [String: Grammar] = [:]

    mutating func add(_ meaning: Grammar, _ phrases: String...) { add(meaning, phrases) }

    /// A phrase has one meaning and one home; a second one would silently take its place.
    mutating func add(_ meaning: Grammar, _ phrases: [String]) {
        for phrase in phrases {
            let known = meanings.updateValue(meaning, forKey: phrase)
            precondition(known == nil, "“\(phrase)” has a meaning already.")
        }
    }

    /// Only for those phrases that mean nothing else: "min" is no minute before it is a minimum.
    mutating func addFree(_ meaning: Grammar, _ phrases: [String]) {
        add(meaning, phrases.filter { meanings[$0] == nil })
    }
}

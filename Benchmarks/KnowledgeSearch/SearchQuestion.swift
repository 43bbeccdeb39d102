import Dash

/// A question of one kind, and where it was made from an entry, which one it must find.
struct SearchQuestion {
    enum Kind: String, CaseIterable {
        /// One or two words that few entries hold.
        case rare
        /// One to three of the words that most entries hold.
        case common
        /// Two words, one of them with a letter too few, too many, wrong, or in its neighbour's place.
        case misspelt
        /// Four to eight words as text has them.
        case several
        /// What an entry says it answers, asked with words around it.
        case known
        /// Words that no entry holds, and that are nobody's misspelling.
        case unknown
    }

    var kind: Kind
    var text: String
    var wanted: String?

    init(_ kind: Kind, words: inout GeneratedWords, entries: [KnowledgeEntry]) {
        self.kind = kind
        let vocabulary = words.vocabulary.count
        let subject: [String]
        switch kind {
        case .rare:
            subject = (0..<Int.random(in: 1...2, using: &words)).map { _ in
                words.word(ranks: vocabulary / 2..<vocabulary)
            }
        case .common:
            subject = (0..<Int.random(in: 1...3, using: &words)).map { _ in words.word(ranks: 0..<40) }
        case .misspelt:
            var word = words.word()
            while word.count < 6 { word = words.word() }
            subject = [Self.misspelt(word, &words), words.word()]
        case .several:
            subject = (0..<Int.random(in: 4...8, using: &words)).map { _ in words.word() }
        case .known:
            var found: (name: String, question: String)?
            while found == nil, let entry = entries.randomElement(using: &words) {
                if case .query(let query) = entry.content, let question = query.questions.first {
                    found = (query.name, question)
                }
            }
            wanted = found?.name
            subject = [found?.question ?? ""]
        case .unknown:
            subject = (0..<Int.random(in: 1...3, using: &words)).map { _ in
                (0..<4).map { _ in ["xu", "qyl", "jwe", "yth", "wox"].randomElement(using: &words) ?? "" }.joined()
            }
        }
        text = Self.asked(subject, &words)
    }

    private static func asked(_ subject: [String], _ words: inout GeneratedWords) -> String {
        let text = subject.joined(separator: " ")
        switch Int.random(in: 0..<4, using: &words) {
        case 0: return "What is the total \(text) by month?"
        case 1: return "how many \(text) did we have last year"
        case 2: return "Show me \(text)"
        default: return text
        }
    }

    private static func misspelt(_ word: String, _ words: inout GeneratedWords) -> String {
        var letters = Array(word)
        let place = Int.random(in: 1..<letters.count - 1, using: &words)
        switch Int.random(in: 0..<4, using: &words) {
        case 0: letters.remove(at: place)
        case 1: letters.insert(letters[place], at: place)
        case 2: letters[place] = letters[place] == "e" ? "a" : "e"
        default: letters.swapAt(place, place + 1)
        }
        return String(letters)
    }
}

/// The trap that is worth a word beside an answer: about the question, about columns that the statement uses, and not
/// already heeded by it.
struct GotchaChoice {
    private let knowledge: KnowledgeView
    private let reads: [String]
    private let statement: [SQLToken]

    init(_ knowledge: KnowledgeView, reads: [String], sql: String) {
        self.knowledge = knowledge
        self.reads = reads
        statement = SQLToken.scan(sql)
    }

    func caveat(_ question: Wording) -> String? {
        let tables = Set(reads.map { Phrasebook.unqualified($0).lowercased() })
        let nouns = knowledge.nouns(of: reads).flatMap { $0 }
        let terms = question.core.filter { term in !term.isTimeGrain && !nouns.contains { $0.sharesForm(with: term) } }
        return knowledge.gotchas.first { gotcha in
            guard gotcha.tables.contains(where: { tables.contains(Phrasebook.unqualified($0).lowercased()) }) else {
                return false
            }
            let words = Wording.curated(gotcha.issue).core
            return words.contains { word in terms.contains { $0.sharesForm(with: word) } } && concerns(gotcha)
        }.map { "\($0.issue): \($0.solution)" }
    }

    /// Whether the statement uses a column that the text names, and not the very condition that it advises.
    private func concerns(_ gotcha: Gotcha) -> Bool {
        let text = SQLToken.scan(gotcha.issue + " " + gotcha.solution)
        let known = Set(
            gotcha.tables.compactMap(knowledge.table(named:)).flatMap(\.columns).map { $0.name.lowercased() })
        let named = Self.words(text).filter { known.contains($0) || $0.contains("_") }
        guard !named.isEmpty else { return true }
        let advice = SQLToken.scan(gotcha.solution)
        for index in advice.indices.dropFirst().dropLast() {
            guard case .symbol(let sign) = advice[index], ["=", "<", ">", "<>"].contains(sign) else { continue }
            if statement.contains(Array(advice[(index - 1)...(index + 1)])) { return false }
        }
        return !named.isDisjoint(with: Self.words(statement))
    }

    private static func words(_ tokens: [SQLToken]) -> Set<String> {
        Set(tokens.compactMap { token in if case .word(let word, _) = token { word.lowercased() } else { nil } })
    }
}

import Dash

/// Entries made of one vocabulary whose words are as unevenly common as those of real text; the same for one seed.
struct GeneratedCompany {
    /// Goes on from entries to questions, so that these do not repeat them.
    var words: GeneratedWords

    init(words: GeneratedWords) {
        self.words = words
    }

    mutating func entry(_ number: Int) -> KnowledgeEntry {
        let content: KnowledgeContent =
            switch number % 10 {
            case 0:
                .table(
                    TableKnowledge(
                        name: name(2) + "_\(number)", description: text(12), useCases: [text(8)],
                        dataQualityNotes: [text(12)],
                        columns: (0..<10).map { _ in .init(name: name(2), type: "text", description: text(5)) },
                        synonyms: [text(2)]))
            case 1...4:
                .query(
                    ValidatedQuery(
                        name: name(3) + "_\(number)", description: text(10),
                        sql: "SELECT \(name(1)), count(*) FROM \(name(2)) WHERE \(name(2)) = '\(text(1))' GROUP BY 1",
                        questions: [text(7)]))
            case 5, 6:
                .metric(
                    Metric(
                        name: text(3) + " \(number)", definition: text(12), table: name(2),
                        calculation: "SUM(\(name(1)))", synonyms: [text(2), text(1)]))
            case 7: .rule(BusinessRule(text: text(16) + " \(number)"))
            case 8: .gotcha(Gotcha(issue: text(5) + " \(number)", tables: [name(2)], solution: text(16)))
            default: .document(Document(title: text(4) + " \(number)", text: text(200)))
            }
        return KnowledgeEntry(content: content, source: "generated")
    }

    private mutating func text(_ count: Int) -> String {
        (0..<count).map { _ in words.word() }.joined(separator: " ")
    }

    private mutating func name(_ count: Int) -> String {
        (0..<count).map { _ in words.word() }.joined(separator: "_")
    }
}

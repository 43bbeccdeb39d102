/// Questions that the description of the tables alone settles: how many rows, which values.
struct SchemaFit {
    let question: Reading
    let knowledge: KnowledgeView

    private static let existence: Set<String> = [
        "available", "exist", "offer", "different", "distinct", "possible", "kind", "type", "option", "there",
    ]

    func candidates() -> [Candidate] {
        guard question.windows.isEmpty, question.rank == nil else { return [] }
        if question.isCount { return rowCounts() }
        return values()
    }

    private func rowCounts() -> [Candidate] {
        let terms = question.core
        return knowledge.tables.filter { table in
            knowledge.nouns(of: [table.name]).contains { phrase in
                phrase.count == terms.count && zip(phrase, terms).allSatisfy { $0.matches($1) }
            }
        }.map { table in
            Candidate(
                source: .rowCount(table: table.name),
                title: "How many \(Words.plain(Lexicon.unqualified(table.name)).joined(separator: " "))?",
                fit: .full(0.6), notes: ["Counts every row of \(table.name); no definition narrows it."])
        }
    }

    private func values() -> [Candidate] {
        let terms = question.core.filter { !$0.variants.contains(where: Self.existence.contains) }
        // Without "which" or "available" a bare word is no question for its values.
        guard !terms.isEmpty, question.groups.count <= 1,
            question.groups.first != nil || terms.count < question.core.count
        else { return [] }
        var result: [Candidate] = []
        for table in knowledge.tables {
            for column in table.columns where !column.isPersonal && Self.isText(column.type) {
                let isNamed = ([column.name] + column.synonyms).contains { name in
                    let phrase = Lexicon.phrase(name)
                    return phrase.count == terms.count && zip(phrase, terms).allSatisfy { $0.matches($1) }
                }
                if isNamed {
                    result.append(
                        Candidate(
                            source: .values(table: table.name, column: column.name),
                            title:
                                "Which \(Words.plain(column.name).joined(separator: " ")) values are in \(table.name)?",
                            fit: .full(0.6 + (column.values.isEmpty ? 0 : 0.1))))
                }
            }
        }
        return result
    }

    private static func isText(_ type: String) -> Bool {
        let type = type.lowercased()
        return type.hasPrefix("text") || type.hasPrefix("varchar") || type.hasPrefix("character")
            || type.hasPrefix("char")
            || type.hasPrefix("enum") || type.hasPrefix("citext")
    }
}

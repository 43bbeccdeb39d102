import Planner

/// Questions that the description of the tables alone settles: how many rows, which values.
struct SchemaFit {
    let question: Reading
    let knowledge: KnowledgeView

    private static let existence: Set<String> = ["available", "exist", "offer", "possible", "different", "distinct"]
    private static let kinds: Set<String> = ["kind", "type", "option"]

    func candidates() -> [Candidate] {
        guard question.windows.isEmpty, question.rank == nil else { return [] }
        if question.isCount { return counts() }
        return values()
    }

    /// A column that is called so goes before a table that only has it as a synonym: plans are values, not contracts.
    private func counts() -> [Candidate] {
        let own = rowCounts { [Lexicon.unqualified($0.name)] }
        guard own.isEmpty else { return own }
        let listed = values().filter { candidate in
            guard case .values(_, let column) = candidate.source else { return false }
            return isAsked(column)
        }
        return listed.isEmpty ? rowCounts(\.synonyms) : listed
    }

    private func isAsked(_ name: String) -> Bool {
        let terms = question.core
        let phrase = Lexicon.phrase(name)
        return phrase.count == terms.count && zip(phrase, terms).allSatisfy { $0.matches($1) }
    }

    private func rowCounts(_ names: (TableKnowledge) -> [String]) -> [Candidate] {
        knowledge.tables.filter { names($0).contains(where: isAsked) }.map { table in
            let noun = Words.plain(Lexicon.unqualified(table.name)).joined(separator: " ")
            return Candidate(
                source: .rowCount(table: table.name), title: "How many \(noun)?", fit: .full(0.6),
                notes: ["Counts every row of \(table.name); no definition narrows it."])
        }
    }

    private func values() -> [Candidate] {
        let all = question.core
        let named = all.filter { !$0.variants.contains(where: Self.existence.contains) }
        let bare = named.filter { !$0.variants.contains(where: Self.kinds.contains) }
        // Without "which" or "available" a bare word is no question for its values.
        guard !all.isEmpty, !question.isSplit, question.groups.count <= 1,
            question.isCount || question.groups.first != nil || bare.count < all.count
        else {
            return []
        }
        var result: [Candidate] = []
        for table in knowledge.tables {
            for column in table.columns where !column.isPersonal && Self.isText(column.type) {
                let nouns = knowledge.nouns(of: [table.name]).flatMap { $0 }
                // "blood types" is the column; "which plan values are in subscriptions" names the table as well.
                let readings = [all, named, bare, bare.filter { term in !nouns.contains { $0.matches(term) } }]
                let isNamed = ([column.name] + column.synonyms).contains { name in
                    let phrase = Lexicon.phrase(name)
                    return readings.contains { terms in
                        phrase.count == terms.count && zip(phrase, terms).allSatisfy { $0.matches($1) }
                    }
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

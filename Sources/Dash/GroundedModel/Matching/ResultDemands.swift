/// What a question demands of the rows themselves: split by what it names, about the things it names, of one amount.
struct ResultDemands {
    let question: Reading
    let knowledge: KnowledgeView
    /// The words of the output columns.
    let columns: [[Term]]
    /// What the query says of itself: name, listed questions, description; the name first.
    let promises: [Reading]
    let tables: [String]
    let lexicon: Lexicon

    private static let identity: Set<String> = ["id", "name", "title", "code", "label"]
    private static let kinds: Set<String> = ["kind", "type", "sort", "way"]

    /// The demands that the statement's result does not meet, in the question's words.
    func unmet(by sql: String, _ outline: SQLOutline) -> [String] {
        var missing: [String] = []
        let thingKeys = question.things.map { $0.map(\.surface) }
        for group in question.groups where !group.allSatisfy(isKind) {
            let isThing = thingKeys.contains(group.map(\.surface))
            if !carries(group, isThing: isThing) {
                missing.append((isThing ? "which " : "by ") + group.map(\.surface).joined(separator: " "))
            }
        }
        if let noun = question.ranked.first, isThing(noun), !carries([noun], isThing: true) {
            missing.append("top " + noun.surface)
        }
        if question.rank != nil, !columns.isEmpty, !outline.hasUnion, outline.order == nil, outline.limit == nil,
            let words = SQLWords.topLevel(of: sql), !words.contains(where: { $0.text == "group" })
        {
            missing.append("ranking")
        }
        if question.isAmount, question.rank == nil, outline.limit.map({ $0 > 1 }) ?? false {
            missing.append("how much")
        }
        return missing
    }

    /// Whether rows are told apart by it. What follows the first words may be a verb ("which plans grow"), which is
    /// covered as a word.
    private func carries(_ group: [Term], isThing: Bool) -> Bool {
        (1...group.count).contains { length in
            let head = Array(group.prefix(length))
            let isGrain = head.allSatisfy(\.isTimeGrain)
            let isMeasure = !isThing && question.rank != nil
            let keys = isThing && question.rank != nil ? Array(columns.prefix(1)) : columns
            // A plural column counts things; a singular one names them.
            let named = isMeasure ? keys : keys.filter { $0.last.map(isSingular) ?? false }
            let promised = (isGrain ? Array(promises.prefix(1)) : promises).flatMap(\.groups)
            if (named + promised).contains(where: { Coverage(of: head, phrase: $0, lexicon: lexicon).isFull }) {
                return true
            }
            return !isGrain && isListed(head)
        }
    }

    /// Rows that have an identifying column are the things that their tables hold.
    private func isListed(_ head: [Term]) -> Bool {
        guard
            knowledge.nouns(of: tables).contains(where: { noun in
                noun.count == head.count && zip(noun, head).allSatisfy { $0.matches($1) }
            })
        else { return false }
        let keys = columns.prefix(question.rank == nil ? columns.count : 1)
        return keys.contains { $0.contains { Self.identity.contains($0.surface) } }
    }

    private func isThing(_ term: Term) -> Bool {
        knowledge.tables.contains { table in
            let names =
                [Lexicon.unqualified(table.name)] + table.synonyms + table.columns.flatMap { [$0.name] + $0.synonyms }
            return names.contains { name in
                let phrase = Lexicon.phrase(name)
                return phrase.count == 1 && phrase[0].matches(term)
            }
        }
    }

    private func isKind(_ term: Term) -> Bool { term.variants.contains(where: Self.kinds.contains) }

    private func isSingular(_ term: Term) -> Bool {
        term.variants.first == term.surface || term.surface.hasSuffix("s") == false
    }
}

import Planner

/// What a question demands of the rows themselves: split by what it names, about the things it names, of one amount.
struct ResultDemands {
    let question: Wording
    let knowledge: KnowledgeView
    /// The words of the output columns.
    let columns: [[Term]]
    /// What the query says of itself: name, listed questions, description; the name first.
    let promises: [Wording]
    let tables: [String]
    let phrasebook: Phrasebook
    /// What the rows are called that the question asks for; empty where it asks for a number.
    var rows: [Term] = []

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
        if rows.isEmpty {
            if question.isListing, Self.isOneRow(sql, outline) { missing.append("list") }
        } else if !carries(rows, isThing: true) {
            missing.append("list of " + rows.map(\.surface).joined(separator: " "))
        }
        if let noun = question.ranked.first, isThing(noun), !carries([noun], isThing: true) {
            missing.append("top " + noun.surface)
        }
        if question.rank != nil, !columns.isEmpty, !outline.hasUnion, outline.order == nil, outline.limit == nil,
            let words = SQLWords.topLevel(of: sql), !words.contains(where: { $0.text == "group" })
        {
            missing.append("ranking")
        }
        // One number over a list that was cut is none over the whole.
        if question.rank == nil, outline.limit.map({ $0 > 1 }) ?? false {
            if question.isAmount { missing.append("how much") }
            if let sum = question.terms.first(where: { $0.isAmountWord || $0.isAverage || $0.surface == "median" }) {
                missing.append(sum.surface)
            }
        }
        if let aggregate = question.rankedAggregate { missing.append(aggregate) }
        if let cause = question.cause, !promises.dropLast().contains(where: { $0.cause != nil }) {
            missing.append(cause.surface)
        }
        missing += unshownMetrics(outline) + unshownShare()
        if question.isEver, !outline.intervals.isEmpty || outline.usesClock || promises.contains(where: isLimited) {
            missing.append("ever")
        }
        missing += question.picks.filter { !isShown($0) }.map { ($0.word.surface + " " + ($0.noun?.surface ?? "")) }
        missing += unmetOrder(outline)
        // One row of totals ranks and picks nothing.
        if question.rank != nil || !question.picks.isEmpty, missing.isEmpty, Self.isOneRow(sql, outline) {
            missing.append("ranking")
        }
        return missing
    }

    private static func isOneRow(_ sql: String, _ outline: SQLOutline) -> Bool {
        guard !outline.hasUnion, !outline.items.isEmpty,
            let words = SQLWords.topLevel(of: SQLOutline.body(sql)), !words.contains(where: { $0.text == "group" })
        else { return false }
        return outline.items.allSatisfy { item in
            item.expression.indices.dropLast().contains { index in
                guard case .word(let word, isQuoted: false) = item.expression[index] else { return false }
                return SQLWords.aggregates.contains(word) && item.expression[index + 1] == .symbol("(")
            } && !item.expression.contains { $0.isWord("over") }
        }
    }

    /// Metrics that the question names in several words ("lost revenue") are not shown by anything that has some of
    /// the words; and one amount is no list that was cut.
    private func unshownMetrics(_ outline: SQLOutline) -> [String] {
        var missing: [String] = []
        for metric in knowledge.metrics {
            let phrases = metric.names.map { Phrasebook.phrase($0) }.filter { !$0.isEmpty }
            let named = phrases.filter { question.terms.contains(phrase: $0) }
            guard let phrase = named.max(by: { $0.count < $1.count }) else { continue }
            let text = metric.shortName.lowercased()
            let isShown = phrases.contains { phrase in
                (promises.dropLast().map(\.terms) + columns).contains { $0.contains(phrase: phrase) }
            }
            if phrase.count > 1, !isShown { missing.append(text) }
            let isList = question.groups.isEmpty && question.rank == nil && (outline.limit ?? 1) > 1
            if isList, !question.core.contains(where: { isListed([$0]) }) { missing.append("one " + text) }
        }
        return missing
    }

    /// A column that only says "share" is a share of the number before it.
    private func unshownShare() -> [String] {
        guard let asked = question.terms.first(where: { $0.variants.contains("percent") }),
            let share = columns.firstIndex(where: { column in
                !column.isEmpty && column.allSatisfy { $0.variants.contains("percent") }
            }), share > 0
        else { return [] }
        let whole = columns[share - 1]
        let others = question.core.filter { $0 != asked }
        let isSaid = others.contains { term in Coverage(of: [term], phrase: whole, phrasebook: phrasebook).isFull }
        return isSaid || others.isEmpty ? [] : ["\(asked.surface) of what is asked"]
    }

    /// A rank needs something that is told apart, and a list that was cut must have been cut by what is asked.
    private func unmetOrder(_ outline: SQLOutline) -> [String] {
        guard let rank = question.rank else { return [] }
        var missing: [String] = []
        let isNamed =
            !question.groups.isEmpty
            || question.core.contains { term in
                isListed([term]) || columns.prefix(1).contains { names($0, [term]) }
            }
        if !isNamed {
            missing.append(rank.direction == .lowest || rank.direction == .worst ? "lowest of what" : "highest of what")
        }
        guard outline.limit != nil, let order = outline.order else { return missing }
        let key = Wording.curated(order.column, isName: true).terms
        let ranked = promises.filter { $0.rank != nil }
        for group in question.groups where !question.things.contains(group) {
            let isOrder = Coverage(of: group, phrase: key, phrasebook: phrasebook).isFull
            let isPromised = ranked.flatMap(\.groups).contains {
                Coverage(of: group, phrase: $0, phrasebook: phrasebook).isFull
            }
            if !isOrder, !isPromised { missing.append("by " + group.map(\.surface).joined(separator: " ")) }
        }
        let isSaid = question.terms.contains { term in key.contains { $0.sharesForm(with: term) } }
        if ranked.isEmpty, !isSaid { missing.append("ranking") }
        return missing
    }

    /// Whether the text says that it is about some stretch of time only.
    private func isLimited(_ text: Wording) -> Bool { text.isCurrent || text.windows.contains(where: \.isSaid) }

    /// "first signup" is a column of that name, or what the query is about in so many words; never any column that has
    /// a "first" in it.
    private func isShown(_ pick: Wording.Pick) -> Bool {
        let others = question.core.filter { $0 != pick.word }
        let isColumn = columns.contains { column in
            let rest = column.filter { !$0.matches(pick.word) && !$0.isSoft }
            return rest.count < column.count && !rest.isEmpty
                && rest.allSatisfy { word in question.terms.contains { $0.matches(word) } }
        }
        // What only the description says in passing ("oldest first") promises nothing.
        let isSaid = promises.dropLast().contains { text in
            text.terms.contains(where: pick.word.matches)
                && (pick.noun.map { [$0] } ?? others).contains { noun in text.terms.contains(where: noun.matches) }
        }
        return isColumn || isSaid
    }

    /// Whether a column is called so. "company_size" is no company, "company_name" is one.
    private func names(_ column: [Term], _ head: [Term]) -> Bool {
        guard Coverage(of: head, phrase: column, phrasebook: phrasebook).isFull else { return false }
        let direct = column.lastIndex { word in head.contains { $0.matches(word) } }
        if let direct, head.allSatisfy({ term in column.contains { $0.matches(term) } }) {
            return column[(direct + 1)...].allSatisfy { Self.identity.contains($0.surface) || $0.isSoft }
        }
        // Under another name only where nothing else is said: "signups" are customers, "first signup" is a date.
        return (1...head.count).contains { length in
            phrasebook.expansions(of: head.prefix(length)).contains { name in
                column.contains(phrase: name)
                    && column.allSatisfy { word in
                        name.contains { $0.matches(word) } || Self.identity.contains(word.surface) || word.isSoft
                            || head.contains { $0.matches(word) }
                    }
            }
        }
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
            if isMeasure
                ? (named + promised).contains(where: { Coverage(of: head, phrase: $0, phrasebook: phrasebook).isFull })
                : (named + promised).contains(where: { names($0, head) })
            {
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
        return keys.contains { key in
            key.contains { Self.identity.contains($0.surface) } && (names(key, head) || belongs(key, to: head))
        }
    }

    /// Whether the column is one of the table that the words name; a table without known columns may have it.
    private func belongs(_ column: [Term], to head: [Term]) -> Bool {
        let name = column.map(\.surface)
        return tables.compactMap(knowledge.table(named:)).contains { table in
            knowledge.nouns(of: [table.name]).contains { noun in
                noun.count == head.count && zip(noun, head).allSatisfy { $0.matches($1) }
            } && (table.columns.isEmpty || table.columns.contains { Words.plain($0.name) == name })
        }
    }

    private func isThing(_ term: Term) -> Bool {
        knowledge.tables.contains { table in
            let names =
                [Phrasebook.unqualified(table.name)] + table.synonyms
                + table.columns.flatMap { [$0.name] + $0.synonyms }
            return names.contains { name in
                let phrase = Phrasebook.phrase(name)
                return phrase.count == 1 && phrase[0].matches(term)
            }
        }
    }

    private func isKind(_ term: Term) -> Bool { term.variants.contains(where: Self.kinds.contains) }

    private func isSingular(_ term: Term) -> Bool {
        term.variants.first == term.surface || term.surface.hasSuffix("s") == false
    }
}

/// Verbs that are tables of their own: what was sold, played, prescribed, and how often.
extension QuestionReader {
    /// The table of a verb behind a noun; nil where it says nothing that the noun does not say.
    func deed(_ piece: Int, of head: Int) throws -> Int? {
        let tables = Set(
            pieces[piece].entries.compactMap { entry -> Int? in
                if case .table(let table) = entry.sense { return table }
                return nil
            })
        if tables.contains(where: { relations.stepsUp(from: head, to: $0) != nil }) { return nil }
        let below = tables.filter { relations.stepsUp(from: $0, to: head) != nil }
        guard below.count == 1, let deed = below.first else { throw ReadFailure.unplaced([piece]) }
        return deed
    }

    /// "never reviewed an album": the verb's table is where both meet, and no row of it is there.
    mutating func joins(_ piece: Int, _ subject: Int, _ object: Int) throws -> Bool {
        guard subject != object, let deed = try deed(piece, of: subject),
            relations.stepsUp(from: deed, to: object) != nil
        else { return false }
        joinedBy = deed
        use(piece, "table \(model.tables[deed].id.name)", .table)
        return true
    }

    /// "number of bikes sold": sales, not bikes; "number of patients treated": patients.
    mutating func numberOfDeeds(_ noun: Noun, _ phrase: Phrase) throws -> Draft.Number? {
        guard case .table(let things) = noun.head, phrase.aggregate == nil else { return nil }
        var deeds = noun.deed
        if let event = noun.event, deeds == nil {
            let table = model.columns[event].table
            guard table != things, relations.stepsUp(from: things, to: table) == nil else { return nil }
            deeds = table
            draft.timeColumn = event
        }
        guard let deeds else { return nil }
        let verb = phrase.terms.last.flatMap { pieces[$0].words.last } ?? ""
        return try number(of: deeds, done: verb, to: things, isDistinct: phrase.isDistinct)
    }

    /// "how many bikes did we sell", "were sold": the number that was of bikes is one of sales.
    mutating func countDeeds(_ deeds: Int, _ noun: Noun, _ phrase: Phrase, base: Int, isNegated: Bool) throws -> Bool {
        guard !isNegated, noun.filters.isEmpty, let last = phrase.terms.last, phrase.terms.count == 1 else {
            return false
        }
        return try countDeeds(deeds, pieces[last].words.last ?? "", base: base, event: noun.event)
    }

    mutating func countDeeds(_ deeds: Int, _ verb: String, base: Int, event: Int?) throws -> Bool {
        guard isTrade(verb), draft.numbers == [.count(base)], relations.stepsUp(from: deeds, to: base) == 1,
            !phrases.contains(where: \.isDistinct)
        else { return false }
        draft.numbers = []
        add(try number(of: deeds, done: verb, to: base, isDistinct: false))
        if draft.subject == base { draft.subject = nil }
        if let event { draft.timeColumn = event }
        return true
    }

    private mutating func number(of deeds: Int, done verb: String, to things: Int, isDistinct: Bool) throws
        -> Draft.Number
    {
        let isPerson =
            model.tables[things].labels.count == 2
            || model.tables[things].words.contains { People.words.contains(NameWords.base($0)) }
        if isDistinct || isPerson {
            guard let key = keyColumn(of: deeds, to: things) else {
                throw ReadFailure.unsound("Which \(model.tables[things].title) are meant is not declared.")
            }
            return .countDistinct(key)
        }
        guard isTrade(verb) else {
            throw ReadFailure.unsound(
                "It is not said whether \(model.tables[things].title) count once or every time; "
                    + "ask for different \(model.tables[things].title), or for \(model.tables[deeds].title).")
        }
        let amounts = model.columns(of: deeds).filter { column in
            column.role == .measure && column.words.contains { ["quantity", "qty", "units"].contains($0) }
        }
        if amounts.count == 1, let amount = amounts.first {
            assume("The sum of \(amount.title) is shown.")
            return .aggregate(.sum, amount.index)
        }
        assume("Each of the \(model.tables[deeds].title) counts.")
        return .count(deeds)
    }

    /// What is traded counts every time.
    private func isTrade(_ word: String) -> Bool {
        !WordFamily.keys(of: word).isDisjoint(with: Self.trades)
    }

    private static let trades: Set<String> = ["buy", "sell", "order", "ship", "rent", "book", "deliver"]

    /// "fed no otters": that something else was fed is not said.
    mutating func dropVerbs() {
        for index in draft.relations.indices.dropLast().reversed() {
            let (verb, next) = (draft.relations[index], draft.relations[index + 1])
            if verb.isVerb, next.isNegated, verb.table == next.table, verb.filters.isEmpty, verb.time == nil {
                draft.relations.remove(at: index)
            }
        }
    }

    /// "repaired more than once": as many rows of the verb's table.
    mutating func readTimes(_ span: QuantitySpan, _ piece: Int) throws -> Bool {
        guard span.unit == .times, pending == nil, let relation = draft.relations.last, relation.table == scope,
            !relation.isNegated, draft.numbers.isEmpty, let subject = draft.subject,
            relations.stepsUp(from: relation.table, to: subject) != nil
        else { return false }
        let comparator: Comparator
        let times: NumberLiteral
        switch span.meaning {
        case .compare(let held, let number): (comparator, times) = (held, number)
        case .number(let number): (comparator, times) = (.equal, number)
        default: return false
        }
        draft.relations.removeLast()
        draft.filters += relation.filters
        if let time = relation.time {
            guard draft.time == nil else { throw ReadFailure.unplaced([piece]) }
            draft.time = time
            draft.timeColumn = relation.timeColumn
        }
        scope = nil
        use(piece, "\(comparator.rawValue) \(times)", .number)
        draft.having.append((.count(relation.table), comparator, times))
        role = .having
        return true
    }

    /// "which site was opened first".
    mutating func readFirstEvent(_ piece: Int) throws -> Bool {
        guard let event = lastEvent, let subject = draft.subject, draft.numbers.isEmpty, draft.rank == nil,
            model.columns[event].table == subject, draft.time == nil,
            model.columns[event].isTime || !YearEvents.words(of: model.columns[event]).isEmpty
        else { return false }
        use(piece)
        draft.timeColumn = nil
        draft.rank = .init(isDescending: false, limit: isAskedPlural ? nil : 1)
        draft.rankColumn = event
        role = .rank
        return true
    }

    /// "what do they add up to": the one sum that what was counted has.
    func isSumOfThem(_ phrase: Phrase) -> Bool {
        guard phrase.terms.isEmpty, phrase.count == nil, let total = phrase.total else { return false }
        return pieces[total].words.contains { ["they", "their", "them", "that"].contains($0) }
    }
}

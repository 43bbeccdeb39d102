/// Rows that have so many others: "how many patrons bought at least 20 tickets".
extension QuestionReader {
    /// Where the number that is asked for is one of the very rows that have them.
    ///
    /// - Parameter before: the table named before, whose rows are meant.
    mutating func relateCounted(_ table: Int, _ count: Draft.Count, _ noun: Noun, _ phrase: Phrase, of before: Int?)
        throws
        -> Bool
    {
        guard !draft.numbers.isEmpty || part != nil, let base = base ?? part?.table else { return false }
        let isSplit = !draft.groups.isEmpty || !draft.entities.isEmpty
        if isSplit, !phrase.links.contains(where: { [.have, .relative].contains($0) }) || before != base {
            return false
        }
        let isDone = draft.relations.last.map { !$0.isNegated && $0.table == before } ?? false
        guard before == base || isDone, table != base, relations.stepsUp(from: base, to: table) == nil,
            noun.event == nil
        else {
            if isSplit { return false }
            throw ReadFailure.notSupported("Counting rows by how many others they have needs two steps.")
        }
        var relation = Draft.Relation(table: table, isNegated: false)
        relation.count = count
        let members = membership(of: base, in: table)
        if relations.stepsUp(from: table, to: base) == nil || saidFact(between: table, base) != nil || members != nil {
            let fact = try saidFact(between: table, base, noun.filters) ?? members ?? between(base, table)
            guard let key = keyColumn(of: fact, to: table) else {
                throw ReadFailure.unsound("\(model.tables[table].title) cannot be counted so.")
            }
            relation.table = fact
            relation.count?.distinct = key
        }
        relation.filters = noun.filters
        if let verb = draft.relations.last, verb.isVerb, !verb.isNegated, verb.table == relation.table {
            // "launched at least two projects": as many that were launched.
            draft.relations.removeLast()
            relation.filters += verb.filters
            relation.timeColumn = verb.timeColumn
            relation.time = verb.time
        }
        draft.relations.append(relation)
        scope = relation.table
        role = .relation
        return true
    }

    /// "councillors in two committees": those that they are in, and not those that name one of them as their chair.
    func membership(of rows: Int, in table: Int) -> Int? {
        guard roleHints[rows] == nil, relations.stepsUp(from: table, to: rows) == 1,
            let noun = model.tables[rows].words.last.map(NameWords.base)
        else { return nil }
        let keys = model.columns(of: table).filter { $0.targets.contains(rows) }
        guard keys.allSatisfy({ !$0.words.map(NameWords.base).contains(noun) }) else { return nil }
        let junctions = model.tables.indices.filter { junction in
            model.tables[junction].isJunction && relations.stepsUp(from: junction, to: rows) == 1
                && relations.stepsUp(from: junction, to: table) == 1
        }
        return junctions.count == 1 ? junctions[0] : nil
    }
}

/// Holds a plan against the clauses of its question: who does something, to what, and when.
///
/// A verb with an object says what somebody does; it is no state of rows that happens to be called like it.
struct VerbWitness {
    let model: SemanticModel
    let pieces: [Piece]

    /// A sentence for people; nil where no clause speaks against the plan.
    func cause(against plan: Plan) -> String? {
        let conditions = PlanContent(plan).conditions
        for index in pieces.indices where isActive(index) && isHeld(pieces[index], in: conditions) {
            return "“\(pieces[index].text)” says what somebody did, and in the data it is a state only."
        }
        if let verb = lateVerb(conditions) {
            return "It is not clear of which of them “\(pieces[verb].text)” is said."
        }
        if let year = strayYear(conditions) {
            return "It is not clear which year “\(pieces[year].text)” is."
        }
        if asksWhoToo(plan) { return "Who did it is not shown beside; ask for the two one after the other." }
        if asksWhoIsNamed(plan) { return "It is not said in the data who that is." }
        return nil
    }

    // MARK: Verbs

    /// "sponsors that booked more than 40 ads", "the policies they sold".
    private func isActive(_ index: Int) -> Bool {
        guard index > 0, pieces[index].words.count == 1, let verb = pieces[index].words.first, isVerb(verb) else {
            return false
        }
        let before = pieces[index - 1]
        if before.words.count == 1, let word = before.words.first, Self.doers.contains(word) { return true }
        guard before.grammar == .relative, before.words.count == 1, index + 1 < pieces.count else { return false }
        let next = pieces[index + 1]
        if next.quantity != nil { return true }
        switch next.grammar {
        case .superlative?, .limit?: return true
        default: return next.words.first.map(Self.articles.contains) ?? false
        }
    }

    private func isVerb(_ word: String) -> Bool { word.hasSuffix("ed") || WordFamily.isDeed(word) }

    private func isHeld(_ piece: Piece, in conditions: [Condition]) -> Bool {
        piece.entries.contains { entry in
            switch entry.sense {
            case .flag(let column): conditions.contains(.isTrue(model.columns[column].id))
            case .value(let column, let values):
                conditions.contains { condition in
                    guard case .oneOf(let held, let texts) = condition else { return false }
                    return held.name == model.columns[column].id.name && held.table == model.columns[column].id.table
                        && !Set(texts).isDisjoint(with: values)
                }
            default: false
            }
        }
    }

    private static let doers: Set<String> = ["they", "he", "she", "we"]
    private static let articles: Set<String> = ["a", "an", "the", "at", "more", "fewer", "less"]

    // MARK: Clauses behind "without"

    /// "episodes without ads that came out in May": a verb of another thing than what is not there.
    private func lateVerb(_ conditions: [Condition]) -> Int? {
        guard let denial = pieces.firstIndex(where: { $0.grammar == .without }),
            let relative = pieces[denial...].firstIndex(where: { $0.grammar == .relative }),
            let time = pieces[relative...].firstIndex(where: { $0.time != nil }), time > relative + 1
        else { return nil }
        let columns = conditions.flatMap { condition -> [ColumnID] in
            guard case .not(.related(_, let inner, _)) = condition else { return [] }
            return inner.flatMap { condition -> [ColumnID] in
                if case .period(let column, _) = condition { [column] } else { [] }
            }
        }
        guard let column = columns.first.flatMap(model.column) else { return nil }
        let own = Set((column.words + (column.aliases.flatMap(\.words))).flatMap { family(of: $0) })
        let verbs = pieces[(relative + 1)..<time].flatMap(\.words)
        return verbs.contains { !family(of: $0).isDisjoint(with: own) } ? nil : relative + 1
    }

    private func family(of word: String) -> Set<String> { Set(Stemmer.variants(of: word) + [word]) }

    // MARK: Years

    /// "the fall semester of 2025" where the semesters have years of their own.
    private func strayYear(_ conditions: [Condition]) -> Int? {
        for index in pieces.indices where pieces[index].time != nil {
            let isBehind = index > 1 && pieces[index - 1].grammar == .of
            let said = isBehind ? index - 2 : index - 1
            guard said >= 0, isBehind || pieces[index].words.first == "of" else { continue }
            let tables = Set(
                pieces[said].entries.compactMap { entry -> Int? in
                    switch entry.sense {
                    case .column(let column), .value(let column, _): model.columns[column].table
                    default: nil
                    }
                })
            guard tables.count == 1, let table = tables.first,
                model.columns(of: table).contains(where: { $0.words == ["year"] && $0.kind == .number })
            else { continue }
            let years = conditions.flatMap(\.columns).compactMap(model.column).filter { $0.words.last == "year" }
            if !years.isEmpty, years.allSatisfy({ $0.table != table }) { return index }
        }
        return nil
    }

    // MARK: Who

    /// "the biggest invoice and who paid it" wants both, and a state of the invoice is not who.
    private func asksWhoToo(_ plan: Plan) -> Bool {
        guard plan.recipe == .list, let shown = plan.subject,
            let who = pieces.indices.first(where: { index in
                index > 0 && pieces[index].words == ["who"]
                    && pieces.preceding(index).map { [.and, .comma].contains(pieces[$0].grammar) } ?? false
            }), who + 1 < pieces.count
        else { return false }
        return pieces[(who + 1)...].contains { ["it", "them", "that"].contains($0.words.joined()) }
            && plan.columns.allSatisfy { $0.table == shown }
    }

    /// "who manages the Baltic?" is not answered by the Baltic.
    private func asksWhoIsNamed(_ plan: Plan) -> Bool {
        guard [.list, .distinct].contains(plan.recipe), let first = pieces.first(where: { !$0.words.isEmpty }),
            first.words == ["who"], first.grammar == .which || first.grammar == .relative,
            let shown = plan.columns.first?.table,
            plan.columns.allSatisfy({ $0.table == shown }), let table = model.table(shown),
            !table.words.contains(where: { People.words.contains(NameWords.base($0)) })
        else { return false }
        return plan.conditions.contains { condition in
            guard case .oneOf(let column, _) = condition, column.table == shown else { return false }
            return table.labels.contains { model.columns[$0].id == column }
        }
    }
}

extension PlanWitness {
    private static let present: Set<String> = ["currently", "right now", "now", "at the moment", "at present"]
    private static let lasting: Set<String> = ["still", "already", "yet"]
    private static let altogether: Set<String> = ["overall", "altogether", "in total", "in sum"]

    /// Small words may be passed over only where what they point at is in the plan: "still" before what still holds,
    /// "now" of what has a state, "overall" of what is not held against single rows.
    func isHarmless(_ index: Int, in plan: Plan, _ content: PlanContent) -> Bool {
        let words = pieces[index].words.joined(separator: " ")
        if words == "when", asksWhen(index) { return showsTime(plan, content) }
        if pieces[index].grammar == .howMany, countsThings(index) { return counts(plan, content) }
        if pieces[index].words.contains("never") { return !plan.conditions.contains { $0.isPresent } }
        if Self.present.contains(words) { return hasState(content) }
        if Self.lasting.contains(words) { return leadsOn(from: index) || content.conditions.contains { $0.isNegative } }
        if AwayWords.isSaid(at: index, in: pieces), !content.conditions.contains(where: isUnended) { return false }
        if isState(pieces[index]) { return isOfNamed(pieces[index], in: plan, content) }
        if ["whole", "entire"].contains(words), isWholeOfThings(index) {
            return !content.measures.contains { $0.isQuotient || $0.isShare }
        }
        if ["value", "values"].contains(words), isOfThings(index) {
            return content.measures.isEmpty || !content.measures.allSatisfy { $0.countsOnly }
        }
        if Self.altogether.contains(words) { return !content.conditions.contains { $0.holdsSingleRows } }
        if words == "database", isBeforeNoun(index) { return false }
        if pieces[index].words.contains("case"), pieces[index].isPassedOver {
            return !plan.dimensions.contains { if case .column = $0 { true } else { false } }
        }
        return true
    }

    /// "the database users": of the database, and not of the data in it.
    private func isBeforeNoun(_ index: Int) -> Bool {
        index + 1 < pieces.count && !pieces[index + 1].entries.isEmpty
            && !(index > 0 && ["in", "from", "within"].contains(pieces[index - 1].words.first ?? ""))
    }

    /// "contract value": what they are worth, and not how many they are.
    private func isOfThings(_ index: Int) -> Bool {
        guard index > 0, pieces[index].isPassedOver else { return false }
        return pieces[index - 1].entries.contains {
            if case .table = $0.sense { $0.quality >= 0.9 } else { false }
        }
    }

    /// That something has not ended.
    private func isUnended(_ condition: Condition) -> Bool {
        guard case .isEmpty(let column) = condition else { return false }
        return model.column(column)?.isTime == true
    }

    /// A state that no column names: it is one of rows that are spoken of, and not of others that belong to them.
    private func isState(_ piece: Piece) -> Bool {
        guard piece.isNegated, piece.words.count == 1, UnendedStates.words.contains(piece.words[0]) else {
            return false
        }
        return !piece.entries.isEmpty
            && piece.entries.allSatisfy { if case .event = $0.sense { true } else { false } }
    }

    private func isOfNamed(_ state: Piece, in plan: Plan, _ content: PlanContent) -> Bool {
        var named = Set(
            pieces.flatMap { piece in
                piece.entries.compactMap { entry -> Int? in
                    if case .table(let table) = entry.sense, entry.quality >= 0.7 { table } else { nil }
                }
            })
        if let subject = plan.subject.flatMap({ model.table($0)?.index }) { named.insert(subject) }
        return state.entries.contains { entry in
            guard case .event(let end) = entry.sense else { return false }
            return named.contains(model.columns[end].table)
                && content.conditions.contains { $0 == .isEmpty(model.columns[end].id) }
        }
    }

    /// "the whole state": one thing that others are parts of, which their sum need not be.
    private func isWholeOfThings(_ index: Int) -> Bool {
        guard index + 1 < pieces.count else { return false }
        return pieces[index + 1].entries.contains {
            if case .table = $0.sense { $0.quality >= 0.8 } else { false }
        }
    }

    /// A stock, or rows in a state; not what is added up over all days.
    private func hasState(_ content: PlanContent) -> Bool {
        let isAdded = content.measures.contains { if case .aggregate = $0 { true } else { false } }
        return !metrics(content).isEmpty || !isAdded && content.conditions.contains { !$0.isRelated }
    }

    /// Whether the next word with a meaning says what still holds.
    private func leadsOn(from index: Int) -> Bool {
        for piece in pieces[(index + 1)...] {
            switch piece.kind {
            case .filler, .grammar(.be), .grammar(.have), .grammar(.not), .grammar(.relative): continue
            case .term, .relation, .quantity, .quoted: return true
            case .time, .grammar, .unknown: return false
            }
        }
        return false
    }

    /// Whether there may be a number for each of something, or rows are shown as they are.
    private func isSplit(_ plan: Plan) -> Bool {
        !plan.dimensions.isEmpty || plan.measures.isEmpty || isNested(plan) || plan.measures.contains { $0.isQuotient }
    }

    func isSeen(_ piece: Piece, in plan: Plan, _ content: PlanContent) -> Bool {
        switch piece.kind {
        case .term(let entries): entries.isEmpty || entries.contains { isSeen($0.sense, in: plan, content) }
        case .time(let span): isSeen(span, in: plan, content)
        case .quantity(let span): isSeen(span, content)
        case .grammar(.group) where piece.words.contains("each"), .grammar(.each): isSplit(plan)
        case .grammar(let grammar): isSeen(grammar, in: plan, content)
        case .quoted, .relation, .filler, .unknown: true
        }
    }

    // MARK: What is asked for beside something else

    /// "… and when did it happen?"
    private func asksWhen(_ index: Int) -> Bool {
        guard index + 1 < pieces.count else { return true }
        return ["did", "do", "does", "was", "were", "is", "are"].contains(pieces[index + 1].words.first ?? "")
    }

    private func showsTime(_ plan: Plan, _ content: PlanContent) -> Bool {
        plan.dimensions.contains(where: \.isTime) || plan.columns.contains { model.column($0)?.isTime == true }
            || content.measures.contains { measure in
                if case .aggregate(_, .column(let column)) = measure {
                    model.column(column)?.isTime == true
                } else {
                    false
                }
            }
    }

    /// "the number of awards", where awards are rows and no column.
    private func countsThings(_ index: Int) -> Bool {
        guard let next = pieces[(index + 1)...].first(where: { !$0.entries.isEmpty }),
            let best = next.entries.max(by: { $0.quality < $1.quality })
        else { return false }
        switch best.sense {
        case .table, .event: return true
        case .metric, .column, .flag, .value, .duration: return false
        }
    }

    private func counts(_ plan: Plan, _ content: PlanContent) -> Bool {
        guard !plan.measures.isEmpty, plan.having.isEmpty, metrics(content).isEmpty else { return true }
        return content.measures.contains { measure in
            switch measure {
            case .count, .countDistinct: true
            // A column may hold how many there are.
            case .aggregate(.sum, .column(let column)): model.column(column).map(isTally) ?? false
            default: false
            }
        }
    }

    private func isTally(_ column: ColumnModel) -> Bool {
        let words = column.words + column.aliases.flatMap(\.words)
        return words.contains { ["count", "number", "quantity", "total", "tally", "times"].contains($0) }
    }
}

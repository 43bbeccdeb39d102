/// "at the moment", "currently": of what begins and ends only what has not ended.
extension QuestionReader {
    /// Before the words are passed over it is looked whether they tell some rows from others.
    mutating func readNow() throws {
        guard let now = pieces.indices.first(where: isNow),
            draft.time == nil, draft.grain == nil,
            draft.numbers.allSatisfy({ if case .metric = $0 { false } else { true } })
        else { return }
        for index in draft.relations.indices where !draft.relations[index].isNegated {
            guard let end = endColumn(of: draft.relations[index].table), draft.relations[index].time == nil,
                !draft.relations[index].filters.contains(where: { Self.columns($0.condition).contains(id(end)) })
            else { continue }
            note(now, end)
            draft.relations[index].filters.append(
                .init(table: model.columns[end].table, condition: .isEmpty(id(end))))
            return
        }
        guard let base = draft.subject ?? base, let end = endColumn(of: base),
            !draft.filters.contains(where: { Self.columns($0.condition).contains(id(end)) })
        else { return }
        note(now, end)
        draft.filters.append(.init(table: base, condition: .isEmpty(id(end))))
    }

    private func isNow(_ index: Int) -> Bool {
        let words = pieces[index].words
        if Self.now.contains(words.joined(separator: " ")) { return true }
        // "out on loan", "on loan".
        guard index + 1 < pieces.count else { return false }
        let next = pieces[index + 1].words
        if words == ["out"] { return next.first == "on" }
        return words == ["on"] && [["loan"], ["hire"], ["rent"], ["lease"]].contains(next)
    }

    private mutating func note(_ piece: Int, _ end: Int) {
        use(piece, "\(title(end)) is empty", .column)
        assume("Only rows without \(model.columns[end].title) count.")
    }

    private static let now: Set<String> = [
        "at the moment", "currently", "right now", "at present", "presently", "these days",
    ]

    private func endColumn(of table: Int) -> Int? {
        let columns = model.columns(of: table)
        let saysState = columns.contains(where: UnendedStates.isTold)
        guard !saysState, columns.count(where: \.isTime) > 1 else { return nil }
        let ends = columns.filter { $0.isTime && $0.isNullable && !UnendedStates.ends.isDisjoint(with: $0.words) }
        return ends.count == 1 ? ends.first?.index : nil
    }
}

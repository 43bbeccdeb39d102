/// "at the moment", "currently": of what begins and ends only what has not ended.
extension QuestionReader {
    /// Before the words are passed over it is looked whether they tell some rows from others.
    mutating func readNow() throws {
        readUnended()
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
        return AwayWords.isSaid(at: index, in: pieces)
    }

    private mutating func note(_ piece: Int, _ end: Int) {
        use(piece, "\(title(end)) is empty", .column)
        assume("Only rows without \(model.columns[end].title) count.")
    }

    private static let now: Set<String> = [
        "at the moment", "currently", "right now", "at present", "presently", "these days",
    ]

    /// "copies that have not been returned": one that is out now may have been returned before.
    private mutating func readUnended() {
        guard !pieces.contains(where: { $0.words.contains("never") }) else { return }
        for index in draft.relations.indices {
            let relation = draft.relations[index]
            guard relation.isNegated, relation.filters.isEmpty, relation.time == nil, let end = relation.timeColumn,
                endColumn(of: relation.table) == end
            else { continue }
            draft.relations[index].isNegated = false
            draft.relations[index].timeColumn = nil
            draft.relations[index].filters = [.init(table: relation.table, condition: .isEmpty(id(end)))]
            assume("Only \(model.tables[relation.table].title) without \(model.columns[end].title) count.")
        }
    }

    private func endColumn(of table: Int) -> Int? { UnendedStates.end(among: model.columns(of: table))?.index }
}

/// When rows themselves came to be: "customers created in May".
extension QuestionReader {
    private static let origins: Set<String> = [
        "created", "added", "registered", "entered", "recorded", "started", "opened", "made", "inserted", "logged",
    ]
    private static let others: Set<String> = [
        "updated", "modified", "changed", "ended", "closed", "deleted", "finished", "completed", "issued",
    ]

    /// A verb that says nothing of what happened belongs to the rows that it is said of.
    ///
    /// False where the event is one of its own, as treatments are.
    mutating func readOrigin(_ event: Int, of base: Int, isNegated: Bool) throws -> Bool {
        let column = model.columns[event]
        let words = Set(eventPiece.map { pieces[$0].words } ?? column.event)
        let isOrigin = !words.isDisjoint(with: Self.origins)
        guard isOrigin || !words.isDisjoint(with: Self.others), relationOf(column.table) == nil else { return false }
        guard isOrigin, !isNegated, let time = model.tables[base].mainTime, position < phrases.count,
            phrases[position].time != nil, draft.timeColumn == nil, draft.time == nil
        else {
            throw ReadFailure.unsound(
                "\(model.tables[base].title) have no time of their own that says when they were \(words.sorted().joined(separator: " "))."
            )
        }
        assume("It is dated by \(model.columns[time].title).")
        draft.timeColumn = time
        return true
    }

    func isOwnState(_ piece: Int, of base: Int) -> Bool {
        pieces[piece].entries.contains { entry in
            guard case .value(let column, _) = entry.sense else { return false }
            return entry.quality >= 0.95 && model.columns[column].table == base
        }
    }

    private func relationOf(_ table: Int) -> Int? {
        mentioned.contains(table) ? table : nil
    }
}

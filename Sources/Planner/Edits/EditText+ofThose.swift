/// "total fees of those": a number of rows that only the answer before can name.
extension EditText {
    private static let pointers: Set<String> = ["those", "these", "them"]

    /// Whether nothing in the question itself is what its "of those" can mean.
    ///
    /// - Parameter isShown: whether something was answered before; "those with open bills" is then not sure to be
    ///   all of them.
    func asksOfShownRows(isShown: Bool) -> Bool {
        pieces.indices.dropFirst().contains { index in
            guard pieces[index].words.count == 1, let word = pieces[index].words.first, Self.pointers.contains(word),
                pieces[index].time == nil, pieces[index - 1].words.last == "of", namesOneThing(before: index - 1)
            else { return false }
            guard let next = pieces.dropFirst(index + 1).first else { return true }
            // "of these last three months"
            if next.time != nil || next.quantity != nil { return false }
            return isShown || !isTold(from: index + 1)
        }
    }

    /// "the total fees" stands there and nothing else: no clause, no second noun.
    private func namesOneThing(before place: Int) -> Bool {
        guard place > 0, !pieces[place - 1].entries.isEmpty else { return false }
        let start = pieces[..<place].lastIndex { $0.entries.isEmpty }.map { $0 + 1 } ?? 0
        return pieces[..<start].allSatisfy { piece in
            guard piece.entries.isEmpty, piece.time == nil, piece.quantity == nil else { return false }
            switch piece.grammar {
            case .and?, .comma?, .or?, .sentence?, .relative?, .within?, .from?, .on?, .with?, .without?: return false
            default: return true
            }
        }
    }

    /// "of those who have left", "of those clients with …": the question goes on to say which.
    private func isTold(from place: Int) -> Bool {
        let rest = pieces[place...].drop { !$0.entries.isEmpty }
        switch rest.first?.grammar {
        case .with?, .without?, .within?, .from?, .on?, .relative?, .be?, .have?, .which?, .except?, .not?: return true
        default: return rest.first.map { ["who", "that", "whose", "at"].contains($0.words.first) } ?? false
        }
    }
}

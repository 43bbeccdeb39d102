/// "At another branch than their own": two things held against each other, which no value is.
extension PlanObjection {
    /// What stands behind "other than" and is no value, in the words of the question.
    var otherThan: String? {
        for index in pieces.indices.dropLast() where Self.others.contains(pieces[index].words) {
            guard let next = pieces[(index + 1)...].first(where: { !$0.isSilent }), !next.isQuoted,
                !next.entries.isEmpty, next.entries.allSatisfy(isThing)
            else { continue }
            return next.text
        }
        return nil
    }

    private func isThing(_ entry: Lexicon.Entry) -> Bool {
        switch entry.sense {
        case .column, .table: true
        default: false
        }
    }

    private static let others = [["other", "than"], ["different", "from"]]
}

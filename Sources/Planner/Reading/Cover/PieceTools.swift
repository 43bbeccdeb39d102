/// What rules that bring people's wordings into the reader's own form look at and make.
extension Piece {
    /// Changes nothing by itself: articles, courtesy.
    var isSilent: Bool {
        if case .filler = kind { true } else { false }
    }

    var isTerm: Bool {
        if case .term = kind { true } else { false }
    }

    var isUnknown: Bool {
        if case .unknown = kind { true } else { false }
    }

    var isPeriod: Bool {
        if case .period? = time?.meaning { true } else { false }
    }

    /// The table that it is a name of, before anything else.
    var table: Int? {
        guard !isNegated, !isQuoted, let best = entries.first, best.quality >= 0.75,
            case .table(let table) = best.sense
        else { return nil }
        return table
    }

    /// The table that it is a name of, although a number may be called so as well.
    var namedTable: Int? {
        guard !isNegated, !isQuoted, let best = entries.first?.quality else { return nil }
        for entry in entries where entry.quality >= max(0.75, best - 0.06) {
            if case .table(let table) = entry.sense { return table }
        }
        return nil
    }

    /// Of tokens that stand in the question, or of none of them.
    static func made(_ kind: Kind, _ text: String, at range: Range<Int>) -> Piece {
        Piece(range: range, kind: kind, text: text, words: Words.plain(text))
    }

    /// A column by its name; a time is called a date, whatever verb it is named after.
    static func made(_ column: ColumnModel, at range: Range<Int>) -> Piece {
        var piece = made(.term([.init(sense: .column(column.index), quality: 1)]), column.title, at: range)
        if column.isTime { piece.words = ["date"] }
        return piece
    }
}

extension [Piece] {
    /// The next piece that says something.
    func follower(of index: Int) -> Int? { self.indices.first { $0 > index && !self[$0].isSilent } }

    func preceding(_ index: Int) -> Int? { self.indices.last { $0 < index && !self[$0].isSilent } }

    /// Where the terms that begin at the index end.
    func endOfTerms(from index: Int) -> Int {
        var end = index
        while end < count, self[end].isTerm || self[end].isSilent && end + 1 < count && self[end + 1].isTerm {
            end += 1
        }
        return end
    }
}

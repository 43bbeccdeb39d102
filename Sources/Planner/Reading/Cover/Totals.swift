/// "total amount" where a column is called so: its sum, unless something else is asked of it.
enum Totals {
    /// The name at the question's head, parted into the sum and the number that it is of.
    static func parted(_ pieces: [Piece], model: SemanticModel) -> [Piece] {
        let pieces = owned(pieces, model)
        guard let index = pieces.firstIndex(where: { !isLead($0) }), isTotal(pieces[index], model) else {
            return pieces
        }
        let piece = pieces[index]
        // "total amount and date" are of rows.
        let rest = pieces[(index + 1)...]
        guard !rest.contains(where: { isRanked($0.grammar) }), !isJoining(rest.first?.grammar) else { return pieces }
        return Array(pieces[..<index]) + halves(piece) + Array(pieces[(index + 1)...])
    }

    /// "total amount of payments", where orders have a total amount and payments an amount: the sum of theirs.
    private static func owned(_ pieces: [Piece], _ model: SemanticModel) -> [Piece] {
        for index in pieces.indices where isTotal(pieces[index], model) {
            guard let of = pieces.follower(of: index), pieces[of].grammar == .of,
                let owner = pieces.follower(of: of), let table = pieces[owner].namedTable
            else { continue }
            let rest = Array(pieces[index].words.dropFirst())
            let isItsOwn = pieces[index].entries.contains { entry in
                if case .column(let column) = entry.sense { model.columns[column].table == table } else { false }
            }
            let own = model.columns(of: table).filter { $0.role == .measure && $0.words.last == rest.last }
            guard !isItsOwn, own.count == 1, let column = own.first else { continue }
            var parts = halves(pieces[index])
            parts[1].kind = .term([.init(sense: .column(column.index), quality: 1)])
            return Array(pieces[..<index]) + parts + Array(pieces[(index + 1)...])
        }
        return pieces
    }

    private static func halves(_ piece: Piece) -> [Piece] {
        let middle = piece.range.lowerBound + 1
        var total = piece
        total.range = piece.range.lowerBound..<middle
        total.kind = .grammar(.total)
        total.words = [piece.words[0]]
        total.text = piece.words[0]
        var number = piece
        number.range = middle..<piece.range.upperBound
        number.words.removeFirst()
        number.text = number.words.joined(separator: " ")
        return [total, number]
    }

    private static func isLead(_ piece: Piece) -> Bool {
        switch piece.kind {
        case .filler, .grammar(.show), .grammar(.which), .grammar(.remark): true
        default: false
        }
    }

    private static func isTotal(_ piece: Piece, _ model: SemanticModel) -> Bool {
        guard piece.words.count > 1, piece.words[0] == "total", let best = piece.entries.first,
            case .column(let column) = best.sense
        else { return false }
        return model.columns[column].role == .measure && model.columns[column].kind == .number
    }

    private static func isJoining(_ grammar: Grammar?) -> Bool {
        switch grammar {
        case .and, .or, .comma, .versus: true
        default: false
        }
    }

    private static func isRanked(_ grammar: Grammar?) -> Bool {
        switch grammar {
        case .superlative, .orderBy: true
        default: false
        }
    }
}

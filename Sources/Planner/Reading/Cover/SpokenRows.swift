/// Rows as people of databases call them: "how many records are in orders".
enum SpokenRows {
    private static let names: Set<String> = ["rows", "records", "entries", "row", "record"]

    static func settled(_ pieces: [Piece]) -> [Piece] { outside(counted(pieces)) }

    /// The rows of a table are what it is called after.
    private static func counted(_ pieces: [Piece]) -> [Piece] {
        guard let start = pieces.firstIndex(where: { $0.grammar == .howMany }),
            let table = pieces.indices.first(where: { $0 > start && pieces[$0].table != nil })
        else { return pieces }
        let between = (start + 1)..<table
        guard between.contains(where: { isName(pieces[$0]) }),
            between.allSatisfy({ isName(pieces[$0]) || isLink(pieces[$0]) })
        else { return pieces }
        var settled = pieces
        for index in between { settled[index].kind = .filler }
        return settled
    }

    private static func isName(_ piece: Piece) -> Bool {
        (piece.isUnknown || piece.isSilent) && piece.words.count == 1 && names.contains(piece.words[0])
    }

    private static func isLink(_ piece: Piece) -> Bool {
        piece.isSilent || piece.words == ["table"] || [.be, .within, .of, .have].contains(piece.grammar)
    }

    /// "outside the US" is not in it.
    private static func outside(_ pieces: [Piece]) -> [Piece] {
        guard let index = pieces.firstIndex(where: { $0.isUnknown && $0.words.first == "outside" }),
            index > 0, let next = pieces.follower(of: index)
        else { return pieces }
        let place = pieces[next].grammar == .of ? pieces.follower(of: next) : next
        guard let place, case .value? = pieces[place].entries.first?.sense, !pieces[place].isNegated else {
            return pieces
        }
        var settled = pieces
        settled[index].kind = .grammar(.not)
        if place != next { settled[next].kind = .filler }
        return settled
    }
}

/// "How many viewings does a flat have on average?": the average number of them per flat.
enum SpokenMeans {
    static func settled(_ pieces: [Piece]) -> [Piece] {
        guard let mean = only(pieces.indices.filter { pieces[$0].words == ["on", "average"] }),
            let count = pieces.firstIndex(where: { $0.words == ["how", "many"] && $0.grammar == .howMany }),
            pieces[..<count].allSatisfy({ $0.isPassedOver || $0.words == ["on", "average"] }),
            let verb = only(pieces.indices.filter { $0 > count && isAuxiliary(pieces[$0]) }),
            let owner = pieces.follower(of: verb)
        else { return pieces }
        let end = pieces.endOfTerms(from: owner)
        let rest = pieces[end...].enumerated().filter { $0.offset + end != mean }.map(\.element)
        guard isThing(pieces[(count + 1)..<verb]), isThing(pieces[owner..<end]), isSingular(pieces[owner..<end]),
            rest.allSatisfy({ $0.isPassedOver || $0.isPeriod || $0.grammar == .have || $0.grammar == .sentence })
        else { return pieces }
        let range = pieces[mean].range
        return [.made(.grammar(.aggregate(.average)), "average", at: range), pieces[count]] + pieces[(count + 1)..<verb]
            + [.made(.grammar(.group), "per", at: range)] + pieces[owner..<end]
            + rest.filter { $0.isPeriod || $0.grammar == .sentence }
    }

    private static func only(_ found: [Int]) -> Int? { found.count == 1 ? found[0] : nil }

    private static func isAuxiliary(_ piece: Piece) -> Bool {
        ["do", "does", "did"].contains(piece.words.first ?? "") && (piece.isPassedOver || piece.grammar == .be)
    }

    private static func isThing(_ pieces: ArraySlice<Piece>) -> Bool {
        pieces.contains { $0.table != nil } && pieces.allSatisfy { $0.isTerm || $0.isSilent }
    }

    /// "does a flat" is any of them; "do flats" may be all together.
    private static func isSingular(_ pieces: ArraySlice<Piece>) -> Bool {
        pieces.last { $0.table != nil }?.words.last.map { NameWords.base($0) == $0 } ?? false
    }
}

/// "Classes that last more than 45 minutes": that are longer.
enum SpokenLengths {
    static func settled(_ pieces: [Piece]) -> [Piece] {
        var settled = pieces
        for index in pieces.indices.dropLast() {
            guard pieces[index].words.count == 1, verbs.contains(pieces[index].words[0]), !pieces[index].isTerm,
                let amount = pieces.follower(of: index),
                case .compare(let comparator, _)? = pieces[amount].quantity?.meaning
            else { continue }
            let isLonger = ["longer", "shorter"].contains(pieces[amount].words.first ?? "")
            let isTime = amount + 1 < pieces.count && units.contains(pieces[amount + 1].words.joined())
            guard isLonger || isTime, [.greater, .atLeast, .less, .atMost].contains(comparator) else { continue }
            settled[index].kind = .filler
            if !isLonger { settled[amount].words.insert("longer", at: 0) }
        }
        return settled
    }

    private static let verbs: Set<String> = ["last", "lasts", "lasted", "lasting", "take", "takes", "took", "taking"]
    private static let units: Set<String> = ["minutes", "minute", "hours", "hour", "seconds", "days"]
}

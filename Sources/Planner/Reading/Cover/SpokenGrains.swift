/// "…per month. Return the month and the total": the period that the rows are told by, shown anyway.
enum SpokenGrains {
    static func settled(_ pieces: [Piece]) -> [Piece] {
        let grains = Set(pieces.compactMap { $0.time?.grain })
        guard let grain = grains.first, grains.count == 1,
            let start = pieces.lastIndex(where: { $0.grammar == .show }), start > 0
        else { return pieces }
        var settled = pieces
        for index in pieces.indices.dropFirst(start + 1) where pieces[index].isUnknown {
            guard pieces[index].words == [grain.name], let before = pieces.preceding(index),
                [.show, .comma, .and].contains(pieces[before].grammar)
            else { continue }
            settled[index].kind = .filler
            // What joined it to the next one opens the list now.
            if let joint = settled.follower(of: index), [.comma, .and].contains(settled[joint].grammar),
                settled[before].grammar == .show
            {
                settled[joint].kind = .filler
            } else if [.comma, .and].contains(settled[before].grammar) {
                settled[before].kind = .filler
            }
        }
        return settled
    }
}

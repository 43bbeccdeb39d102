/// "List the agents with their team and level": columns that are shown, and no condition.
struct SpokenPossessions {
    let model: SemanticModel

    func settled(_ pieces: [Piece]) -> [Piece] {
        guard let opening = pieces.firstIndex(where: { !$0.isSilent }), pieces[opening].grammar == .show,
            let with = pieces.indices.first(where: { isWithTheir($0, pieces) }),
            let noun = pieces[opening..<with].first(where: { $0.table != nil }), let table = noun.table,
            let start = pieces.follower(of: with).flatMap({ pieces.follower(of: $0) }),
            let end = endOfColumns(from: start, of: table, pieces), end > start
        else { return pieces }
        let place = pieces[with].range
        let known = model.tables[table]
        let names = known.labels.isEmpty ? known.key.map { [$0] } ?? [] : known.labels
        guard !names.isEmpty else { return pieces }
        var settled = Array(pieces[..<with])
        settled.append(.made(.grammar(.sentence), ";", at: place))
        settled.append(.made(.grammar(.show), "show", at: place))
        for name in names {
            settled.append(.made(model.columns[name], at: place))
            settled.append(.made(.grammar(.and), "and", at: place))
        }
        return settled + pieces[start...]
    }

    private func isWithTheir(_ index: Int, _ pieces: [Piece]) -> Bool {
        guard pieces[index].grammar == .with, pieces[index].words.last == "with", let next = pieces.follower(of: index)
        else { return false }
        return pieces[next].grammar == .their
    }

    /// Where a list of nothing but columns that a row has one of ends; nil where something else follows it.
    private func endOfColumns(from start: Int, of table: Int, _ pieces: [Piece]) -> Int? {
        var place = start
        var isOpen = true
        while place < pieces.count {
            let piece = pieces[place]
            switch piece.grammar {
            case .and?, .comma?:
                if let next = pieces.follower(of: place), pieces[next].grammar == .orderBy { return place }
                isOpen = true
            case .their? where isOpen: break
            case .sentence?, .orderBy?: return place
            case nil where piece.isSilent: break
            case nil where isOpen && names(piece, of: table): isOpen = false
            default: return nil
            }
            place += 1
        }
        return place
    }

    private func names(_ piece: Piece, of table: Int) -> Bool {
        guard !piece.isNegated, let best = piece.entries.first else { return false }
        return piece.entries.contains { entry in
            guard case .column(let column) = entry.sense, entry.quality >= best.quality - 0.1 else { return false }
            return model.relations.stepsUp(from: table, to: model.columns[column].table) != nil
        }
    }
}

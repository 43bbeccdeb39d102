/// Verbs that stand for a key: "sponsored" between councillors and bills that have a sponsor.
extension PieceFinder {
    func withRoles(_ found: [Piece]) -> [Piece] {
        var pieces = found
        var named = namedTables(found)
        for piece in found {
            for case .value(let column, _) in piece.entries.filter({ $0.quality >= 0.95 }).map(\.sense) {
                named.insert(model.columns[column].table)
            }
        }
        for index in pieces.indices where pieces[index].words.count == 1 && !pieces[index].isQuoted {
            let word = pieces[index].words[0]
            guard
                WordFamily.isDeed(word) || FillerWords.relations.contains(word) || isVerbBetween(index, pieces),
                isOpen(pieces[index])
            else { continue }
            let keys = WordFamily.keys(of: word)
            let isRole = model.columns.contains { column in
                column.role == .foreignKey && column.targets.count == 1 && named.contains(column.table)
                    && column.targets.allSatisfy { $0 != column.table && named.contains($0) }
                    && column.words.contains { noun in
                        !WordFamily.deeds(of: noun).isDisjoint(with: keys)
                            || !Thesaurus.keyTails.contains(noun) && !WordFamily.keys(of: noun).isDisjoint(with: keys)
                    }
            }
            guard isRole else { continue }
            pieces[index].kind = .relation(isWeak: false)
            pieces[index].isRole = true
        }
        return pieces
    }

    /// "What was the first launch of Ariane": the earliest, at the head of a question.
    func withFirst(_ found: [Piece]) -> [Piece] {
        guard
            let index = found.firstIndex(where: { piece in
                switch piece.kind {
                case .filler, .grammar(.which), .grammar(.show), .grammar(.be), .grammar(.remark): false
                default: true
                }
            }), found[index].grammar == .first, index > 0, index + 1 < found.count,
            case .table(let table)? = found[index + 1].entries.first?.sense, found[index + 1].quality >= 0.85,
            model.tables[table].mainTime != nil, found[index + 1].words.last.map({ NameWords.base($0) == $0 }) == true
        else { return found }
        var pieces = found
        pieces[index].kind = .grammar(.superlative(isDescending: false, quality: .time))
        return pieces
    }

    /// "do not check any project", "who lead more than one": a verb by where it stands.
    private func isVerbBetween(_ index: Int, _ pieces: [Piece]) -> Bool {
        guard let before = pieces.preceding(index), let next = pieces.follower(of: index) else { return false }
        let isLed =
            [.not, .relative, .be].contains(pieces[before].grammar)
            || pieces[before].table != nil && pieces[before].words.last?.hasSuffix("s") == true
        return isLed && (pieces[next].table != nil || pieces[next].quantity != nil)
    }

    /// Nothing else than the key is called so.
    private func isOpen(_ piece: Piece) -> Bool {
        switch piece.kind {
        case .unknown, .relation: true
        case .term(let entries):
            entries.allSatisfy { entry in
                if case .column(let column) = entry.sense { return model.columns[column].role == .foreignKey }
                return false
            }
        default: false
        }
    }
}

/// "Who wrote the most tracks": those are asked for who do such a thing.
extension PieceFinder {
    func withDoers(_ found: [Piece]) -> [Piece] {
        var pieces = found
        for index in pieces.indices where pieces[index].words == ["who"] {
            guard [.which, .relative].contains(pieces[index].grammar), index + 1 < pieces.count,
                index == 0 || pieces[index - 1].grammar == .sentence || pieces[index - 1].grammar == .show,
                let verb = pieces[index + 1].words.first, pieces[index + 1].words.count == 1, WordFamily.isDeed(verb),
                let doer = doer(of: pieces[index + 1], verb)
            else { continue }
            pieces[index].kind = .term([.init(sense: doer, quality: 1)])
        }
        for index in pieces.indices where pieces[index].words == ["who"] && pieces[index].grammar == .which {
            // "who has done the most spacewalks", "who had the fewest absences".
            var next = index + 1
            while next < pieces.count, pieces[next].grammar == .have || isEmptyVerb(pieces[next]) { next += 1 }
            guard next > index + 1, next + 1 < pieces.count, case .superlative(_, nil)? = pieces[next].grammar,
                let table = people(doing: pieces[next + 1].entries.filter { $0.quality >= 0.9 })
            else { continue }
            pieces[index].kind = .term([.init(sense: .table(table), quality: 1)])
        }
        return pieces
    }

    private func isEmptyVerb(_ piece: Piece) -> Bool {
        switch piece.kind {
        case .filler: true
        case .relation(let isWeak): isWeak
        default: false
        }
    }

    /// The people who do so, where it can be nobody else.
    private func doer(of piece: Piece, _ verb: String) -> Lexicon.Sense? {
        let vocabulary = model.lexicon.vocabulary
        var agents: Set<Lexicon.Sense> = []
        for entry in entries(vocabulary.agents(verb)) {
            switch entry.sense {
            case .table: agents.insert(entry.sense)
            case .column(let column) where !model.columns[column].targets.isEmpty: agents.insert(entry.sense)
            default: break
            }
        }
        let tables = agents.filter { if case .table = $0 { true } else { false } }
        if !agents.isEmpty { return tables.count == 1 ? tables.first : agents.count == 1 ? agents.first : nil }
        return people(doing: piece.entries + entries(vocabulary.kin(verb))).map { .table($0) }
    }

    /// "borrower", where only the loans are there, and their members.
    func agent(_ word: String) -> Int? {
        let deeds = WordFamily.deeds(of: word)
        guard !deeds.isEmpty else { return nil }
        let vocabulary = model.lexicon.vocabulary
        var found = deeds.sorted().flatMap { vocabulary.kin($0) }
        if found.isEmpty, deeds.contains("borrow") { found = vocabulary.kin("lent") }
        if found.isEmpty, deeds.contains("buy") { found = vocabulary.kin("sold") }
        return people(doing: entries(found))
    }

    private func entries(_ matches: [Vocabulary.Match]) -> [Lexicon.Entry] {
        guard !matches.isEmpty else { return [] }
        return model.lexicon.hits(at: 0, matches: [matches], isOf: [false], isArticle: [false], isBreak: [false])
            .first?.entries ?? []
    }

    private func people(doing found: [Lexicon.Entry]) -> Int? {
        var deeds: Set<Int> = []
        for entry in found {
            if case .table(let table) = entry.sense { deeds.insert(table) }
        }
        guard deeds.count == 1, let deed = deeds.first else { return nil }
        let people = Set(
            model.columns(of: deed).flatMap(\.targets).filter { table in
                model.tables[table].labels.count == 2
                    || model.tables[table].words.contains { People.words.contains(NameWords.base($0)) }
            })
        return people.count == 1 ? people.first : nil
    }
}

/// What else is wanted of the rows, asked as a question of its own: "…, who gave them and when".
struct SpokenOutputs {
    let model: SemanticModel

    func settled(_ pieces: [Piece]) -> [Piece] { lengths(askers(pieces)) }

    // MARK: Who and when

    /// "the pledges over 1,000 euros, who gave them and when": the one person that each row names, and its day.
    private func askers(_ pieces: [Piece]) -> [Piece] {
        guard let table = pieces.first(where: { $0.table != nil })?.table,
            let start = pieces.indices.first(where: { isAsker($0, in: pieces) }),
            pieces[..<start].contains(where: { $0.grammar == .show }) || pieces[0].isTerm || pieces[0].isSilent,
            let columns = wanted(Array(pieces[start...]), of: table)
        else { return pieces }
        let place = pieces[start].range
        var settled = Array(pieces[..<(start - 1)])
        settled.append(.made(.grammar(.sentence), ";", at: place))
        settled.append(.made(.grammar(.show), "show", at: place))
        let shown = Amounts(model: model).money(of: table).map { [$0] } ?? []
        for (number, column) in (columns + shown).enumerated() {
            if number > 0 { settled.append(.made(.grammar(.and), "and", at: place)) }
            settled.append(.made(model.columns[column], at: place))
        }
        return settled
    }

    private func isAsker(_ index: Int, in pieces: [Piece]) -> Bool {
        guard index > 1, let before = pieces[index - 1].grammar, [.comma, .and, .sentence].contains(before) else {
            return false
        }
        return ["who", "when"].contains(pieces[index].words.joined(separator: " "))
    }

    /// Nil where more is said than a verb that leads to them.
    private func wanted(_ clause: [Piece], of table: Int) -> [Int]? {
        var columns: [Int] = []
        var hasVerb = false
        let deed = clause.last { !$0.isSilent && $0.words.count == 1 && isVerb($0) }?.words[0]
        for piece in clause where !piece.isSilent && piece.grammar != .sentence {
            switch piece.words.joined(separator: " ") {
            case "who":
                guard let person = person(of: table) else { return nil }
                columns += person
            case "when":
                guard let time = time(of: table, deed) else { return nil }
                columns.append(time)
            case "and", ",", "was", "were", "did": continue
            default:
                guard !hasVerb, piece.words.count == 1, isVerb(piece) else { return nil }
                hasVerb = true
            }
        }
        return columns.isEmpty ? nil : columns
    }

    /// "when they were blocked": by the time that is named after it, else by the own one of the rows.
    private func time(of table: Int, _ deed: String?) -> Int? {
        let times = model.columns(of: table).filter(\.isTime)
        if let said = deed.map(WordFamily.keys(of:)) {
            let named = times.filter { time in time.event.contains { !WordFamily.keys(of: $0).isDisjoint(with: said) } }
            if !named.isEmpty { return named.count == 1 ? named[0].index : nil }
        }
        return model.tables[table].mainTime
    }

    private func isVerb(_ piece: Piece) -> Bool {
        switch piece.kind {
        case .relation: true
        case .term, .unknown: WordFamily.isDeed(piece.words[0])
        default: false
        }
    }

    /// By name, where one key leads to people and nothing else does.
    private func person(of table: Int) -> [Int]? {
        let people = model.columns(of: table).flatMap(\.targets).filter { target in
            model.tables[target].labels.count == 2
                || model.tables[target].words.contains { People.words.contains(NameWords.base($0)) }
                || model.tables[target].words.contains { !WordFamily.deeds(of: NameWords.base($0)).isEmpty }
        }
        guard people.count == 1, !model.tables[people[0]].labels.isEmpty else { return nil }
        return model.tables[people[0]].labels
    }

    // MARK: How long the longest is

    /// "the longest film, and how many minutes does it last": the very number that it was found by.
    private func lengths(_ pieces: [Piece]) -> [Piece] {
        guard let rank = pieces.firstIndex(where: { isOfLength($0) }),
            let noun = pieces[rank...].first(where: { $0.isTerm }), let table = noun.table,
            let column = Qualities.column(Qualities.words(.length), in: model.columns(of: table)),
            let count = pieces.indices.first(where: { $0 > rank && [.howMany, .howLong].contains(pieces[$0].grammar) }),
            let joint = pieces.preceding(count), [.and, .comma, .sentence].contains(pieces[joint].grammar)
        else { return pieces }
        let words = pieces[count...].flatMap(\.words).filter { $0 != "?" && $0 != "." }
        let isAsked =
            words.contains { ["last", "lasts", "lasted", "take", "takes", "took", "run", "is", "was"].contains($0) }
        let rest = words.filter { !Self.asking.contains($0) }
        guard isAsked, rest.count <= 1, rest.allSatisfy({ isUnit($0, of: column) }) else { return pieces }
        var settled = Array(pieces[..<joint])
        let place = pieces[count].range
        settled.append(.made(.grammar(.sentence), ";", at: place))
        settled.append(.made(.grammar(.show), "show", at: place))
        for (number, shown) in (shown(table) + [column]).enumerated() {
            if number > 0 { settled.append(.made(.grammar(.and), "and", at: place)) }
            settled.append(.made(model.columns[shown], at: place))
        }
        return settled
    }

    private func shown(_ table: Int) -> [Int] {
        let known = model.tables[table]
        return known.labels.isEmpty ? known.key.map { [$0] } ?? [] : known.labels
    }

    private static let asking: Set<String> = [
        "how", "many", "long", "does", "did", "do", "it", "last", "lasts", "lasted", "take", "takes", "took", "run",
        "for", "is", "was", "that",
    ]

    private func isOfLength(_ piece: Piece) -> Bool {
        if case .superlative(_, .length)? = piece.grammar { true } else { false }
    }

    /// "seconds" of a column that is kept in them, "nights" of one that is called so.
    private func isUnit(_ word: String, of column: Int) -> Bool {
        let known = model.columns[column]
        if known.words.map(NameWords.base).contains(NameWords.base(word)) { return true }
        guard let unit = UnitWords.unit(word) else { return false }
        return model.source.tables[known.table].columns.first { $0.name == known.id.name }
            .flatMap { UnitWords.unit(of: $0, words: NameWords.split($0.name)) } == unit
    }
}

/// Sums that a verb stands for: "pledged the most", "brought in the most money", "how much did each campaign bring in".
///
/// The verb's rows must have one amount that can be added up. Where rows have a state, or a number that is defined, the
/// verb alone does not say which of them count.
struct SpokenAmounts {
    let model: SemanticModel
    private let amounts: Amounts

    init(model: SemanticModel) {
        self.model = model
        amounts = Amounts(model: model)
    }

    func settled(_ pieces: [Piece]) -> [Piece] { asked(ranked(pieces)) }

    // MARK: "the most"

    private func ranked(_ pieces: [Piece]) -> [Piece] {
        let ranks = pieces.indices.filter { isMost(pieces[$0]) }
        guard ranks.count == 1, let rank = ranks.first, !pieces[..<rank].contains(where: { isNumber($0) }) else {
            return pieces
        }
        var next = pieces.follower(of: rank)
        let money = next.flatMap { isMoney(pieces[$0]) ? $0 : nil }
        if let money { next = pieces.follower(of: money) }
        guard next.map({ isEnd(pieces[$0]) }) ?? true, let verb = verb(before: rank, pieces) else { return pieces }
        let subject = pieces[..<verb].last { $0.table != nil }?.table
        let isPassive =
            pieces.preceding(verb).map { ["was", "were", "is", "are", "been"].contains(pieces[$0].words.last ?? "") }
            ?? false
        guard let number = ranked(pieces[verb], of: subject, isMoney: money != nil, isPassive: isPassive) else {
            return pieces
        }
        var settled = pieces
        silence(&settled, verb, through: rank)
        if let money { settled[money].kind = .filler }
        settled.insert(contentsOf: self.number(number, pieces[verb]), at: rank + 1)
        return settled
    }

    private enum Counted {
        case sum(Int)
        case rows(Int)
    }

    private func ranked(_ verb: Piece, of subject: Int?, isMoney: Bool, isPassive: Bool) -> Counted? {
        let named = tables(named: verb).filter { table in
            subject.map { $0 != table && model.relations.stepsUp(from: table, to: $0) != nil } ?? false
        }
        if isMoney || MoneyDeeds.isPaying(verb.words[0]) {
            return sum(named, below: subject, verb).map { .sum($0) }
        }
        guard isPassive, let table = named.isEmpty ? traded(verb, subject) : named.first, named.count < 2,
            WordFamily.isDeed(verb.words[0]), !amounts.isDefined(table)
        else { return nil }
        if amounts.isTally(of: table) { return .rows(table) }
        if let quantity = amounts.quantity(of: table) { return .sum(quantity) }
        return amounts.hasState(table) ? nil : .rows(table)
    }

    /// "ordered", where the one table that names the things is no order by its name.
    private func traded(_ verb: Piece, _ subject: Int?) -> Int? {
        guard let subject, ["ordered", "sold", "bought", "booked", "rented", "borrowed"].contains(verb.words[0]) else {
            return nil
        }
        let children = model.relations.children(of: subject).filter { !model.tables[$0].isView }
        return children.count == 1 ? children[0] : nil
    }

    // MARK: "how much"

    private func asked(_ pieces: [Piece]) -> [Piece] {
        let found = pieces.indices.filter { pieces[$0].grammar == .howMuch }
        guard found.count == 1, let start = found.first,
            pieces[..<start].allSatisfy({ $0.isSilent || [.show, .sentence, .comma].contains($0.grammar) }),
            !pieces.contains(where: { isNumber($0) || isAggregate($0) }), !pieces.contains(where: isMost)
        else { return pieces }
        let verbs = pieces.indices.filter { $0 > start && isPayingVerb($0, pieces) }
        guard verbs.count == 1, let verb = verbs.first else { return pieces }
        let nouns = pieces.indices.filter { $0 != verb && $0 > start }.compactMap { pieces[$0].table }
        let named = tables(named: pieces[verb])
        let own = (nouns + splits(pieces)).filter { amounts.money(of: $0) != nil }
        let subject = nouns.first { !own.contains($0) }
        let column: Int?
        if named.isEmpty, Set(own).count == 1 {
            column = allowed(own[0]) ? amounts.money(of: own[0]) : nil
        } else {
            column = sum(
                named.filter { table in
                    nouns.allSatisfy { $0 == table || model.relations.stepsUp(from: table, to: $0) != nil }
                }, below: subject, pieces[verb])
        }
        guard let column else { return pieces }
        var settled = pieces
        silence(&settled, verb, through: pieces.count)
        settled[start].kind = .filler
        for index in pieces.indices where isMoney(pieces[index]) { settled[index].kind = .filler }
        var inserted = number(.sum(column), pieces[verb])
        if let next = settled.follower(of: start), settled[next].isTerm {
            inserted.append(.made(.grammar(.of), "of", at: pieces[start].range))
        }
        settled.insert(contentsOf: inserted, at: start + 1)
        return settled
    }

    /// Tables of which a column is named: "each payment method".
    private func splits(_ pieces: [Piece]) -> [Int] {
        pieces.compactMap { piece in
            guard let best = piece.entries.first, best.quality >= 0.75, case .column(let column) = best.sense,
                model.columns[column].role == .category
            else { return nil }
            return model.columns[column].table
        }
    }

    private func isPayingVerb(_ index: Int, _ pieces: [Piece]) -> Bool {
        let piece = pieces[index]
        guard piece.words.count == 1, !piece.isQuoted, piece.quantity == nil, piece.time == nil, piece.grammar == nil
        else { return false }
        if piece.table != nil, !WordFamily.isDeed(piece.words[0]) {
            // "did each supporter pledge": whoever did it stands before, and nothing of it behind.
            guard let before = pieces.preceding(index), pieces[before].isTerm, !piece.words[0].hasSuffix("s"),
                pieces.follower(of: index).map({ isEnd(pieces[$0]) }) ?? true
            else { return false }
        }
        return MoneyDeeds.isPaying(piece.words[0]) || MoneyDeeds.isSelling(piece.words[0])
    }

    // MARK: Which number

    private func sum(_ named: [Int], below subject: Int?, _ verb: Piece) -> Int? {
        var tables = named
        if tables.isEmpty {
            guard let subject, MoneyDeeds.isGeneric(verb.words[0]) else { return nil }
            tables = model.tables.indices.filter { table in
                table != subject && !model.tables[table].isView
                    && model.relations.stepsUp(from: table, to: subject) != nil && amounts.money(of: table) != nil
            }
            let paid = tables.filter { table in
                model.tables[table].names.contains { name in
                    name.words.contains { MoneyDeeds.isPaid($0, by: verb.words[0]) }
                }
            }
            if tables.count > 1 { tables = paid }
        }
        guard tables.count == 1, let table = tables.first, allowed(table) else { return nil }
        return amounts.money(of: table)
    }

    private func allowed(_ table: Int) -> Bool { !amounts.hasState(table) && !amounts.isDefined(table) }

    /// Tables whose rows the verb leaves behind, or whose time it names.
    private func tables(named verb: Piece) -> [Int] {
        let vocabulary = model.lexicon.vocabulary
        var entries = verb.entries
        if !verb.isTerm, let word = verb.words.first {
            let matches = vocabulary.matches(word) + vocabulary.kin(word)
            if !matches.isEmpty {
                let hits = model.lexicon.hits(
                    at: 0, matches: [matches], isOf: [false], isArticle: [false], isBreak: [false])
                entries = hits.first?.entries ?? []
            }
        }
        var found: Set<Int> = []
        for entry in entries where entry.quality >= 0.7 {
            switch entry.sense {
            case .table(let table): found.insert(table)
            case .event(let column): found.insert(model.columns[column].table)
            case .column(let column) where model.columns[column].isTime: found.insert(model.columns[column].table)
            default: break
            }
        }
        return found.sorted()
    }

    // MARK: Pieces

    private func number(_ number: Counted, _ verb: Piece) -> [Piece] {
        switch number {
        case .rows(let table):
            return [.made(.term([.init(sense: .table(table), quality: 1)]), model.tables[table].title, at: verb.range)]
        case .sum(let column):
            let known = model.columns[column]
            var term = Piece.made(.term([.init(sense: .column(column), quality: 1)]), known.title, at: verb.range)
            term.remark =
                "“\(verb.text)” is read as the sum of \(known.title) of \(model.tables[known.table].title)."
            return [.made(.grammar(.total), "total", at: verb.range), term]
        }
    }

    /// The verb has been said by the number now, and so has the "in" of "brought in".
    private func silence(_ pieces: inout [Piece], _ verb: Int, through end: Int) {
        pieces[verb].kind = .filler
        let next = verb + 1
        guard next < min(end, pieces.count), pieces[next].words == ["in"], MoneyDeeds.takesIn(pieces[verb].words[0])
        else { return }
        pieces[next].kind = .filler
    }

    private func verb(before rank: Int, _ pieces: [Piece]) -> Int? {
        var place = rank - 1
        while place >= 0, pieces[place].isSilent || pieces[place].grammar == .their || isCount(pieces[place]) {
            place -= 1
        }
        if place > 0, pieces[place].words == ["in"], MoneyDeeds.takesIn(pieces[place - 1].words[0]) { place -= 1 }
        guard place >= 0, pieces[place].words.count == 1, pieces[place].grammar == nil,
            pieces[place].table == nil || WordFamily.isDeed(pieces[place].words[0]), pieces[place].time == nil,
            pieces[place].quantity == nil
        else { return nil }
        let word = pieces[place].words[0]
        return MoneyDeeds.isPaying(word) || WordFamily.isDeed(word) ? place : nil
    }

    /// The 2 of "the 2 most".
    private func isCount(_ piece: Piece) -> Bool {
        guard case .number? = piece.quantity?.meaning else { return false }
        return piece.quantity?.unit == nil
    }

    private func isMost(_ piece: Piece) -> Bool {
        guard case .superlative(_, nil)? = piece.grammar else { return false }
        return ["most", "least"].contains(piece.words.last ?? "")
    }

    private func isMoney(_ piece: Piece) -> Bool { piece.words == ["money"] && (piece.isUnknown || piece.isSilent) }

    private func isEnd(_ piece: Piece) -> Bool {
        switch piece.kind {
        case .time(let span): if case .period = span.meaning { true } else { false }
        case .grammar(let grammar):
            [.sentence, .comma, .and, .remark, .within, .on, .to, .from, .howMuch].contains(grammar)
        default: false
        }
    }

    /// Something else that is asked for by its name.
    private func isNumber(_ piece: Piece) -> Bool {
        guard let best = piece.entries.first else { return piece.grammar == .howMany }
        switch best.sense {
        case .metric: return true
        case .column(let column): return model.columns[column].role == .measure && !WordFamily.isDeed(piece.words[0])
        default: return false
        }
    }

    private func isAggregate(_ piece: Piece) -> Bool {
        switch piece.grammar {
        case .aggregate, .total, .percent, .ratio, .difference, .howMany, .running: true
        default: false
        }
    }
}

/// Gathers the pieces of a question into phrases.
struct PhraseReader {
    private let pieces: [Piece]
    private var phrases: [Phrase] = []
    private var current = Phrase()
    /// Links behind the last phrase of the question.
    private(set) var tail = Phrase()

    static func phrases(of pieces: [Piece]) -> (phrases: [Phrase], tail: Phrase) {
        var reader = PhraseReader(pieces: pieces)
        for index in pieces.indices { reader.read(index) }
        reader.flush()
        reader.share()
        return (reader.phrases, reader.current)
    }

    private init(pieces: [Piece]) { self.pieces = pieces }

    /// "the lowest, average and highest amount": each of them is of the same thing.
    private mutating func share() {
        for index in phrases.indices.reversed() where index + 1 < phrases.count {
            let next = phrases[index + 1]
            let isBare =
                phrases[index].terms.isEmpty && phrases[index].limit == nil && phrases[index].count == nil
                && (phrases[index].aggregate != nil || phrases[index].superlative.map { $0.quality == nil } == true)
            guard isBare, next.isAnd, next.limit == nil,
                next.aggregate != nil || next.superlative != nil || next.total != nil,
                !next.terms.isEmpty
            else { continue }
            phrases[index].terms = next.terms
        }
    }

    private mutating func flush() {
        guard !current.isEmpty else { return }
        phrases.append(current)
        current = Phrase()
    }

    private mutating func link(_ grammar: Grammar, _ index: Int) {
        flush()
        current.links.append(grammar)
        current.linkPieces.append(index)
    }

    private mutating func read(_ index: Int) {
        switch pieces[index].kind {
        case .filler: break
        case .relation:
            // "the most frequently prescribed drug".
            if current.terms.isEmpty, current.superlative != nil { break }
            flush()
            current.verbs.append(index)
        case .term, .quoted, .unknown: readTerm(index)
        case .time:
            flush()
            current.time = index
            flush()
        case .quantity(let span): readQuantity(index, span)
        case .grammar(let grammar): readGrammar(grammar, index)
        }
    }

    private mutating func readTerm(_ index: Int) {
        // "customers treated in May": the verb begins what is said of them.
        if pieces[index].isDeed, !current.terms.isEmpty { flush() }
        // A possessive owns what follows; a value in quotes ends its phrase.
        // "customers opened a ticket": the verb joins what stands on its sides.
        let joins = !current.terms.isEmpty && nextIsTerm(after: index) && (isHappening(index) || isDone(index))
        if joins { flush() }
        current.terms.append(index)
        if joins { return flush() }
        if pieces[index].isQuoted, !nextIsTerm(after: index) { flush() }
    }

    /// A participle that names a time: "opened", "shipped".
    private func isHappening(_ index: Int) -> Bool {
        guard pieces[index].words.count == 1, pieces[index].words.first?.hasSuffix("ed") == true,
            let best = pieces[index].entries.first
        else { return false }
        if case .event = best.sense { return true }
        return false
    }

    /// "members attended a class": what they did, where a state or a table is called so.
    private func isDone(_ index: Int) -> Bool {
        let piece = pieces[index]
        guard piece.words.count == 1, piece.words[0].hasSuffix("ed"), !piece.isQuoted, !piece.isNegated,
            let before = current.terms.last, pieces[before].table != nil,
            pieces[before].words.last.map({ $0.hasSuffix("s") || $0 == "people" }) == true,
            let best = piece.entries.first
        else { return false }
        switch best.sense {
        case .value: break
        case .table where best.quality < 0.97: break
        default: return false
        }
        let end = pieces.endOfTerms(from: index + 1)
        return pieces[(index + 1)..<end].last(where: { $0.isTerm })?.table != nil
    }

    private func nextIsTerm(after index: Int) -> Bool {
        var next = index + 1
        while next < pieces.count, case .filler = pieces[next].kind { next += 1 }
        guard next < pieces.count else { return false }
        switch pieces[next].kind {
        case .term, .quoted: return true
        default: return false
        }
    }

    private mutating func readQuantity(_ index: Int, _ span: QuantitySpan) {
        if case .number(let number) = span.meaning, span.unit == nil || span.unit == .ordinal {
            let isAfterSuperlative = current.superlative != nil && current.terms.isEmpty && current.limit == nil
            let isBeforeSuperlative = superlativeFollows(index)
            if isAfterSuperlative || isBeforeSuperlative, let value = Int(number.description) {
                if !current.terms.isEmpty { flush() }
                current.limit = (index, value)
                return
            }
            let isFirst = index > 0 && pieces[index - 1].grammar == .first
            if isFirst || isAsking, let value = Int(number.description), nextIsTerm(after: index) {
                if !current.terms.isEmpty { flush() }
                current.limit = (index, value)
                return
            }
        }
        let isDistinctBefore = current.isDistinct && current.terms.isEmpty
        if nextIsTerm(after: index) {
            if !isDistinctBefore { flush() }
            current.quantity = index
        } else {
            flush()
            current.quantity = index
            flush()
        }
    }

    /// "the largest difference" ranks differences; "highest" behind it belongs to one of its sides.
    private mutating func liftSuperlative() {
        guard let superlative = current.superlative else { return }
        current.outer = superlative
        current.superlative = nil
    }

    /// "which 3 stocks", "list 10 customers".
    private var isAsking: Bool {
        guard current.terms.isEmpty, !current.hasDeterminer else { return false }
        if phrases.isEmpty, current.links.allSatisfy({ $0 == .show || $0 == .which }) { return true }
        return current.links.last == .which || current.links.last == .show || current.isWhich
    }

    private func superlativeFollows(_ index: Int) -> Bool {
        var next = index + 1
        while next < pieces.count, case .filler = pieces[next].kind { next += 1 }
        guard next < pieces.count, case .superlative? = pieces[next].grammar else { return false }
        return true
    }

    private mutating func readGrammar(_ grammar: Grammar, _ index: Int) {
        switch grammar {
        case .each:
            flush()
            current.isEach = true
            current.glue.append(index)
        case .which:
            flush()
            current.isWhich = true
            current.links.append(.which)
            current.linkPieces.append(index)
        case .distinct:
            if !current.terms.isEmpty { flush() }
            current.isDistinct = true
            current.glue.append(index)
        case .howMany, .countDistinct, .howLong, .aggregate, .total, .running, .percent, .ratio, .difference, .elapsed:
            readNumberWord(grammar, index)
        case .superlative(let isDescending, let quality):
            readSuperlative(.init(piece: index, isDescending: isDescending, quality: quality), grammar)
        case .not, .without, .except:
            flush()
            current.negation = index
            current.links.append(grammar)
            current.linkPieces.append(index)
        case .measureUnit: break
        case .of where current.terms.isEmpty && current.hasDeterminer: break
        case .remark, .their:
            if case .remark = grammar, !current.terms.isEmpty { flush() }
        case .measured, .place: break
        default: link(grammar, index)
        }
    }

    /// What is computed of the terms behind the word; such a word begins a phrase where terms stand before it.
    private mutating func readNumberWord(_ grammar: Grammar, _ index: Int) {
        if !current.terms.isEmpty { flush() }
        switch grammar {
        case .howMany, .countDistinct:
            if current.count != nil { flush() }
            current.count = index
            if grammar == .countDistinct { current.isDistinct = true }
        case .howLong:
            flush()
            current.isHowLong = true
            current.glue.append(index)
        case .aggregate(let aggregate):
            if current.aggregate != nil { flush() }
            current.aggregate = (index, aggregate)
        case .total, .running: current.total = index
        case .percent: current.percent = index
        case .ratio: current.ratio = index
        case .difference:
            current.difference = index
            liftSuperlative()
        case .elapsed:
            current.elapsed = index
            liftSuperlative()
        default: break
        }
    }

    /// "top", "most common"; the second of two is a link, unless the first says no more than which end.
    private mutating func readSuperlative(_ superlative: Phrase.Superlative, _ grammar: Grammar) {
        if !current.terms.isEmpty || current.quantity != nil { flush() }
        if let known = current.superlative, known.quality == nil, known.isDescending == superlative.isDescending {
            // "top 3 most common".
            current.glue.append(known.piece)
            current.superlative = nil
        }
        if current.superlative == nil {
            current.superlative = superlative
        } else {
            link(grammar, superlative.piece)
        }
    }
}

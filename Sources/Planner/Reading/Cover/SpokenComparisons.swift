/// Comparisons as people say them in full, brought to the form that the short ones have.
enum SpokenComparisons {
    static func settled(_ pieces: [Piece]) -> [Piece] { sides(judged(repeated(pieces))) }

    // MARK: The number said twice

    /// "MRR in March compared to MRR in February": the number stands on both sides, only the periods differ.
    private static func repeated(_ pieces: [Piece]) -> [Piece] {
        let said = pieces.indices.filter { !isSilent(pieces[$0]) }
        guard let place = said.firstIndex(where: { pieces[$0].grammar == .versus }), place > 0 else { return pieces }
        let before = said[..<place].filter { !isLead(pieces[$0]) }
        let behind = said[(place + 1)...].filter { !isLead(pieces[$0]) }
        guard before.count == 2, behind.count == 2,
            let term = before.first(where: { isTerm(pieces[$0]) }), isPeriod(pieces[behind[1]]),
            before.contains(where: { isPeriod(pieces[$0]) }),
            pieces[behind[0]].words == pieces[term].words || isPronoun(pieces[behind[0]]),
            case .time(var span) = pieces[behind[1]].kind, case .period(let period) = span.meaning
        else { return pieces }
        var settled = pieces
        span.meaning = .against(period)
        span.label = "vs \(period.phrase)"
        settled[behind[1]].kind = .time(span)
        settled[behind[1]].words = pieces[said[place]].words + pieces[behind[1]].words
        for index in said[place]..<behind[1] { settled[index].kind = .filler }
        return settled
    }

    /// Behind "compared to", what stands for the number that was named.
    private static func isPronoun(_ piece: Piece) -> Bool { [["that"], ["those"], ["it"]].contains(piece.words) }

    private static func isPeriod(_ piece: Piece) -> Bool {
        if case .period? = piece.time?.meaning { true } else { false }
    }

    private static func isTerm(_ piece: Piece) -> Bool {
        if case .term = piece.kind { true } else { false }
    }

    // MARK: "higher"

    private static let comparatives: Set<String> = [
        "higher", "lower", "more", "less", "fewer", "better", "worse", "greater", "bigger", "smaller", "larger",
    ]
    private static let auxiliaries: Set<String> = [
        "is", "are", "was", "were", "did", "do", "does", "has", "have", "had",
    ]

    /// "was CSAT higher in Q3 than in Q2?": both numbers and the change answer it, whichever way it went.
    private static func judged(_ pieces: [Piece]) -> [Piece] {
        guard isYesOrNo(pieces), pieces.contains(where: { isOtherPeriod($0) }) else { return pieces }
        let found = pieces.indices.filter { isComparative(pieces[$0]) }
        guard found.count == 1, !pieces.contains(where: { $0.words == ["any"] || $0.grammar == .which }) else {
            return pieces
        }
        var settled = pieces
        settled[found[0]].kind = .filler
        return settled
    }

    private static func isYesOrNo(_ pieces: [Piece]) -> Bool {
        guard let first = pieces.first?.words.first else { return false }
        return auxiliaries.contains(first)
    }

    private static func isOtherPeriod(_ piece: Piece) -> Bool {
        switch piece.time?.meaning {
        case .against?, .comparison?: true
        default: false
        }
    }

    private static func isComparative(_ piece: Piece) -> Bool {
        guard case .unknown = piece.kind else { return false }
        return piece.words.count == 1 && comparatives.contains(piece.words[0])
    }

    // MARK: "more of one or of the other"

    /// "more monthly or more annual contracts?", "more open than closed tickets": one beside the other.
    private static func sides(_ pieces: [Piece]) -> [Piece] {
        let more = pieces.indices.filter { isComparative(pieces[$0]) }
        guard let first = more.first, more.count <= 2, pieces[..<first].allSatisfy(isOpening),
            !pieces.contains(where: { $0.time.map { !isPlain($0) } ?? false }),
            let joint = joint(pieces, behind: first),
            more.count == 1 || more[1] > joint && pieces[(joint + 1)..<more[1]].allSatisfy(isSilent),
            more.count == 1 || pieces[more[1]].words == pieces[first].words,
            pieces[first..<joint].contains(where: isTerm), pieces[joint...].contains(where: isTerm)
        else { return pieces }
        var settled = pieces
        for index in more { settled[index].kind = .filler }
        let areNumbers = isNumber(pieces[first..<joint]) && isNumber(pieces[(joint + 1)...])
        settled[joint].kind = .grammar(areNumbers ? .and : .versus)
        return settled
    }

    /// The one "or" or "than" between the sides.
    private static func joint(_ pieces: [Piece], behind first: Int) -> Int? {
        let joints = pieces.indices.filter { $0 > first && [.or, .than].contains(pieces[$0].grammar) }
        return joints.count == 1 ? joints[0] : nil
    }

    private static func isNumber(_ pieces: ArraySlice<Piece>) -> Bool {
        let terms = pieces.filter(isTerm)
        guard terms.count == 1, let best = terms.first?.entries.first else { return false }
        switch best.sense {
        case .metric, .table: return best.quality >= 0.9
        default: return false
        }
    }

    /// "do we have", "are there", "did we get": who asks which of two is more.
    private static func isOpening(_ piece: Piece) -> Bool {
        switch piece.kind {
        case .filler, .relation: true
        case .grammar(let grammar): [.be, .have, .show, .within, .remark].contains(grammar)
        default: false
        }
    }

    private static func isPlain(_ span: TimeSpan) -> Bool {
        if case .period = span.meaning { span.grain == nil } else { false }
    }

    // MARK: Words between

    private static func isSilent(_ piece: Piece) -> Bool {
        if case .filler = piece.kind { true } else { false }
    }

    private static func isLead(_ piece: Piece) -> Bool {
        switch piece.kind {
        case .filler: true
        case .grammar(let grammar):
            [.show, .which, .be, .of, .within, .sentence, .compare, .relative, .comma].contains(grammar)
                && !isPronoun(piece)
        default: false
        }
    }
}

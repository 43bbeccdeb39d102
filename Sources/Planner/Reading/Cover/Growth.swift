/// "MRR growth", "net new MRR": how a defined number has changed since the period before.
enum Growth {
    private static let nouns: Set<String> = [
        "growth", "growth rate", "growth rates", "rate of growth", "percentage growth", "grow", "grew", "grown",
    ]

    /// The word becomes the comparison that it asks for, where one defined number is named and no other comparison.
    static func settled(_ pieces: [Piece], model: SemanticModel) -> [Piece] {
        guard !pieces.contains(where: isCompared) else { return pieces }
        if let net = netNew(pieces, model) { return net }
        guard metric(pieces, model) != nil else { return pieces }
        let found = pieces.indices.filter { isGrowth(pieces[$0]) }
        return found.count == 1 ? compared(pieces, found, "the change from the period before") : pieces
    }

    private static func isGrowth(_ piece: Piece) -> Bool {
        switch piece.kind {
        case .unknown, .grammar(.unsupported), .filler: nouns.contains(piece.words.joined(separator: " "))
        default: false
        }
    }

    /// "net new" before a stock, whatever is called new without it.
    private static func netNew(_ pieces: [Piece], _ model: SemanticModel) -> [Piece]? {
        guard let net = pieces.firstIndex(where: { $0.words == ["net"] }), case .unknown = pieces[net].kind,
            net + 1 < pieces.count, pieces[net + 1].words.first == "new"
        else { return nil }
        var settled = pieces
        var rest = Array(pieces[net + 1].words.dropFirst())
        if rest.isEmpty {
            guard net + 2 < pieces.count, case .term = pieces[net + 2].kind else { return nil }
            rest = pieces[net + 2].words
            settled.remove(at: net + 2)
        }
        let stocks = model.source.metrics.indices.filter { index in
            let metric = model.source.metrics[index]
            guard case .snapshot(_, _, _, isAdditive: true) = metric.computation else { return false }
            return ([metric.name] + metric.synonyms).contains { Words.plain($0) == rest }
        }
        guard stocks.count == 1, let metric = stocks.first else { return nil }
        let before = pieces.indices.filter { $0 < net || $0 > net + 1 }
        guard !before.contains(where: { isMetric(pieces[$0]) && pieces[$0].words != rest }) else { return nil }
        settled[net + 1].kind = .term([.init(sense: .metric(metric), quality: 1)])
        return compared(settled, [net], "the change from the end of the period before")
    }

    private static func isMetric(_ piece: Piece) -> Bool {
        if case .metric? = piece.entries.first?.sense { true } else { false }
    }

    /// The one defined number of the question.
    private static func metric(_ pieces: [Piece], _ model: SemanticModel) -> Int? {
        var found: Set<Int> = []
        for piece in pieces {
            guard let best = piece.entries.first else { continue }
            switch best.sense {
            case .metric(let index) where best.quality >= 0.9: found.insert(index)
            case .metric: return nil
            default: break
            }
        }
        return found.count == 1 ? found.first : nil
    }

    private static func isCompared(_ piece: Piece) -> Bool {
        switch piece.grammar {
        case .versus?, .compare?, .difference?, .superlative?, .ratio?, .percent?, .explain?, .running?: return true
        default: break
        }
        switch piece.time?.meaning {
        case .comparison?, .against?, .overTime?, .cycle?, .asOf?: return true
        default: return false
        }
    }

    /// The comparison stands where the first time is, so that a grain that is said stays.
    private static func compared(_ pieces: [Piece], _ words: [Int], _ meaning: String) -> [Piece] {
        var settled = pieces
        let grain = pieces.lazy.compactMap { $0.time?.grain }.first
        let hasPeriod = pieces.contains { piece in
            if case .period? = piece.time?.meaning { true } else { false }
        }
        var piece = settled[words[0]]
        let span = TimeSpan(
            tokens: piece.range, meaning: .comparison(.previousPeriod), grain: grain ?? (hasPeriod ? nil : .month),
            label: meaning)
        piece.kind = .time(span)
        piece.remark = "“\(words.map { pieces[$0].text }.joined(separator: " "))” is read as \(meaning)."
        for index in words.reversed() { settled.remove(at: index) }
        let place = settled.firstIndex { $0.time != nil }
        settled.insert(piece, at: min(place ?? words[0], words[0]))
        return settled
    }
}

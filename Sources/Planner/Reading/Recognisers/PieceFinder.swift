/// Runs every recogniser over a question and covers it with what they found.
struct PieceFinder {
    let model: SemanticModel
    let values: ValueIndex
    let overlay: Overlay
    let tokens: [Token]
    var candidates: [Cover.Candidate] = []
    /// By range of tokens, the terms found there.
    var terms: [Range<Int>: [Lexicon.Entry]] = [:]
    var negated: Set<Int> = []
    /// Where a value is only alike, in another form of the word.
    var participles: [Range<Int>: [Lexicon.Entry]] = [:]
    /// Tokens that name something only by their family.
    var kinTokens: Set<Int> = []
    /// What has to be told of the name at a token.
    var remarks: [Int: String] = [:]

    init(of tokens: [Token], model: SemanticModel, values: ValueIndex, overlay: Overlay) {
        self.model = model
        self.values = values
        self.overlay = overlay
        self.tokens = tokens
        findGrammar()
        findTerms()
        findValues()
        findPlaces()
        findTimeAndQuantities()
        findUnits()
        findRounding()
        findLetters()
        findStates()
        findMoneyVerbs()
        partDescribedNames()
        addTerms()
        keepNames()
        addRest()
    }

    /// How many readings of stretches were found, which bounds what covering the question takes.
    var candidateCount: Int { candidates.count }

    /// - Parameter without: ranges of tokens that are not to be one name.
    func pieces(without: Set<Range<Int>> = []) -> [Piece] {
        let allowed =
            without.isEmpty
            ? candidates
            : candidates.filter { candidate in
                guard case .term = candidate.piece.kind else { return true }
                return !without.contains(candidate.piece.range)
            }
        return settled(Cover.best(allowed, count: tokens.count))
    }

    mutating func add(_ range: Range<Int>, _ kind: Piece.Kind, weight: Double, quality: Double = 1) {
        let slice = tokens[range]
        var piece = Piece(
            range: range, kind: kind, text: slice.map(\.text).joined(separator: " "), words: slice.map(\.word),
            isPossessive: slice.last?.isPossessive ?? false,
            isQuoted: slice.count == 1 && slice.first?.isQuoted == true,
            isNegated: negated.contains(range.lowerBound)
                && (slice.count == 1 || slice.count == 2 && slice.first?.word == "non"), quality: quality)
        if case .term = kind {
            piece.kin = participles[range] ?? []
            piece.remark = range.count == 1 ? remarks[range.lowerBound] : nil
        }
        candidates.append(Cover.Candidate(piece: piece, weight: weight))
    }

    private mutating func findValues() {
        for span in values.lookup(tokens: tokens) {
            let slice = tokens[span.tokens]
            if slice.count == 1, let token = slice.first, !token.isQuoted, !token.isCode, token.isWord {
                let isFiller = EnglishWords.stop.contains(token.word) || FillerWords.anywhere.contains(token.word)
                if isFiller, !FillerWords.picking.contains(token.word) || !isKind(span) { continue }
            }
            if slice.allSatisfy({ $0.isNumber || $0.isMark }) { continue }
            if let first = slice.first, let last = slice.last, first.isMark || last.isMark { continue }
            let isMany = slice.count > 1
            var entries: [Lexicon.Entry] = []
            var replaced: Set<Int> = []
            for (column, found) in grouped(span.candidates) {
                let quality: Double
                switch found.match {
                case .exact: quality = 1
                case .prefix: quality = slice.contains(where: \.isQuoted) || isMany ? 0.8 : 0.6
                case .fuzzy: quality = 0.6
                }
                // A prefix that very many values share picks none of them.
                if found.match == .prefix, found.values.count > 3 { continue }
                if model.columns[column].role == .text, found.match != .exact { continue }
                replaced.insert(column)
                entries.append(.init(sense: .value(column, found.values.sorted()), quality: quality))
            }
            // The enumerations of the files may be written otherwise than the data; the data stands.
            terms[span.tokens]?.removeAll { entry in
                if case .value(let column, _) = entry.sense { return !entry.isTaught && replaced.contains(column) }
                return false
            }
            record(span.tokens, entries)
        }
    }

    /// Whether it is exactly a kind or a name.
    func isKind(_ span: ValueSpan) -> Bool {
        span.candidates.contains { candidate in
            candidate.match == .exact
                && model.index(of: candidate.column).map { model.columns[$0].role != .text } ?? false
        }
    }

    /// By column, the values that match best.
    private func grouped(_ candidates: [ValueSpan.Candidate]) -> [Int: (values: [String], match: ValueSpan.Match)] {
        var grouped: [Int: (values: [String], match: ValueSpan.Match)] = [:]
        for candidate in candidates {
            guard let column = model.index(of: candidate.column) else { continue }
            let known = grouped[column]?.match
            if candidate.match == known {
                grouped[column]?.values.append(candidate.value)
            } else if known.map({ candidate.match > $0 }) ?? true {
                grouped[column] = ([candidate.value], candidate.match)
            }
        }
        return grouped
    }

    private mutating func keepNames() {
        let named = Set(
            terms.filter { range, entries in
                range.count == 2 && ["first", "last", "middle"].contains(tokens[range.lowerBound].word)
                    && ["name", "names"].contains(tokens[range.lowerBound + 1].word)
                    && entries.contains { if case .column = $0.sense { $0.quality >= 0.93 } else { false } }
            }.map(\.key.lowerBound))
        guard !named.isEmpty else { return }
        candidates.removeAll { candidate in
            guard case .grammar = candidate.piece.kind, candidate.piece.range.count == 1 else { return false }
            let start = candidate.piece.range.lowerBound
            if named.contains(start) { return true }
            guard ["first", "last", "middle"].contains(tokens[start].word) else { return false }
            let joined = tokens[start...].prefix { token in
                ["first", "last", "middle", "and", "or"].contains(token.word) || token.text == ","
            }
            return joined.count > 1 && named.contains(joined.endIndex - 1)
        }
    }

    /// The month of "by channel and month".
    private func grainWord(_ index: Int) -> TimeGrain? {
        guard index > 0, let grain = TimeGrain(rawValue: tokens[index].word),
            ["and", "by", "per", "each", "every", ","].contains(tokens[index - 1].word)
        else { return nil }
        return tokens[..<index].contains { ["by", "per", "each", "every"].contains($0.word) } ? grain : nil
    }

    /// "the rent of" names a thing, whatever else the word may be.
    func isNounLike(_ index: Int) -> Bool {
        guard index > 0, FillerWords.relations.contains(tokens[index].word) else { return false }
        let before = tokens[index - 1].word
        guard ["the", "a", "an", "average", "total", "much", "our", "their", "its", "of"].contains(before) else {
            return false
        }
        let word = tokens[index].word
        return !word.hasSuffix("ed") && !word.hasSuffix("ing")
    }

    /// How far a name stands behind the closed word that is written alike.
    func shadow(_ index: Int) -> Double {
        let token = tokens[index]
        let next = index + 1 < tokens.count ? tokens[index + 1].word : ""
        if EnglishWords.askingBeforeArticle.contains(token.word), EnglishWords.articles.contains(next) { return 1 }
        // "by rank" is by the column of that name.
        if index > 0, ["by", "per"].contains(tokens[index - 1].word),
            tokens.count == index + 1 || tokens[index + 1].isMark
        {
            return 0
        }
        return isState(index) && !EnglishWords.articles.contains(next) ? -0.1 : 0.2
    }

    private func isDeedLike(_ word: String) -> Bool {
        WordFamily.isDeed(word) || FillerWords.relations.contains(word)
    }

    private mutating func addRest() {
        for (index, token) in tokens.enumerated() {
            let range = index..<index + 1
            if token.isQuoted {
                add(range, .quoted(token.text), weight: 0.6)
            } else if token.isMark {
                add(range, .filler, weight: 0)
            } else if token.kind == .symbol, token.text == "*" {
                add(range, .filler, weight: 0)
            } else if token.word == "everything", index > 0, ["of", "for"].contains(tokens[index - 1].word) {
                add(range, .filler, weight: 0.1)
            } else if AskingWords.indefinite.contains(token.word), index > 0, isDeedLike(tokens[index - 1].word) {
                add(range, .filler, weight: 0.1)
            } else if overlay.excluded.contains(NameWords.base(token.word)) {
                add(range, .filler, weight: 0.9)
            } else if FillerWords.anywhere.contains(token.word), !token.isCode {
                add(range, .filler, weight: 0.1)
            } else if let grain = grainWord(index) {
                let span = TimeSpan(tokens: range, meaning: .grain, grain: grain, label: "by \(grain.name)")
                add(range, .time(span), weight: (terms[range]?.map(\.quality).max() ?? 0) < 0.9 ? 1 : 0.3)
            } else if isNounLike(index) {
                add(range, .unknown, weight: -1)
            } else if FillerWords.weakVerbs.contains(token.word) {
                add(range, .relation(isWeak: true), weight: 0.05)
            } else if FillerWords.relations.contains(token.word) {
                add(range, .relation(isWeak: false), weight: 0)
            } else {
                add(range, .unknown, weight: -1)
            }
        }
    }
}

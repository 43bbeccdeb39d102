extension PieceFinder {
    mutating func findGrammar() {
        for start in tokens.indices {
            let token = tokens[start]
            if token.isMark || token.kind == .symbol {
                if let grammar = Self.mark(token.text) { add(start..<start + 1, .grammar(grammar), weight: 0.5) }
                continue
            }
            guard token.isWord, !token.isCode else { continue }
            if DeedWords.isDemanded(at: start, in: tokens) || DeedWords.asksAhead(at: start, in: tokens) {
                add(start..<start + 2, .grammar(.unsupported), weight: 4)
                continue
            }
            for end in start + 1...min(tokens.count, start + GrammarWords.longest) {
                let range = start..<end
                guard tokens[range].allSatisfy({ $0.isWord }) else { break }
                guard let grammar = GrammarWords.meaning(ArraySlice(tokens[range].map(\.word))) else { continue }
                if case .measureUnit = grammar, isTable(token.word) || isMeasure(token.word) { continue }
                // "the projects": what the schema calls so can be asked for.
                if grammar == .unsupported, range.count == 1, isNamed([token.word]) { continue }
                if grammar == .show, range.count == 1, isDetermined(start), isTable(token.word) { continue }
                if grammar == .remark, isNamed(RemarkWords.contents(ArraySlice(tokens[range].map(\.word)))) { continue }
                if token.word == "main", range.count == 1, values.lookup(tokens: [token]).contains(where: isKind) {
                    continue
                }
                let length = Double(range.count)
                add(range, .grammar(grammar), weight: 0.95 * length + 0.2 * (length - 1))
            }
        }
    }

    /// "annual versus monthly": another value of the same column stands beside it.
    private func isAmongValues(_ index: Int) -> Bool {
        let columns = valueColumns(index)
        guard !columns.isEmpty else { return false }
        for other in [index - 2, index + 2, index - 3, index + 3] where tokens.indices.contains(other) {
            let between = tokens[(min(index, other) + 1)..<max(index, other)].map(\.word)
            guard ["and", "or", "versus", "vs", "against", "to", "than"].contains(between[0]),
                between.count == 1 || ["more", "fewer", "less"].contains(between[1])
            else { continue }
            if !columns.isDisjoint(with: valueColumns(other)) { return true }
        }
        return false
    }

    func valueColumns(_ index: Int) -> Set<Int> {
        Set(
            (terms[index..<index + 1] ?? []).compactMap { entry -> Int? in
                if case .value(let column, _) = entry.sense, entry.quality >= 0.95 { return column }
                return nil
            })
    }

    private func isValue(_ range: Range<Int>) -> Bool {
        guard let last = range.last else { return false }
        return terms[last..<last + 1]?.contains { entry in
            if case .value = entry.sense { return entry.quality >= 0.95 }
            return false
        } ?? false
    }

    /// "each show", "the show": a thing and not what is to be done.
    func isDetermined(_ index: Int) -> Bool {
        guard index > 0 else { return false }
        let before = tokens[index - 1].word
        return ["the", "each", "every", "which", "any", "per", "by", "one", "a", "what", "no", "that"].contains(before)
            || before.hasSuffix("est")
    }

    /// "meters" where there is a table of them.
    func isTable(_ word: String) -> Bool {
        let hits = model.lexicon.hits(
            at: 0, matches: [model.lexicon.vocabulary.matches(word)], isOf: [false], isArticle: [false],
            isBreak: [false])
        return hits.first?.entries.contains { entry in
            if case .table = entry.sense { return entry.quality >= 0.9 }
            return false
        } ?? false
    }

    /// "stars" where a column of numbers is called so.
    private func isMeasure(_ word: String) -> Bool {
        let hits = model.lexicon.hits(
            at: 0, matches: [model.lexicon.vocabulary.matches(word)], isOf: [false], isArticle: [false],
            isBreak: [false])
        return hits.first?.entries.contains { entry in
            if case .column(let column) = entry.sense {
                return entry.quality >= 0.97 && model.columns[column].role == .measure
            }
            return false
        } ?? false
    }

    /// Whether the schema has a name of its own for one of the words.
    private func isNamed(_ words: [String]) -> Bool {
        words.contains { word in model.lexicon.vocabulary.matches(word).contains { $0.quality >= 0.93 } }
    }

    private static func mark(_ text: String) -> Grammar? {
        switch text {
        case ",", "/": .comma
        case ".", "?", "!", ";", ":": .sentence
        case "(": .open
        case ")": .close
        case "&", "+": .and
        case "-", "–", "—": .comma
        default: nil
        }
    }

    mutating func findTimeAndQuantities() {
        let times = PeriodParser.spans(in: tokens)
        for span in times {
            // A day's name that the data holds is a value.
            if case .period(.weekday) = span.meaning, isValue(span.tokens) { continue }
            if span.tokens.count == 1, case .grain = span.meaning,
                isAmongValues(span.tokens.lowerBound) || isCycleValue(span.tokens.lowerBound)
            {
                continue
            }
            let length = Double(span.tokens.count)
            add(span.tokens, .time(span), weight: 1.1 * length + 0.2 * (length - 1))
        }
        passOverChanges(beside: times)
        for span in QuantityParser.spans(in: tokens, excluding: times.map(\.tokens)) {
            let length = Double(span.tokens.count)
            add(span.tokens, .quantity(span), weight: 1.1 * length + 0.2 * (length - 1))
        }
    }

    /// "how did it change from May to June", "growth year over year": the comparison shows the change.
    private mutating func passOverChanges(beside times: [TimeSpan]) {
        let isCompared = times.contains { span in
            switch span.meaning {
            case .comparison, .against: true
            default: false
            }
        }
        guard isCompared else { return }
        for (index, token) in tokens.enumerated() where token.isWord {
            let forms = Stemmer.variants(of: token.word) + [token.word]
            let isChange = forms.contains { EnglishWords.changes.contains(EnglishWords.canonical[$0] ?? $0) }
            if isChange { add(index..<index + 1, .filler, weight: 0.4) }
        }
    }
}

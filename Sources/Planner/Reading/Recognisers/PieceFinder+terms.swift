extension PieceFinder {
    mutating func findTerms() {
        let fillers = FillerWords.anywhere
        var matches: [[Vocabulary.Match]] = []
        for token in tokens {
            guard token.isWord || token.kind == .quoted || token.isNumber else {
                matches.append([])
                continue
            }
            matches.append(model.lexicon.vocabulary.matches(token.word))
        }
        let isOf = tokens.map { $0.word == "of" }
        let isArticle = tokens.map { ["the", "a", "an", "each", "their", "its"].contains($0.word) }
        let isBreak = tokens.map { $0.isMark }
        for start in tokens.indices where !matches[start].isEmpty {
            let token = tokens[start]
            let isFiller = !token.isCode && (fillers.contains(token.word) || EnglishWords.stop.contains(token.word))
            if isFiller, !FillerWords.nameable.contains(token.word) { continue }
            for hit in model.lexicon.hits(
                at: start, matches: matches, isOf: isOf, isArticle: isArticle, isBreak: isBreak)
            {
                record(hit.range, isFiller ? hit.entries.filter { Self.isOwnName($0) } : hit.entries)
            }
        }
        findJoined(matches)
        findSplit(matches)
        findKin(&matches)
        // One letter off, only for words that are nothing else.
        for (start, token) in tokens.enumerated() where token.isWord && matches[start].isEmpty {
            guard GrammarWords.meaning([token.word]) == nil, !fillers.contains(token.word),
                !EnglishWords.stop.contains(token.word), !FillerWords.relations.contains(token.word),
                !candidates.contains(where: { $0.piece.range.contains(start) })
            else { continue }
            let near = model.lexicon.vocabulary.nearMatches(token.word)
            guard !near.isEmpty else { continue }
            matches[start] = near
            for from in max(0, start - 3)...start where !matches[from].isEmpty {
                for hit in model.lexicon.hits(
                    at: from, matches: matches, isOf: isOf, isArticle: isArticle, isBreak: isBreak)
                where hit.range.contains(start) {
                    record(hit.range, hit.entries)
                }
            }
        }
        findShared(matches)
        for start in tokens.indices where tokens[start].parts.count > 1 && tokens[start].isWord {
            findWrittenName(at: start)
        }
        findNegated()
        findCycles()
        for (range, entry) in overlay.hits(tokens) { record(range, [entry]) }
    }

    /// "unresolved", "unrated", "non-smoking", "inactive": the contrary of something known.
    private mutating func findNegated() {
        for (start, token) in tokens.enumerated() where token.isWord && terms[start..<start + 1] == nil {
            let word = token.word
            if word == "non", start + 1 < tokens.count, tokens[start + 1].joint == "-" {
                negate(start..<start + 2, tokens[start + 1].word, isFlag: false)
            } else if let other = Contraries.of(word) {
                negate(start..<start + 1, other, isFlag: true)
                if terms[start..<start + 1] == nil, word.hasPrefix("un") {
                    negate(start..<start + 1, other, isFlag: false)
                }
            } else if word.utf8.count >= 6, word.hasPrefix("un") || word.hasPrefix("non") {
                negate(start..<start + 1, String(word.dropFirst(word.hasPrefix("un") ? 2 : 3)), isFlag: false)
            }
        }
    }

    private mutating func negate(_ range: Range<Int>, _ word: String, isFlag: Bool) {
        let matches = [model.lexicon.vocabulary.matches(word)]
        let hits = model.lexicon.hits(at: 0, matches: matches, isOf: [false], isArticle: [false], isBreak: [false])
        var entries = (hits.first?.entries ?? []) + (terms[range.last.map { $0..<$0 + 1 } ?? range] ?? [])
        let hasOther = entries.contains { entry in
            switch entry.sense {
            case .flag, .value: true
            default: false
            }
        }
        entries = entries.filter { entry in
            switch entry.sense {
            case .flag: true
            case .event where !hasOther: true
            case .event, .value: !isFlag
            case .column(let column): !isFlag && model.columns[column].role == .measure
            default: false
            }
        }
        guard !entries.isEmpty else { return }
        negated.insert(range.lowerBound)
        record(range, entries)
    }

    /// A name that the schema gives, of a word that is mostly nothing: a table of items.
    private static func isOwnName(_ entry: Lexicon.Entry) -> Bool {
        switch entry.sense {
        case .table, .metric: entry.quality >= 0.99
        case .column: entry.quality >= 0.95
        default: false
        }
    }

    /// A name written as one: `device_type`, `userID`.
    private mutating func findWrittenName(at start: Int) {
        let matches = tokens[start].parts.map { model.lexicon.vocabulary.matches($0) }
        let none = Array(repeating: false, count: matches.count)
        let hits = model.lexicon.hits(at: 0, matches: matches, isOf: none, isArticle: none, isBreak: none)
        if let whole = hits.last, whole.range.count == matches.count { record(start..<start + 1, whole.entries) }
    }

    mutating func record(_ range: Range<Int>, _ entries: [Lexicon.Entry]) {
        var known = terms[range] ?? []
        // A word may be the name of hundreds of columns.
        var places = Dictionary(
            known.indices.map { (known[$0].sense, $0) }, uniquingKeysWith: { first, _ in first })
        for entry in entries where entry.quality >= 0.45 {
            if isParticipleOfMetric(range, entry) { continue }
            if isParticiple(range, entry) {
                participles[range, default: []].append(entry)
                continue
            }
            if let place = places[entry.sense] {
                if known[place].quality < entry.quality { known[place] = entry }
            } else {
                places[entry.sense] = known.count
                known.append(entry)
            }
        }
        if !known.isEmpty { terms[range] = known }
    }

    /// "opened tickets" are not the number that is called "open tickets".
    private func isParticipleOfMetric(_ range: Range<Int>, _ entry: Lexicon.Entry) -> Bool {
        guard case .metric(let index) = entry.sense, entry.quality < 0.97, range.count > 1,
            let word = range.lazy.map({ tokens[$0].word }).first(where: { $0.hasSuffix("ed") })
        else { return false }
        let metric = model.source.metrics[index]
        let names = ([metric.name] + metric.synonyms).map(Words.plain)
        let base = String(word.dropLast(2))
        guard isState(base) || isState(base + "e") else { return false }
        return !names.contains { $0.contains(word) } && names.contains { $0.contains(base) || $0.contains(base + "e") }
    }

    private func isState(_ word: String) -> Bool {
        let hits = model.lexicon.hits(
            at: 0, matches: [model.lexicon.vocabulary.matches(word)], isOf: [false], isArticle: [false],
            isBreak: [false])
        return (hits.first?.entries ?? []).contains { entry in
            switch entry.sense {
            case .value, .flag: entry.quality >= 0.95
            default: false
            }
        }
    }

    /// "opened" is not the value "open".
    private func isParticiple(_ range: Range<Int>, _ entry: Lexicon.Entry) -> Bool {
        guard case .value(_, let values) = entry.sense, entry.quality < 0.95, range.count == 1,
            !negated.contains(range.lowerBound)
        else { return false }
        let word = tokens[range.lowerBound].word
        if case .value(let column, _) = entry.sense, !model.columns[column].codes.isEmpty { return false }
        return ["ed", "ing"].contains { ending in
            word.hasSuffix(ending)
                && !values.contains {
                    $0.lowercased().hasSuffix(ending) || Abbreviation.score($0.lowercased(), word) != nil
                }
        }
    }

    mutating func replace(_ range: Range<Int>, _ entries: [Lexicon.Entry]) {
        terms[range] = nil
        record(range, entries)
    }

    func isExactValue(_ range: Range<Int>) -> Bool {
        terms[range]?.contains { if case .value = $0.sense { $0.quality >= 0.97 } else { false } } ?? false
    }

    mutating func addTerms() {
        for (range, entries) in terms.sorted(by: {
            ($0.key.lowerBound, $0.key.upperBound) < ($1.key.lowerBound, $1.key.upperBound)
        }) {
            let sorted = Lexicon.sorted(entries)
            guard let best = sorted.first else { continue }
            let length = Double(range.count)
            if isBareVerb(range, sorted) || isCompared(range) || isOtherMaking(range, sorted) || isOfValue(range, best)
            {
                continue
            }
            // "paid amount" is no other spelling of a payment's amount where "paid" is a state.
            if range.count == 2, best.quality < 0.9, isExactValue(range.lowerBound..<range.lowerBound + 1),
                WordFamily.isDeed(tokens[range.lowerBound].word)
            {
                continue
            }
            // "upgraded", where only a table is called upgrades and a value of another one upgrade, says more than that.
            if let values = participles[range],
                sorted.allSatisfy({ if case .table = $0.sense { true } else { false } }),
                !values.contains(where: { isOf(sorted, $0) })
            {
                continue
            }
            let isOnlyValue = sorted.allSatisfy { if case .value = $0.sense { true } else { false } }
            var weight = (isOnlyValue ? 0.98 : 1.02) * best.quality * length + 0.35 * (length - 1)
            if range.count == 1, GrammarWords.meaning([tokens[range.lowerBound].word]) != nil,
                !tokens[range.lowerBound].isQuoted
            {
                weight -= shadow(range.lowerBound)
            }
            add(range, .term(sorted), weight: weight, quality: best.quality)
        }
    }

    /// "gold tier members": the tier belongs to the gold before it, and is none of the members.
    private func isOfValue(_ range: Range<Int>, _ best: Lexicon.Entry) -> Bool {
        guard range.count > 1, best.quality < 0.95, range.lowerBound > 0,
            let before = terms[range.lowerBound - 1..<range.lowerBound]
        else { return false }
        let word = NameWords.base(tokens[range.lowerBound].word)
        return before.contains { entry in
            guard case .value(let column, _) = entry.sense, entry.quality >= 0.9 else { return false }
            return model.columns[column].words.map(NameWords.base) == [word]
        }
    }

    func isOf(_ tables: [Lexicon.Entry], _ value: Lexicon.Entry) -> Bool {
        guard case .value(let column, _) = value.sense else { return false }
        return tables.contains { $0.sense == .table(model.columns[column].table) }
    }

    /// "most expensive tool": the adjective belongs to what stands before it.
    func isCompared(_ range: Range<Int>) -> Bool {
        guard range.lowerBound > 0, ["most", "least"].contains(tokens[range.lowerBound - 1].word) else { return false }
        let words = [tokens[range.lowerBound - 1].word, tokens[range.lowerBound].word]
        if case .superlative(_, _?)? = GrammarWords.meaning(words[...]) { return true }
        return false
    }

    /// "payments were made", where only something else has the year in which it was made.
    private func isOtherMaking(_ range: Range<Int>, _ entries: [Lexicon.Entry]) -> Bool {
        guard range.count == 1, FillerWords.weakVerbs.contains(tokens[range.lowerBound].word) else { return false }
        return entries.allSatisfy { entry in
            guard case .event(let index) = entry.sense, !YearEvents.words(of: model.columns[index]).isEmpty else {
                return false
            }
            return !terms.values.contains {
                $0.contains { $0.sense == .table(model.columns[index].table) && $0.quality >= 0.9 }
            }
        }
    }

    /// "received" is a verb where nothing but a column of a like word answers to it.
    private func isBareVerb(_ range: Range<Int>, _ entries: [Lexicon.Entry]) -> Bool {
        guard range.count == 1, FillerWords.relations.contains(tokens[range.lowerBound].word) else { return false }
        // "the average rent": a number of that name.
        if isNounLike(range.lowerBound), tokens[range.lowerBound - 1].word != "total" { return false }
        return entries.allSatisfy { if case .column = $0.sense { $0.quality < 0.95 } else { false } }
    }
}

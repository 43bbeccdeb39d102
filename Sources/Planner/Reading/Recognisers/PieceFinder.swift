/// Runs every recogniser over a question and covers it with what they found.
struct PieceFinder {
    let model: SemanticModel
    let values: ValueIndex
    private let overlay: Overlay
    let tokens: [Token]
    private var candidates: [Cover.Candidate] = []
    /// By range of tokens, the terms found there.
    private(set) var terms: [Range<Int>: [Lexicon.Entry]] = [:]
    var negated: Set<Int> = []
    /// Where a value is only alike, in another form of the word.
    private var participles: [Range<Int>: [Lexicon.Entry]] = [:]
    /// Tokens that name something only by their family.
    var kinTokens: Set<Int> = []

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
        if case .term = kind { piece.kin = participles[range] ?? [] }
        candidates.append(Cover.Candidate(piece: piece, weight: weight))
    }

    // MARK: Grammar, time, quantities

    private mutating func findGrammar() {
        for start in tokens.indices {
            let token = tokens[start]
            if token.isMark || token.kind == .symbol {
                if let grammar = Self.mark(token.text) { add(start..<start + 1, .grammar(grammar), weight: 0.5) }
                continue
            }
            guard token.isWord, !token.isCode else { continue }
            for end in start + 1...min(tokens.count, start + GrammarWords.longest) {
                let range = start..<end
                guard tokens[range].allSatisfy({ $0.isWord }) else { break }
                guard let grammar = GrammarWords.meaning(ArraySlice(tokens[range].map(\.word))) else { continue }
                if case .measureUnit = grammar, isTable(token.word) { continue }
                if grammar == .remark, isNamed(RemarkWords.contents(ArraySlice(tokens[range].map(\.word)))) { continue }
                let length = Double(range.count)
                add(range, .grammar(grammar), weight: 0.95 * length + 0.2 * (length - 1))
            }
        }
    }

    /// "annual versus monthly": another value of the same column stands beside it.
    private func isAmongValues(_ index: Int) -> Bool {
        let columns = valueColumns(index)
        guard !columns.isEmpty else { return false }
        for other in [index - 2, index + 2] where tokens.indices.contains(other) {
            let between = tokens[(index + other) / 2].word
            guard ["and", "or", "versus", "vs", "against", "to"].contains(between) else { continue }
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

    /// "meters" where there is a table of them.
    private func isTable(_ word: String) -> Bool {
        let hits = model.lexicon.hits(
            at: 0, matches: [model.lexicon.vocabulary.matches(word)], isOf: [false], isArticle: [false],
            isBreak: [false])
        return hits.first?.entries.contains { entry in
            if case .table = entry.sense { return entry.quality >= 0.9 }
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

    private mutating func findTimeAndQuantities() {
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

    // MARK: Terms

    private mutating func findTerms() {
        let fillers = GrammarWords.fillers
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
            if isFiller, !GrammarWords.nounFillers.contains(token.word) { continue }
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
                !EnglishWords.stop.contains(token.word), !GrammarWords.relations.contains(token.word),
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

    /// "opened" is not the value "open".
    private func isParticiple(_ range: Range<Int>, _ entry: Lexicon.Entry) -> Bool {
        guard case .value(_, let values) = entry.sense, entry.quality < 0.95, range.count == 1,
            !negated.contains(range.lowerBound)
        else { return false }
        let word = tokens[range.lowerBound].word
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

    private mutating func findValues() {
        for span in values.lookup(tokens: tokens) {
            let slice = tokens[span.tokens]
            if slice.count == 1, let token = slice.first, !token.isQuoted, !token.isCode, token.isWord {
                if EnglishWords.stop.contains(token.word) || GrammarWords.fillers.contains(token.word) { continue }
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

    private mutating func addTerms() {
        for (range, entries) in terms.sorted(by: {
            ($0.key.lowerBound, $0.key.upperBound) < ($1.key.lowerBound, $1.key.upperBound)
        }) {
            let sorted = Lexicon.sorted(entries)
            guard let best = sorted.first else { continue }
            let length = Double(range.count)
            if isBareVerb(range, sorted) || isCompared(range) { continue }
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

    private func isOf(_ tables: [Lexicon.Entry], _ value: Lexicon.Entry) -> Bool {
        guard case .value(let column, _) = value.sense else { return false }
        return tables.contains { $0.sense == .table(model.columns[column].table) }
    }

    /// "most expensive tool": the adjective belongs to what stands before it.
    private func isCompared(_ range: Range<Int>) -> Bool {
        guard range.lowerBound > 0, ["most", "least"].contains(tokens[range.lowerBound - 1].word) else { return false }
        let words = [tokens[range.lowerBound - 1].word, tokens[range.lowerBound].word]
        if case .superlative(_, _?)? = GrammarWords.meaning(words[...]) { return true }
        return false
    }

    /// "received" is a verb where nothing but a column of a like word answers to it.
    private func isBareVerb(_ range: Range<Int>, _ entries: [Lexicon.Entry]) -> Bool {
        guard range.count == 1, GrammarWords.relations.contains(tokens[range.lowerBound].word) else { return false }
        return entries.allSatisfy { if case .column = $0.sense { $0.quality < 0.95 } else { false } }
    }

    /// "first and last name": the word shares what stands behind the other.
    private mutating func findShared(_ matches: [[Vocabulary.Match]]) {
        let none = Array(repeating: false, count: 8)
        for index in tokens.indices
        where index > 0 && index + 2 < tokens.count && ["and", "or"].contains(tokens[index].word) {
            let ranges = terms.keys.filter { $0.lowerBound == index + 1 && $0.count >= 2 }
            for range in ranges.sorted(by: { $0.count < $1.count }) {
                let words = [matches[index - 1]] + range.dropFirst().map { matches[$0] }
                let hits = model.lexicon.hits(at: 0, matches: words, isOf: none, isArticle: none, isBreak: none)
                if let whole = hits.last, whole.range.count == words.count {
                    record(
                        index - 1..<index,
                        whole.entries.map { entry in
                            var entry = entry
                            entry.quality = min(1.2, entry.quality + 0.15)
                            return entry
                        })
                    shareBefore(index - 1, range, matches)
                }
            }
        }
    }

    /// "first, middle and last name": what stands before the comma shares it too.
    private mutating func shareBefore(_ index: Int, _ range: Range<Int>, _ matches: [[Vocabulary.Match]]) {
        guard index >= 2, tokens[index - 1].text == "," else { return }
        let none = Array(repeating: false, count: 8)
        let words = [matches[index - 2]] + range.dropFirst().map { matches[$0] }
        let hits = model.lexicon.hits(at: 0, matches: words, isOf: none, isArticle: none, isBreak: none)
        if let whole = hits.last, whole.range.count == words.count { record(index - 2..<index - 1, whole.entries) }
    }

    /// "last name" is a column and ranks nothing; "first and last name" are two.
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
    private func isNounLike(_ index: Int) -> Bool {
        guard index > 0, GrammarWords.relations.contains(tokens[index].word) else { return false }
        let before = tokens[index - 1].word
        guard ["the", "a", "an", "average", "total", "much", "our", "their", "its", "of"].contains(before) else {
            return false
        }
        let word = tokens[index].word
        return !word.hasSuffix("ed") && !word.hasSuffix("ing")
    }

    /// How far a name stands behind the closed word that is written alike.
    private func shadow(_ index: Int) -> Double {
        let token = tokens[index]
        let next = index + 1 < tokens.count ? tokens[index + 1].word : ""
        if EnglishWords.askingBeforeArticle.contains(token.word), EnglishWords.articles.contains(next) { return 1 }
        // "by rank" is by the column of that name.
        if index > 0, ["by", "per"].contains(tokens[index - 1].word),
            tokens.count == index + 1 || tokens[index + 1].isMark
        {
            return 0
        }
        return 0.2
    }

    private func isDeedLike(_ word: String) -> Bool {
        WordFamily.isDeed(word) || GrammarWords.relations.contains(word)
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
            } else if GrammarWords.fillers.contains(token.word), !token.isCode {
                add(range, .filler, weight: 0.1)
            } else if let grain = grainWord(index) {
                let span = TimeSpan(tokens: range, meaning: .grain, grain: grain, label: "by \(grain.name)")
                add(range, .time(span), weight: (terms[range]?.map(\.quality).max() ?? 0) < 0.9 ? 1 : 0.3)
            } else if isNounLike(index) {
                add(range, .unknown, weight: -1)
            } else if GrammarWords.weakVerbs.contains(token.word) {
                add(range, .relation(isWeak: true), weight: 0.05)
            } else if GrammarWords.relations.contains(token.word) {
                add(range, .relation(isWeak: false), weight: 0)
            } else {
                add(range, .unknown, weight: -1)
            }
        }
    }
}

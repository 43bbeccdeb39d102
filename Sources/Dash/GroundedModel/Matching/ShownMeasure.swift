import Planner

/// Which output columns show what a question measures: every word of it, and nothing narrower.
struct ShownMeasure: Sendable {
    /// Columns that show every measure word; empty where only the query's own words can promise them.
    private(set) var columns: [String] = []
    /// Measure words that no single column and no text of the query shows, as the question has them.
    private(set) var missing: [String] = []
    /// What the only columns that have the words narrow them down to.
    private(set) var narrowing: [String] = []
    /// Words that a text of the query must have, since no column shows them.
    private var promised: [Term] = []

    private struct Column {
        var name: String
        var words: [Term]
        /// Words that say how it relates to another column, where it says nothing else ("growth_pct").
        var isRelative = false
        var item: SQLOutline.Item?

        var isRate: Bool { words.contains(where: \.isRate) }
        var isAverage: Bool {
            words.contains(where: \.isAverage) || item?.expression.contains { $0.isWord("avg") } == true
        }
        var isPlainAverage: Bool { isAverage && !isRate }
    }

    /// - Parameters:
    ///   - names: the output columns.
    ///   - texts: what the query says it answers: its name and listed questions.
    ///   - nouns: what the tables that it reads are called.
    ///   - picked: words that name one row.
    init(
        _ question: Wording, _ vocabulary: MeasureWords, columns names: [String], _ outline: SQLOutline,
        texts: [Wording], nouns: [[Term]], picked: [Term], phrasebook: Phrasebook
    ) {
        let all = names.map { Words.plain($0).map { Term($0) } }
        let keys = Self.keys(question, all, phrasebook)
        let terms = question.terms.filter { term in
            !keys.contains(term) && !picked.contains(term) && !term.isTimeGrain && !term.isNumber
                && (vocabulary.isChange(term, in: question)
                    // Of one row that is named, a column must say whatever else is asked.
                    || (!term.isChange && !term.isSoft && (vocabulary.names(term) || !picked.isEmpty)))
        }
        guard !terms.isEmpty else { return }
        let candidates = Self.candidates(names, outline)
        guard !candidates.isEmpty else { return }
        let bare = terms.filter { term in !nouns.contains { $0.contains { $0.matches(term) } } }

        // "Average" is no measure by itself: it may hold for what the texts promise.
        for wanted in [terms, bare] where !wanted.isEmpty {
            let fits = candidates.map { ($0, Self.fit($0, wanted, question, phrasebook)) }
            let full = fits.filter { $0.1.missing.isEmpty && $0.1.narrowing.isEmpty }
            if !full.isEmpty {
                columns = full.map(\.0.name)
                return
            }
        }
        let fits = candidates.map { Self.fit($0, bare.isEmpty ? terms : bare, question, phrasebook) }
        let isPromisable = picked.isEmpty && !terms.contains { vocabulary.isChange($0, in: question) || $0.isAverage }
        if isPromisable,
            texts.contains(where: { Coverage(of: terms, phrase: $0.terms, phrasebook: phrasebook).isFull })
        {
            promised = terms
            if question.rank != nil, let order = outline.order?.column { columns = [order] }
            return
        }
        // A thing that is only named asks for nothing in particular yet.
        if bare.isEmpty || (terms.count == 1 && question.core.count == 1), !question.isCount, question.rank == nil,
            question.groups.isEmpty
        {
            narrowing = terms.map(\.surface)
            return
        }
        if let partial = fits.filter(\.missing.isEmpty).min(by: { $0.narrowing.count < $1.narrowing.count }) {
            narrowing = partial.narrowing
            return
        }
        missing = fits.min { $0.missing.count < $1.missing.count }?.missing ?? terms.map(\.surface)
    }

    /// Whether a text of the query may stand for the measure: not needed where a column shows it.
    func isPromised(by phrase: [Term], _ phrasebook: Phrasebook) -> Bool {
        promised.isEmpty || Coverage(of: promised, phrase: phrase, phrasebook: phrasebook).isFull
    }

    // MARK: - Parts

    /// Words that the question splits by or tells apart by, and that a column has.
    private static func keys(
        _ question: Wording, _ columns: [[Term]], _ phrasebook: Phrasebook
    ) -> [Term] {
        question.groups.flatMap { group -> [Term] in
            guard let first = group.first else { return [] }
            var result = [first]
            for term in group.dropFirst() {
                let isOne = columns.contains { column in
                    column.contains { $0.matches(first) } && column.contains { $0.matches(term) }
                }
                guard isOne || !phrasebook.expansions(of: result + [term]).isEmpty else { break }
                result.append(term)
            }
            return result
        }
    }

    private static func candidates(_ names: [String], _ outline: SQLOutline) -> [Column] {
        var result: [Column] = []
        for (index, name) in names.enumerated() {
            let item = outline.items.first { $0.name == name }
            var column = Column(name: name, words: Words.plain(name).map { Term($0) }, item: item)
            column.isRelative = column.words.allSatisfy { $0.isRate || $0.isChange || $0.isSoft }
            if column.isRelative {
                let earlier = names[..<index].filter { !Words.plain($0).allSatisfy { Term($0).isTimeGrain } }
                let base = earlier.first { Self.uses(item, $0, outline) } ?? earlier.last
                column.words += base.map { Words.plain($0).map { Term($0) } } ?? []
            }
            result.append(column)
        }
        return result
    }

    /// Whether the expression is made with the other column's name or expression.
    private static func uses(_ item: SQLOutline.Item?, _ other: String, _ outline: SQLOutline) -> Bool {
        guard let tokens = item?.expression, !tokens.isEmpty else { return false }
        if tokens.contains(where: { $0.isWord(other) }) { return true }
        guard let parts = outline.items.first(where: { $0.name == other })?.expression, parts.count <= tokens.count,
            !parts.isEmpty
        else { return false }
        return (0...(tokens.count - parts.count)).contains { Array(tokens[$0..<($0 + parts.count)]) == parts }
    }

    private static func fit(
        _ column: Column, _ terms: [Term], _ question: Wording, _ phrasebook: Phrasebook
    ) -> (missing: [String], narrowing: [String]) {
        var missing: [Term] = []
        var rest = column.words
        for term in terms {
            if isShown(term, by: column) {
                rest.removeAll { $0.sharesForm(with: term) }
            } else {
                missing.append(term)
            }
        }
        // Another name of the same notion counts where the column is called exactly so.
        if !missing.isEmpty {
            for length in stride(from: min(4, terms.count), to: 0, by: -1) {
                for start in 0...(terms.count - length) {
                    let span = Array(terms[start..<(start + length)])
                    guard span.contains(where: missing.contains) else { continue }
                    let known = phrasebook.expansions(of: span).first { phrase in
                        column.words.contains(phrase: phrase)
                            && !column.words.contains { word in
                                !phrase.contains { $0.matches(word) } && isNarrowing(word, column, question)
                            }
                    }
                    guard let known else { continue }
                    missing.removeAll { span.contains($0) }
                    rest.removeAll { word in known.contains { $0.matches(word) } }
                }
            }
        }
        var narrowing = rest.filter { isNarrowing($0, column, question) }.map(\.surface)
        if column.isRelative, !question.terms.contains(where: { $0.isRate || $0.isChange }) {
            narrowing.append(contentsOf: column.words.filter { $0.isRate || $0.isChange }.prefix(1).map(\.surface))
        }
        let asksTotal = question.isCount || question.isAmount || question.terms.contains { $0.isAmountWord }
        let asksAmount =
            question.isAmount || question.terms.contains { ["amount", "sum", "sums"].contains($0.surface) }
        var lacking = missing.map(\.surface)
        if asksTotal, column.isPlainAverage || (column.isRate && !question.terms.contains(where: \.isRate)) {
            lacking.append(question.isCount ? "how many" : "total")
        }
        if asksAmount, column.item?.isCount == true { lacking.append("how much") }
        return (lacking, narrowing)
    }

    private static func isShown(_ term: Term, by column: Column) -> Bool {
        if term.isChange { return column.words.contains(where: \.isChange) }
        if term.isAverage { return column.isAverage || column.isRate }
        if term.isRate, column.isRate { return true }
        if MeasureChoice.isDuration(term), column.words.contains(where: { MeasureChoice.isSpan($0.surface) }) {
            return true
        }
        return column.words.contains { $0.sharesForm(with: term) }
    }

    private static func isNarrowing(_ word: Term, _ column: Column, _ question: Wording) -> Bool {
        if word.isSoft || word.isQuantifier || word.isTimeGrain || word.isAverage || word.isRate { return false }
        if EnglishWords.stop.contains(word.surface) || MeasureChoice.isSpan(word.surface) { return false }
        if ColumnLabels.currencies.contains(word.surface) || word.surface == "now" { return false }
        if column.isRelative, word.isChange { return false }
        return !question.terms.contains { $0.sharesForm(with: word) }
    }
}

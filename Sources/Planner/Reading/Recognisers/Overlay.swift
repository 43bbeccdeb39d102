/// What people have taught: phrases on top of the lexicon, default filters, words to pass over.
struct Overlay: Sendable {
    private var phrases: [(words: [String], entry: Lexicon.Entry)] = []
    private(set) var excluded: Set<String> = []
    private(set) var filters: [(metric: String?, table: TableID?, condition: Condition)] = []

    init(_ adjustments: [Adjustment], model: SemanticModel) {
        for adjustment in adjustments.prefix(2_000) {
            switch adjustment {
            case .metricSynonym(let phrase, let metric):
                guard let index = model.source.metrics.firstIndex(where: { $0.name == metric }) else { continue }
                add(phrase, .metric(index))
            case .columnSynonym(let phrase, let column):
                guard let column = model.column(column) else { continue }
                add(phrase, .column(column.index))
            case .tableSynonym(let phrase, let table):
                guard let table = model.table(table) else { continue }
                add(phrase, .table(table.index))
            case .valueAlias(let phrase, let column, let value):
                guard let column = model.column(column) else { continue }
                add(phrase, .value(column.index, [value]))
            case .defaultFilter(let metric, let table, let condition):
                filters.append((metric, table, condition))
            case .excludedWord(let word):
                excluded.insert(NameWords.base(word.lowercased()))
            }
        }
    }

    private mutating func add(_ phrase: String, _ sense: Lexicon.Sense) {
        let words = Tokenizer.tokens(of: phrase).filter { $0.isWord || $0.isNumber || $0.isQuoted }
            .map { NameWords.base($0.word) }
        guard !words.isEmpty else { return }
        phrases.append((words, .init(sense: sense, quality: 1.3, isTaught: true)))
    }

    func hits(_ tokens: [Token]) -> [(Range<Int>, Lexicon.Entry)] {
        guard !phrases.isEmpty else { return [] }
        let words = tokens.map { NameWords.base($0.word) }
        var hits: [(Range<Int>, Lexicon.Entry)] = []
        for phrase in phrases where phrase.words.count <= words.count {
            for start in 0...(words.count - phrase.words.count)
            where words[start..<start + phrase.words.count].elementsEqual(phrase.words) {
                hits.append((start..<start + phrase.words.count, phrase.entry))
            }
        }
        return hits
    }
}

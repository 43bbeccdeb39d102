/// Phrases that curated knowledge declares to mean the same: a column, table or metric and its synonyms.
struct Phrasebook: Sendable {
    private var concepts: [[[Term]]] = []
    /// Forms of the first words of phrases, to the concepts that have such a phrase.
    private var index: [String: [Int]] = [:]

    init(tables: [TableKnowledge], metrics: [Metric]) {
        for table in tables {
            add([Phrasebook.unqualified(table.name)] + table.synonyms)
            for column in table.columns where !column.synonyms.isEmpty { add([column.name] + column.synonyms) }
        }
        for metric in metrics { add(metric.names.filter { !Phrasebook.meansOnlyNow($0) }) }
    }

    /// The other phrases of every concept that has exactly this one.
    func expansions(of span: some Collection<Term>) -> [[Term]] {
        guard let first = span.first else { return [] }
        var result: [[Term]] = []
        var seen: Set<Int> = []
        for concept in first.variants.flatMap({ index[$0] ?? [] }) where seen.insert(concept).inserted {
            let phrases = concepts[concept]
            guard let same = phrases.firstIndex(where: { Self.equal($0, span) }) else { continue }
            for (number, phrase) in phrases.enumerated() where number != same { result.append(phrase) }
        }
        return result
    }

    static func unqualified(_ name: String) -> String {
        name.split(separator: ".").last.map(String.init) ?? name
    }

    private mutating func add(_ texts: [String]) {
        let phrases = texts.map { Self.phrase($0) }.filter { !$0.isEmpty }
        guard phrases.count > 1 else { return }
        concepts.append(phrases)
        for form in Set(phrases.flatMap { $0[0].variants }) { index[form, default: []].append(concepts.count - 1) }
    }

    /// The constraining words of a name; all its words where none constrains. "Total revenue" is revenue, but
    /// "customer value" is not customers.
    static func phrase(_ text: String) -> [Term] {
        let reading = Wording.curated(text, isName: true)
        let core = reading.terms.filter { !$0.isQuantifier }
        return core.isEmpty ? reading.terms : core
    }

    /// "Current patients": without its "current" it would be every patient there ever was.
    static func meansOnlyNow(_ name: String) -> Bool {
        Wording.curated(name, isName: true).isCurrent && phrase(name).count == 1
    }

    private static func equal(_ phrase: [Term], _ span: some Collection<Term>) -> Bool {
        phrase.count == span.count && zip(phrase, span).allSatisfy { $0.matches($1) }
    }
}

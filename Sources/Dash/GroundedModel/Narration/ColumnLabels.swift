/// Names and units of a result's columns, as far as knowledge declares them.
struct ColumnLabels: Sendable {
    private let knowledge: KnowledgeView
    private let metric: Metric?
    /// Lower case to how people write it, for example `mrr` to `MRR`.
    private let acronyms: [String: String]

    /// - Parameter text: curated words about what is labelled, for the way they write abbreviations.
    init(knowledge: KnowledgeView, metric: Metric? = nil, text: String = "") {
        self.knowledge = knowledge
        self.metric = metric
        let names = knowledge.metrics.flatMap { Lexicon.names(of: $0) } + [text]
        var acronyms: [String: String] = [:]
        for word in names.flatMap({ $0.split(whereSeparator: { !$0.isLetter }) })
        where word.count >= 2 && word.allSatisfy(\.isUppercase) {
            acronyms[word.lowercased()] = String(word)
        }
        self.acronyms = acronyms
    }

    /// `total_mrr` as "total MRR", where curated words write it that way.
    func label(_ column: String) -> String {
        if let metric, column == MetricSQL.columnName(of: metric) { return MetricFit.shortName(metric) }
        return Words.plain(column).filter { !["pct", "percent"].contains($0) }.map { acronyms[$0] ?? $0 }
            .joined(separator: " ")
    }

    func unit(_ column: ResultTable.Column, in tables: [String]) -> String? {
        if let metric, column.name == MetricSQL.columnName(of: metric), let unit = metric.unit {
            // "Active subscriptions is 812 subscriptions" says it twice.
            let isSaid = Reading(unit).terms.contains { word in
                Reading(label(column.name)).terms.contains { $0.sharesForm(with: word) }
            }
            return isSaid && !NumberText.isMoneyOrPercent(unit) ? nil : unit
        }
        let words = Words.plain(column.name)
        if words.contains(where: { ["pct", "percent", "percentage"].contains($0) }) { return "percent" }
        if words.contains(where: { ["count", "num", "number", "id", "days", "hours", "ratio", "index"].contains($0) }) {
            return nil
        }
        // A sum of money is no whole number of things: counts stay bare.
        guard column.type == .decimal else { return nil }
        let terms = Reading(column.name, isName: true).terms
        var best: (length: Int, unit: String)?
        func offer(_ name: String, _ unit: String?) {
            let phrase = Lexicon.phrase(name)
            guard let unit, NumberText.isMoneyOrPercent(unit), !phrase.isEmpty, terms.contains(phrase: phrase),
                phrase.count > best?.length ?? 0
            else { return }
            best = (phrase.count, unit)
        }
        for metric in knowledge.metrics { for name in Lexicon.names(of: metric) { offer(name, metric.unit) } }
        for table in tables.compactMap(knowledge.table(named:)) {
            for column in table.columns { offer(column.name, column.unit) }
        }
        return best?.unit
    }
}

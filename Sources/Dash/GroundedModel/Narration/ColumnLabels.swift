/// Names and units of a result's columns, as far as knowledge declares them.
struct ColumnLabels: Sendable {
    private let knowledge: KnowledgeView
    private let metric: Metric?

    init(knowledge: KnowledgeView, metric: Metric? = nil) {
        self.knowledge = knowledge
        self.metric = metric
    }

    /// `total_mrr` as "total MRR", where a metric is written that way.
    func label(_ column: String) -> String {
        if let metric, column == MetricSQL.columnName(of: metric) { return MetricFit.shortName(metric) }
        return Words.plain(column).filter { !["pct", "percent"].contains($0) }.map { word in
            let names = knowledge.metrics.map { MetricFit.shortName($0) }
            return names.first { $0.lowercased() == word && $0 == $0.uppercased() } ?? word
        }.joined(separator: " ")
    }

    func unit(_ column: String, in tables: [String]) -> String? {
        if let metric, column == MetricSQL.columnName(of: metric), let unit = metric.unit {
            // "Active subscriptions is 812 subscriptions" says it twice.
            let isSaid = Reading(unit).terms.contains { word in
                Reading(label(column)).terms.contains { $0.sharesForm(with: word) }
            }
            return isSaid && !NumberText.isMoneyOrPercent(unit) ? nil : unit
        }
        let words = Words.plain(column)
        if words.contains(where: { ["pct", "percent", "percentage"].contains($0) }) { return "percent" }
        if words.contains(where: { ["count", "num", "number", "id", "days", "hours", "ratio", "index"].contains($0) }) {
            return nil
        }
        let terms = Reading(column).terms
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

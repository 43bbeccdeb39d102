import Planner

/// Names and units of a result's columns, as far as knowledge declares them.
struct ColumnLabels: Sendable {
    private let knowledge: KnowledgeView
    /// Lower case to how people write it, for example `mrr` to `MRR`.
    private let acronyms: [String: String]
    /// Units that are known of the columns themselves.
    private let units: [String: String]

    static let currencies: Set<String> = [
        "usd", "eur", "gbp", "chf", "jpy", "cad", "aud", "nzd", "sek", "nok", "dkk", "pln", "czk", "cny", "inr", "brl",
    ]
    private static let spans: Set<String> = ["seconds", "minutes", "hours", "days", "weeks", "months", "years"]
    private static let moneyWords: Set<String> = [
        "amount", "revenue", "cost", "costs", "price", "fee", "fees", "income", "spend", "collected", "sales",
        "turnover", "budget", "salary", "profit", "expense", "expenses",
    ]

    /// - Parameter text: curated words about what is labelled, for the way they write abbreviations.
    init(knowledge: KnowledgeView, text: String = "", units: [String: String] = [:]) {
        self.knowledge = knowledge
        self.units = units
        let names = knowledge.metrics.flatMap { $0.names } + [text]
        var acronyms: [String: String] = [:]
        for word in names.flatMap({ $0.split(whereSeparator: { !$0.isLetter }) })
        where word.count >= 2 && word.allSatisfy(\.isUppercase) {
            acronyms[word.lowercased()] = String(word)
        }
        self.acronyms = acronyms
    }

    /// `total_mrr` as "total MRR", where curated words write it that way.
    func label(_ column: String) -> String {
        var words = Words.plain(column).filter { !["pct", "percent"].contains($0) }
        // The value is written with its unit.
        if let last = words.last, words.count > 1, Self.currencies.contains(last) || Self.spans.contains(last) {
            words.removeLast()
        }
        return words.map { acronyms[$0] ?? (CellText.isAbbreviation($0) ? $0.uppercased() : $0) }.joined(separator: " ")
    }

    /// What the metrics that a question names compute, the most specific name first.
    func expressions(namedIn question: Wording) -> [[SQLToken]] {
        let named = knowledge.metrics.compactMap { metric -> (length: Int, tokens: [SQLToken])? in
            guard let expression = metric.expression else { return nil }
            let length = metric.names.map { Phrasebook.phrase($0) }.filter {
                !$0.isEmpty && question.terms.contains(phrase: $0)
            }.map(\.count).max()
            return length.map { ($0, SQLToken.scan(expression)) }
        }
        let longest = named.map(\.length).max()
        return named.filter { $0.length == longest }.map(\.tokens)
    }

    /// Every name of the metrics that a question names in several words.
    func aliases(namedIn question: Wording) -> [[Term]] {
        knowledge.metrics.flatMap { metric -> [[Term]] in
            let phrases = metric.names.map { Phrasebook.phrase($0) }
            let isNamed = phrases.contains { $0.count > 1 && question.terms.contains(phrase: $0) }
            return isNamed ? phrases.filter { !$0.isEmpty } : []
        }
    }

    /// Whether it is good that the metric of that name rises or falls; nil where nothing says so.
    func isGood(_ name: String, rising: Bool) -> Bool? {
        let terms = Wording.curated(name, isName: true).terms
        let named = knowledge.metrics.compactMap { metric -> (length: Int, isUp: Bool)? in
            guard let direction = metric.goodDirection else { return nil }
            return metric.names.map { Phrasebook.phrase($0) }.filter { !$0.isEmpty && terms.contains(phrase: $0) }.map(
                \.count
            )
            .max().map { ($0, direction == .up) }
        }
        return named.max { $0.length < $1.length }.map { $0.isUp == rising }
    }

    func unit(_ column: ResultTable.Column, in tables: [String]) -> String? {
        if let unit = units[column.name] { return unit }
        let words = Words.plain(column.name)
        if words.contains(where: { ["pct", "percent", "percentage"].contains($0) }) { return "percent" }
        if let last = words.last, words.count > 1 {
            if Self.currencies.contains(last) { return last.uppercased() }
            if Self.spans.contains(last) { return last }
        }
        if words.contains(where: { ["count", "num", "number", "id", "days", "hours", "ratio", "index"].contains($0) }) {
            return nil
        }
        // A sum of money is no whole number of things: counts stay bare.
        guard column.type == .decimal else { return nil }
        let terms = Wording(column.name, isName: true).terms
        var best: (length: Int, unit: String)?
        func offer(_ name: String, _ unit: String?) {
            let phrase = Phrasebook.phrase(name)
            guard let unit, NumberText.isMoneyOrPercent(unit), !phrase.isEmpty, terms.contains(phrase: phrase),
                phrase.count > best?.length ?? 0
            else { return }
            best = (phrase.count, unit)
        }
        for metric in knowledge.metrics { for name in metric.names { offer(name, metric.unit) } }
        for table in tables.compactMap(knowledge.table(named:)) {
            for column in table.columns { offer(column.name, column.unit) }
        }
        return best?.unit ?? (words.contains(where: Self.moneyWords.contains) ? currency(of: tables) : nil)
    }

    /// The one currency of what these tables hold; nil where there is none, or more than one.
    private func currency(of tables: [String]) -> String? {
        let names = Set(tables.map { Phrasebook.unqualified($0).lowercased() })
        var units = tables.compactMap(knowledge.table(named:)).flatMap(\.columns).compactMap(\.unit)
        units += knowledge.metrics.filter {
            names.contains(Phrasebook.unqualified($0.firstTable).lowercased())
        }
        .compactMap(\.unit)
        let money = Set(
            units.filter { NumberText.isMoneyOrPercent($0) }.compactMap { unit -> String? in
                let text = NumberText.formatted("0", unit: unit)
                return text.hasSuffix("%") ? nil : text
            })
        guard money.count == 1 else { return nil }
        return units.first { money.contains(NumberText.formatted("0", unit: $0)) }
    }
}

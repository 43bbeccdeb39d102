import Planner

/// Changes, gaps and totals in words.
extension Narrator {
    func words(_ measure: Int) -> ValueWords {
        ValueWords(isPercent: isPercent(measure)) { shown($0, measure) }
    }

    func change(_ old: Double, _ new: Double, _ measure: Int, than then: String) -> String {
        guard old != new else { return "the same as \(then)" }
        return "\(rate(old, new, measure) ?? ValueWords.direction(from: old, to: new)) on \(then)"
    }

    func change(_ old: Double, _ new: Double, _ measure: Int) -> String {
        if let rate = rate(old, new, measure) { return "\(rate) from" }
        return "\(ValueWords.direction(from: old, to: new)) from \(shown(old, measure)) in"
    }

    func rate(_ old: Double, _ new: Double, _ measure: Int) -> String? { words(measure).change(from: old, to: new) }

    func gap(_ top: Int, _ bottom: Int, _ columns: [Int], _ measure: Int) -> String? {
        guard let high = number(top, measure), let low = number(bottom, measure), isComplete else { return nil }
        let values = table.rows.indices.compactMap { number($0, measure) }
        let places = [0, table.rows.count - 1]
        let areEnds = [(top, high), (bottom, low)].allSatisfy { row, value in
            places.contains(row) || value == values.min() || value == values.max()
        }
        return words(measure).gap((name(top, columns), high), (name(bottom, columns), low), areEnds: areEnds)
    }

    func total(_ rows: [Int], _ measure: Int, _ outline: SQLOutline) -> Double? {
        guard isComplete, !table.isTruncated, outline.limit == nil, isAdditive(measure, outline) else { return nil }
        let values = rows.compactMap { number($0, measure) }
        let sum = values.reduce(0, +)
        return sum > 0 && values.allSatisfy { $0 >= 0 } ? sum : nil
    }

    func isAdditive(_ measure: Int, _ outline: SQLOutline) -> Bool {
        isKnownAdditive
            || !outline.hasUnion
                && outline.items.first { $0.name == table.columns[measure].name.lowercased() }?.isAdditive == true
    }

    func titled(_ column: Int) -> String {
        let text = label(column)
        return Words.title(text) + (subject.map { " (\($0))" } ?? "")
    }

    func isPlural(_ column: Int) -> Bool { ValueWords.isPlural(label(column)) }

    func word(for rank: Wording.Rank) -> String {
        switch rank.direction {
        case .highest: "highest"
        case .lowest: "lowest"
        case .best: "best"
        case .worst: "worst"
        }
    }

    func percent(_ fraction: Double) -> String { ValueWords.percent(fraction) }

    func joined(_ items: [String]) -> String { items.joinedAsList }

    func plural(_ noun: String, _ count: Int) -> String { ValueWords.plural(noun, count) }

    func sentence(_ text: String) -> String { text.hasSuffix(".") ? text : text + "." }

    func bare(_ text: String) -> String { text.hasSuffix("?") ? String(text.dropLast()) : text }

    func lowered(_ text: String) -> String { "“\(bare(text))”" }
}

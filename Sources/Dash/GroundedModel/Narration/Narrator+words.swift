import Planner

/// Changes, gaps and totals in words.
extension Narrator {
    func change(_ old: Double, _ new: Double, _ measure: Int, than then: String) -> String {
        guard old != new else { return "the same as \(then)" }
        let direction = new > old ? "up" : "down"
        if isPercent(measure) { return "\(direction) \(NumberText.formatted(abs(new - old))) points on \(then)" }
        guard old > 0, new <= 10 * old else { return "\(direction) on \(then)" }
        return "\(direction) \(percent(abs(new - old) / old)) on \(then)"
    }

    func change(_ old: Double, _ new: Double, _ measure: Int) -> String {
        guard old != new else { return "unchanged from" }
        let direction = new > old ? "up" : "down"
        if isPercent(measure) { return "\(direction) \(NumberText.formatted(abs(new - old))) points from" }
        // A percentage of next to nothing says nothing.
        guard old > 0, new <= 10 * old else { return "\(direction) from \(shown(old, measure)) in" }
        return "\(direction) \(percent(abs(new - old) / old)) from"
    }

    func rate(_ old: Double, _ new: Double, _ measure: Int) -> String? {
        guard old != new else { return "unchanged" }
        let sign = new > old ? "up" : "down"
        if isPercent(measure) { return "\(sign) \(NumberText.formatted(abs(new - old))) points" }
        guard old > 0, new <= 10 * old else { return nil }
        return "\(sign) \(percent(abs(new - old) / old))"
    }

    func gap(_ top: Int, _ bottom: Int, _ columns: [Int], _ measure: Int) -> String? {
        guard let high = number(top, measure), let low = number(bottom, measure), high != low, isComplete else {
            return nil
        }
        let (first, second) = high > low ? (top, bottom) : (bottom, top)
        let (a, b) = (max(high, low), min(high, low))
        if isPercent(measure) || b <= 0 || a > 20 * b {
            let difference = isPercent(measure) ? "\(NumberText.formatted(a - b)) points" : shown(a - b, measure)
            return
                "\(name(first, columns)) is \(difference) above \(name(second, columns)) (\(shown(second, measure)))."
        }
        return
            "\(name(first, columns)) is \(NumberText.formatted(((a / b) * 10).rounded() / 10)) times \(name(second, columns)) (\(shown(second, measure)))."
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

    func isPlural(_ column: Int) -> Bool {
        let label = label(column)
        return label.hasSuffix("s") && !label.hasSuffix("ss")
    }

    func word(for rank: Wording.Rank) -> String {
        switch rank.direction {
        case .highest: "highest"
        case .lowest: "lowest"
        case .best: "best"
        case .worst: "worst"
        }
    }

    func percent(_ fraction: Double) -> String {
        NumberText.rounded(fraction * 100, places: 1, padded: false) + "%"
    }

    func joined(_ items: [String]) -> String {
        guard items.count > 1, let last = items.last else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    func plural(_ noun: String, _ count: Int) -> String {
        count == 1 || noun.hasSuffix("s") ? noun : noun.hasSuffix("y") ? noun.dropLast() + "ies" : noun + "s"
    }

    func sentence(_ text: String) -> String { text.hasSuffix(".") ? text : text + "." }

    func bare(_ text: String) -> String { text.hasSuffix("?") ? String(text.dropLast()) : text }

    func lowered(_ text: String) -> String { "“\(bare(text))”" }
}

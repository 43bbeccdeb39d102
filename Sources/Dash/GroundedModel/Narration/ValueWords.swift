/// What two numbers of one column say of each other, in the words that all narrations share.
struct ValueWords {
    /// Their difference is one of points.
    let isPercent: Bool
    /// What makes points of a difference: 100 where a fraction of one is shown as a percentage.
    var scale = 1.0
    let shown: (Double) -> String

    /// "up 12.3%", "down 4 points", "unchanged"; nil where a percentage of next to nothing would say nothing.
    func change(from old: Double, to new: Double) -> String? {
        guard old != new else { return "unchanged" }
        let direction = Self.direction(from: old, to: new)
        if isPercent { return "\(direction) \(points(new - old))" }
        guard old > 0, new <= 10 * old else { return nil }
        return "\(direction) \(Self.percent(abs(new - old) / old))"
    }

    static func direction(from old: Double, to new: Double) -> String { new > old ? "up" : "down" }

    /// "A is 3.2 times B (1,200).", or by how much it is above.
    ///
    /// - Parameter areEnds: whether both stand out among all rows; a difference of others is none that a reader looks for.
    func gap(
        _ one: (name: String, value: Double), _ other: (name: String, value: Double), areEnds: Bool = true
    ) -> String? {
        guard one.value != other.value else { return nil }
        let (high, low) = one.value > other.value ? (one, other) : (other, one)
        // "1.1 times" hides what there is to see, "500 times" says nothing.
        let isFactor = !isPercent && low.value > 0 && high.value <= 20 * low.value && high.value >= 1.5 * low.value
        guard isFactor else {
            guard areEnds else { return nil }
            let difference = high.value - low.value
            return
                "\(high.name) is \(isPercent ? points(difference) : shown(difference)) above \(low.name) (\(shown(low.value)))."
        }
        let factor = NumberText.formatted(((high.value / low.value) * 10).rounded() / 10)
        return "\(high.name) is \(factor) times \(low.name) (\(shown(low.value)))."
    }

    private func points(_ difference: Double) -> String {
        "\(NumberText.formatted(abs(difference) * scale)) points"
    }

    // MARK: - Words

    static func percent(_ fraction: Double) -> String {
        NumberText.rounded(fraction * 100, places: 1, padded: false) + "%"
    }

    /// "invoices", "customers on trial".
    static func isPlural(_ label: String) -> Bool {
        func isPlural(_ word: some StringProtocol) -> Bool { word.hasSuffix("s") && !word.hasSuffix("ss") }
        let words = label.split(separator: " ")
        let link = words.firstIndex {
            ["on", "in", "of", "per", "with", "without", "by", "at"].contains($0.lowercased())
        }
        return isPlural(label) || link.map { $0 > 0 && isPlural(words[$0 - 1]) } ?? false
    }

    static func plural(_ noun: String, _ count: Int) -> String {
        count == 1 || noun.hasSuffix("s") ? noun : noun.hasSuffix("y") ? noun.dropLast() + "ies" : noun + "s"
    }
}

/// A value in its period.
struct CoursePoint {
    let period: String
    let value: Double
    let shown: String
}

extension [CoursePoint] {
    /// "Since Jan 2026 it went from 44 to 62 (up 40.9%); the highest was 70 in Mar 2026."
    func meaning(_ text: PeriodText, change: String?) -> String? {
        guard let first, let last else { return nil }
        var meaning = "Since \(text.text(first.period)) it went from \(first.shown) to \(last.shown)"
        if let change { meaning += " (\(change))" }
        if count > 2, let top = self.max(by: { $0.value < $1.value }) {
            meaning +=
                top.period == last.period
                ? "; this is the highest of the period"
                : "; the highest was \(top.shown) \(text.placed(top.period))"
        }
        return meaning + "."
    }
}

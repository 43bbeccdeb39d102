/// Periods beside each other: "vs Q1 2024", "year over year", "the month before".
extension TimeReader {
    private static let against = [
        "vs", "versus", "compared to", "compared with", "compared against", "compare to", "compare with",
        "in comparison to", "in comparison with", "relative to", "as opposed to", "against", "than in", "than during",
        "than", "over the", "v",
    ]

    func comparison(at index: Int, behind last: TimeSpan?) -> TimeSpan? {
        if let found = unitOverUnit(at: index) ?? changed(at: index, behind: last) { return found }
        if let found = samePeriod(at: cursor.after(anyOf: Self.against, at: index) ?? index) {
            return TimeSpan(
                tokens: index..<found.end, meaning: .comparison(found.comparison), grain: found.grain,
                label: found.comparison.label)
        }
        guard let next = cursor.after(anyOf: Self.against, at: index) else { return nil }
        // "vs." is a word and its mark.
        let start = cursor.skipping(["the", "that", "of", "in"], at: cursor.skippingMark(".", at: next))
        if let found = before(at: start) ?? preceding(at: start, behind: last) {
            return TimeSpan(
                tokens: index..<found.end, meaning: .comparison(found.comparison), grain: found.grain,
                label: found.comparison.label)
        }
        guard cursor.word(index) != "over", let found = grammar.period(at: start), found.period.isComparable else {
            return nil
        }
        return TimeSpan(
            tokens: index..<found.end, meaning: .against(found.period), label: "vs \(found.period.phrase)",
            alternatives: found.alternatives)
    }

    /// "compare 2023 to 2024", "how did it change from last month", "grew from January to February".
    private func changed(at index: Int, behind last: TimeSpan?) -> TimeSpan? {
        func against(_ found: PeriodGrammar.Found) -> TimeSpan {
            TimeSpan(
                tokens: index..<found.end, meaning: .against(found.period), label: "vs \(found.period.phrase)",
                alternatives: found.alternatives)
        }
        if cursor.isOne(index, of: ["to", "with", "and"]), let last, last.tokens.upperBound == index,
            grammar.isCompared(last.tokens.lowerBound) || grammar.isCompared(index),
            let found = before(at: cursor.skipping(["the", "that", "of"], at: index + 1))
        {
            return TimeSpan(
                tokens: index..<found.end, meaning: .comparison(found.comparison), label: found.comparison.label)
        }
        if cursor.isOne(index, of: ["to", "with", "and"]), let last, last.tokens.upperBound == index,
            case .period(let period) = last.meaning, grammar.isCompared(last.tokens.lowerBound),
            let found = grammar.period(at: index + 1),
            found.period.comparison(with: period) != nil
                || period.comparison(with: found.period) != nil
        {
            return against(found)
        }
        guard cursor.word(index) == "from", (max(0, index - 6)..<index).contains(where: isChange),
            let found = grammar.period(at: index + 1)
        else { return nil }
        if cursor.word(found.end) == "to", let second = grammar.period(at: found.end + 1) {
            let areUnits = found.period.unit != nil && second.period.unit != nil
            return areUnits || second.period.comparison(with: found.period) != nil ? against(found) : nil
        }
        guard !cursor.isOne(found.end, of: ["to", "until", "through", "on", "onwards", "onward"]) else { return nil }
        return found.period.isComparable ? against(found) : nil
    }

    private func isChange(_ index: Int) -> Bool {
        guard let word = cursor.word(index) else { return false }
        let base =
            Stemmer.variants(of: word).map { EnglishWords.canonical[$0] ?? $0 } + [EnglishWords.canonical[word] ?? word]
        return base.contains(where: EnglishWords.changes.contains)
    }

    /// "YoY", "year over year", "m/m".
    private func unitOverUnit(at index: Int) -> TimeSpan? {
        func span(_ end: Int, _ grain: TimeGrain) -> TimeSpan {
            let comparison = grain == .year ? Plan.Comparison.yearBefore : .previousPeriod
            return TimeSpan(
                tokens: index..<end, meaning: .comparison(comparison), grain: grain,
                label: "\(grain.name) over \(grain.name)")
        }
        guard let word = cursor.word(index) else { return nil }
        if let grain = TimeWords.over[word] {
            let isSure =
                !["mom", "wow", "dod"].contains(word)
                || cursor.tokens[index].text.dropFirst().contains(where: \.isUppercase)
            let isNear = [index - 1, index + 1].contains { near in
                cursor.isOne(
                    near, of: EnglishWords.changes.union(EnglishWords.relative).union(["basis", "comparison"]))
            }
            return isSure || isNear ? span(index + 1, grain) : nil
        }
        if let grain = TimeWords.units[word], cursor.isOne(index + 1, of: ["over", "on", "to", "vs", "versus"]),
            cursor.grain(index + 2) == grain
        {
            return span(index + 3, grain)
        }
        if let grain = TimeWords.overLetters[word], cursor.tokens.indices.contains(index + 1),
            cursor.tokens[index + 1].joint == "/", cursor.word(index + 1) == word
        {
            return span(index + 2, grain)
        }
        return nil
    }

    private struct Compared {
        var comparison: Plan.Comparison
        var grain: TimeGrain?
        var end: Int
    }

    /// "the same period last year", "the same days of the previous month".
    private func samePeriod(at index: Int) -> Compared? {
        let start = cursor.skipping(["the", "in"], at: index)
        let noun: Int
        if cursor.word(start) == "same",
            cursor.isOne(start + 1, of: ["period", "time", "point", "timeframe", "days", "dates", "weeks", "months"])
                || cursor.word(start) == "same" && cursor.grain(start + 1) != nil
        {
            noun = start + 2
        } else if let end = cursor.after("this time", at: start) {
            noun = end
        } else {
            return nil
        }
        let next = cursor.skipping(["in", "of", "the", "during", "from"], at: noun)
        if let found = grammar.relative(at: next) {
            switch found.period {
            case .calendar(.year, offset: -1, _): return Compared(comparison: .yearBefore, grain: nil, end: found.end)
            case .calendar(let grain, offset: -1, _):
                return Compared(comparison: .previousPeriod, grain: grain, end: found.end)
            default: return nil
            }
        }
        return before(at: next)
    }

    /// "the previous month", which is that before the month that was named.
    private func preceding(at index: Int, behind last: TimeSpan?) -> Compared? {
        if let count = cursor.count(index), cursor.countedUnit(count.end) != nil,
            cursor.isOne(count.end + 1, of: ["before", "earlier", "prior", "previously"])
        {
            return Compared(comparison: .previousPeriod, grain: nil, end: count.end + 2)
        }
        guard cursor.isOne(index, of: ["previous", "prior", "preceding"]) else { return nil }
        if let count = cursor.count(index + 1), cursor.countedUnit(count.end) != nil {
            return Compared(comparison: .previousPeriod, grain: nil, end: count.end + 1)
        }
        guard let grain = cursor.grain(index + 1) else { return nil }
        var isNamed = false
        if case .period? = last?.meaning { isNamed = true }
        return Compared(
            comparison: grain == .year ? .yearBefore : .previousPeriod, grain: isNamed ? nil : grain, end: index + 2)
    }

    /// "the previous period", "the year before", "a month earlier".
    private func before(at index: Int) -> Compared? {
        if cursor.isOne(index, of: TimeWords.last), cursor.isOne(index + 1, of: ["period", "one"]) {
            return Compared(comparison: .previousPeriod, grain: nil, end: index + 2)
        }
        if let end = cursor.after(anyOf: ["period before", "one before", "period prior"], at: index) {
            return Compared(comparison: .previousPeriod, grain: nil, end: end)
        }
        if cursor.isOne(index, of: ["prior", "preceding"]), let grain = cursor.grain(index + 1),
            cursor.grain(index + 2) == nil
        {
            return Compared(comparison: grain == .year ? .yearBefore : .previousPeriod, grain: nil, end: index + 2)
        }
        let start = cursor.skipping(["a", "one", "the"], at: index)
        guard let grain = cursor.grain(start),
            cursor.isOne(start + 1, of: ["before", "earlier", "prior", "previously"])
                || start > index && cursor.word(start + 1) == "ago"
        else { return nil }
        return Compared(comparison: grain == .year ? .yearBefore : .previousPeriod, grain: nil, end: start + 2)
    }
}

extension Plan.Comparison {
    fileprivate var label: String {
        switch self {
        case .previousPeriod: "vs the period before"
        case .yearBefore: "vs the same period a year before"
        case .with(let period): "vs \(period.phrase)"
        }
    }
}

extension Period {
    /// Something has its own beginning and end to be held against.
    fileprivate var isComparable: Bool {
        switch self {
        case .before, .after, .upcoming: false
        case .days(let from, let through): from != nil && through != nil
        default: true
        }
    }
}

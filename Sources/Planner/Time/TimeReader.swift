/// Reads one span of time that begins with a token.
struct TimeReader {
    let cursor: TimeCursor
    let grammar: PeriodGrammar

    init(_ tokens: [Token]) {
        cursor = TimeCursor(tokens: tokens)
        grammar = PeriodGrammar(cursor: cursor)
    }

    var hasTime: Bool { cursor.hasTime }

    func canBegin(_ index: Int) -> Bool { [.word, .number, .date].contains(cursor.tokens[index].kind) }

    func span(at index: Int, behind spans: [TimeSpan]) -> TimeSpan? {
        let last = spans.last
        if let found = comparison(at: index, behind: last) ?? asOf(at: index) { return found }
        if let found = monthsOfAllYears(at: index) ?? eachOf(at: index) ?? cycle(at: index) { return found }
        if let found = period(at: index) ?? weekdays(at: index) ?? grain(at: index) { return found }
        return unlimited(at: index) ?? withoutRow(at: index) ?? trendRange(at: index)
    }

    /// Whether the little word before a period only leads to it.
    func isLeading(_ index: Int, to span: TimeSpan) -> Bool {
        guard let word = cursor.word(index), !cursor.tokens[index].isCode else { return false }
        switch span.meaning {
        case .period, .weekdays, .months:
            return word == "the" || TimeWords.prepositions.contains(word)
        default: return false
        }
    }

    // MARK: Periods

    private func period(at index: Int) -> TimeSpan? {
        if let found = grammar.limited(at: index) { return span(index, found) }
        guard var found = grammar.period(at: index) else { return nil }
        if isStretch(index), case .calendar(.year, offset: -1, isFiscal: false) = found.period {
            found.period = .complete(count: 12, .month, isFiscal: false)
        }
        return list(index, found) ?? span(index, found)
    }

    /// "over the last year": what has gone by since, and not the one before this one.
    private func isStretch(_ index: Int) -> Bool {
        let before = cursor.word(index) == "the" || cursor.word(index - 1) != "the" ? index - 1 : index - 2
        return cursor.isOne(before, of: ["over", "throughout"]) && cursor.isOne(before + 2, of: ["last", "past"])
    }

    /// "2022, 2023 and 2024", "Q1 and Q2": units that follow one another, and by what.
    private func list(_ index: Int, _ first: PeriodGrammar.Found) -> TimeSpan? {
        var found = [first]
        while let last = found.last, found.count < 12 {
            var next = cursor.skippingMark(",", at: last.end)
            next = cursor.skipping(["and", "in"], at: next)
            guard next > last.end, let more = grammar.named(at: next), more.period.unit != nil else { break }
            found.append(more)
        }
        guard found.count > 1, let last = found.last else { return nil }
        if found.count == 2, grammar.isCompared(index) { return nil }
        var periods = found.map(\.period)
        // "March and April 2024".
        if case .named(let year?, _, let isFiscal) = periods[periods.count - 1] {
            periods = periods.map { period in
                guard case .named(nil, let unit, _) = period else { return period }
                return .named(year: year, unit: unit, isFiscal: isFiscal)
            }
        }
        for (earlier, later) in zip(periods, periods.dropFirst()) where !later.follows(earlier) { return nil }
        guard let grain = periods[0].unit?.grain else { return nil }
        let period = PeriodGrammar.span(periods[0], periods[periods.count - 1])
        return TimeSpan(
            tokens: index..<last.end, meaning: .period(period), grain: grain,
            label: periods.map(\.phrase).joined(separator: ", "))
    }

    func span(_ index: Int, _ found: PeriodGrammar.Found) -> TimeSpan {
        TimeSpan(
            tokens: index..<found.end, meaning: .period(found.period), grain: found.grain, label: found.period.phrase,
            alternatives: found.alternatives)
    }

    /// "in each of the last 8 weeks".
    private func eachOf(at index: Int) -> TimeSpan? {
        guard
            let next = cursor.after(
                anyOf: [
                    "in each of the", "for each of the", "during each of the", "over each of the", "each of the",
                    "every one of the", "in each of", "for each of", "each of", "for each", "each", "in each",
                ], at: index), let found = grammar.period(at: next)
        else { return nil }
        switch found.period {
        case .complete(let count, let grain, _), .rolling(let count, let grain), .upcoming(let count, let grain):
            guard count > 1 else { return nil }
            var span = span(index, found)
            span.grain = grain
            return span
        case .span(.calendar(let grain, _, _)?, .calendar(let second, _, _)?) where grain == second:
            var span = span(index, found)
            span.grain = grain
            return span
        default: return nil
        }
    }

    private func asOf(at index: Int) -> TimeSpan? {
        let now = Period.calendar(.day, offset: 0, isFiscal: false)
        if let end = cursor.after(anyOf: ["as of now", "as of right now", "as of today", "as at today"], at: index) {
            return TimeSpan(tokens: index..<end, meaning: .asOf(now), label: "as of today")
        }
        let openings = [
            "as of the end of", "as of end of", "as at the end of", "at the end of", "at end of", "as of the close of",
            "as of", "as at", "at the close of",
        ]
        if let next = cursor.after(
            anyOf: [
                "at year end", "at the year end", "by year end", "as of year end", "at year end of",
                "at the end of year",
                "at month end", "by month end", "at quarter end", "by quarter end",
            ], at: index), let found = grammar.named(at: cursor.skipping(["of", "in"], at: next))
        {
            return TimeSpan(
                tokens: index..<found.end, meaning: .asOf(found.period),
                label: "as of the end of \(found.period.phrase)", alternatives: found.alternatives)
        }
        if let next = cursor.after(
            anyOf: [
                "at the start of", "at start of", "at the beginning of", "as of the start of", "as of the beginning of",
            ], at: index)
        {
            let start = cursor.skipping(["the"], at: next)
            if let found = grammar.named(at: start) ?? grammar.relative(at: start) {
                return TimeSpan(
                    tokens: index..<found.end, meaning: .asOf(.before(found.period)),
                    label: "as of the start of \(found.period.phrase)")
            }
        }
        let isLed = cursor.isOne(index - 1, of: ["the"]) ? index - 2 : index - 1
        let isLimit = cursor.isOne(isLed, of: ["since", "before", "after", "until", "till", "to", "from", "towards"])
        guard
            let next = cursor.after(anyOf: openings, at: index)
                ?? (isLimit ? nil : cursor.after(anyOf: ["the end of", "end of"], at: index))
        else { return nil }
        let start = cursor.skipping(["the"], at: next)
        if let found = grammar.named(at: start) ?? grammar.relative(at: start) {
            return TimeSpan(
                tokens: index..<found.end, meaning: .asOf(found.period),
                label: "as of the end of \(found.period.phrase)",
                alternatives: found.alternatives)
        }
        return nil
    }

    /// "have not ordered in 90 days": a stretch that reaches back, behind a negation only.
    private func withoutRow(at index: Int) -> TimeSpan? {
        guard cursor.isOne(index, of: ["in", "for", "within"]) else { return nil }
        var next = cursor.skipping(["the", "at", "least"], at: index + 1)
        next = cursor.after(anyOf: ["more than", "over"], at: next) ?? next
        guard let count = cursor.word(next) == "a" ? (1, next + 1) : cursor.count(next),
            let grain = cursor.countedUnit(count.1), count.0 > 0,
            !cursor.isOne(count.1 + 1, of: ["of", "after", "before", "from", "old", "or", "following", "prior"]),
            (max(0, index - 12)..<index).contains(where: { cursor.isOne($0, of: Self.negations) })
        else { return nil }
        let period = Period.rolling(count: count.0, grain)
        return TimeSpan(tokens: index..<count.1 + 1, meaning: .period(period), label: period.phrase)
    }

    /// "trend over 6 months": a stretch that reaches back, where its development is asked for.
    private func trendRange(at index: Int) -> TimeSpan? {
        var next = index
        if cursor.isOne(index, of: ["over", "for", "across", "during", "in", "within"]) { next += 1 }
        next = cursor.skipping(["the"], at: next)
        guard let count = cursor.count(next), count.value > 1, let grain = cursor.grain(count.end), grain != .hour,
            !cursor.isOne(next - 1, of: ["than", "least", "most"]), !cursor.isOne(count.end + 1, of: Self.notBack),
            (max(0, index - 8)..<index).contains(where: { cursor.isOne($0, of: Self.trends) })
        else { return nil }
        let period = Period.complete(count: count.value, grain, isFiscal: false)
        return TimeSpan(tokens: index..<count.end + 1, meaning: .period(period), label: period.phrase)
    }

    private static let notBack: Set<String> = [
        "of", "after", "before", "from", "old", "or", "following", "prior", "ahead",
    ]
    private static let trends: Set<String> = [
        "trend", "trends", "development", "evolution", "history", "progression", "developed", "evolved", "trended",
    ]

    private static let negations: Set<String> = [
        "not", "no", "never", "without", "havent", "hasnt", "didnt", "inactive",
    ]

    private func unlimited(at index: Int) -> TimeSpan? {
        let phrases = [
            "of all time", "all time", "all the time", "since inception", "since the beginning", "since the start",
            "across all time", "over all time", "to date", "ever", "all dates", "all periods", "all years",
        ]
        guard let end = cursor.after(anyOf: phrases, at: index) else { return nil }
        return TimeSpan(tokens: index..<end, meaning: .allTime, label: "all time")
    }
}

extension Period {
    var unit: NamedUnit? {
        if case .named(_, let unit, _) = self { unit } else { nil }
    }

    fileprivate func follows(_ earlier: Period) -> Bool {
        guard case .named(let year, let unit, let isFiscal) = self,
            case .named(let before, let other, isFiscal) = earlier, (year == nil) == (before == nil)
        else { return false }
        if unit == .year { return other == .year && year.map { $0 - 1 } == before && year != nil }
        return comparison(with: earlier) == .previousPeriod
    }
}

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
        guard let found = grammar.period(at: index) else { return nil }
        return list(index, found) ?? span(index, found)
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

    private func span(_ index: Int, _ found: PeriodGrammar.Found) -> TimeSpan {
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
        guard let next = cursor.after(anyOf: openings, at: index) else { return nil }
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

    // MARK: Grains

    private func grain(at index: Int) -> TimeSpan? {
        func span(_ end: Int, _ grain: TimeGrain) -> TimeSpan {
            TimeSpan(tokens: index..<end, meaning: .grain, grain: grain, label: "by \(grain.name)")
        }
        if let end = cursor.after(
            anyOf: ["over time", "through time", "across time", "by time", "over the course of time"], at: index)
        {
            return TimeSpan(tokens: index..<end, meaning: .overTime, label: "over time")
        }
        if cursor.isOne(index, of: ["on", "at"]) {
            let next = cursor.skipping(["a", "an", "the"], at: index + 1)
            if let grain = cursor.word(next).flatMap({ TimeWords.adverbs[$0] }),
                cursor.isOne(next + 1, of: ["basis", "level", "grain", "granularity"])
            {
                return span(next + 2, grain)
            }
        }
        if let word = cursor.word(index), let grain = TimeWords.adverbs[word] {
            return span(cursor.skipping(["basis"], at: index + 1), grain)
        }
        if cursor.isOne(index, of: ["by", "per", "each", "every", "for", "across", "over", "through"]) {
            let isWeak = cursor.isOne(index, of: ["for", "across", "over", "through"])
            var next = index + 1
            if isWeak {
                guard cursor.isOne(next, of: ["each", "every", "the"]) else { return nil }
                next += 1
            }
            next = cursor.skipping(["the", "calendar", "each", "every", "single"], at: next)
            let isFiscal = cursor.isOne(next, of: ["fiscal", "financial"])
            if isFiscal { next += 1 }
            if cursor.word(index) == "by", cursor.word(next) == "date", cursor.word(next - 1) == "by" {
                return span(next + 1, .day)
            }
            guard let word = cursor.word(next), let grain = TimeWords.units[word] else { return nil }
            let isPlural = word.hasSuffix("s")
            let isOverMany = isWeak && cursor.word(index + 1) == "the"
            guard isPlural == isOverMany else { return nil }
            // "by month over month growth" belongs to the comparison, "per day of the week" to the cycle.
            if cursor.isOne(next + 1, of: ["over", "on"]), cursor.grain(next + 2) == grain { return nil }
            return span(next + 1, isFiscal ? grain.fiscal : grain)
        }
        if let grain = cursor.grain(index), cursor.word(index + 1) == "by", cursor.grain(index + 2) == grain {
            return span(index + 3, grain)
        }
        return nil
    }

    private func cycle(at index: Int) -> TimeSpan? {
        let start = cursor.skipping(["by", "per", "each", "every", "for", "which", "what", "on", "the"], at: index)
        guard start > index else { return nil }
        let isAsked = cursor.isOne(start - 1, of: ["which", "what"])
        func span(_ end: Int, _ cycle: CalendarCycle, _ label: String) -> TimeSpan {
            TimeSpan(tokens: (isAsked ? start - 1 : index)..<end, meaning: .cycle(cycle), label: label)
        }
        if let end = cursor.after(
            anyOf: ["day of the week", "day of week", "days of the week", "dow", "weekday", "week day"], at: start),
            cursor.word(start - 1) != "on"
        {
            return span(end, .weekday, "by day of the week")
        }
        if isAsked, let end = cursor.after(anyOf: ["weekdays", "hours", "hour"], at: start) {
            let isHour = cursor.word(start) != "weekdays"
            return span(end, isHour ? .hourOfDay : .weekday, isHour ? "by hour of the day" : "by day of the week")
        }
        if let end = cursor.after(
            anyOf: ["hour of the day", "hour of day", "time of day", "hours of the day"], at: start)
        {
            return span(end, .hourOfDay, "by hour of the day")
        }
        if let end = cursor.after(anyOf: ["month of the year", "month of year", "months of the year"], at: start) {
            return span(end, .monthOfYear, "by month of the year")
        }
        return nil
    }

    private static let allYears = [
        "across all years", "across years", "over all years", "of all years", "in all years", "of every year",
        "in every year", "of any year", "in any year", "of each year", "in each year", "every year", "each year",
        "regardless of the year", "regardless of year", "irrespective of the year", "over the years",
        "across the years", "for all years", "of whatever year",
    ]

    /// "in July across all years", "every December".
    private func monthsOfAllYears(at index: Int) -> TimeSpan? {
        var next = cursor.skipping(["in", "during", "for", "the", "month", "months", "of"], at: index)
        let isEvery = cursor.isOne(next, of: ["every", "each"])
        if isEvery { next += 1 }
        var months: Set<Int> = []
        while let month = cursor.month(next) {
            months.insert(month)
            next += 1
            let link = cursor.skipping(["and", "or"], at: cursor.skippingMark(",", at: next))
            guard cursor.month(link) != nil else { break }
            next = link
        }
        guard !months.isEmpty else { return nil }
        let end = cursor.after(anyOf: Self.allYears, at: cursor.skippingMark(",", at: next))
        guard let end = end ?? (isEvery && cursor.year(next) == nil ? next : nil) else { return nil }
        let label = "in " + months.sorted().map(DayText.month).joined(separator: ", ") + " of every year"
        return TimeSpan(tokens: index..<end, meaning: .months(months), label: label)
    }

    // MARK: Days of the week

    private func weekdays(at index: Int) -> TimeSpan? {
        var next = cursor.skipping(["on", "during", "only", "the", "over"], at: index)
        var days: Set<Int> = []
        while let word = cursor.word(next) {
            if word == "weekends" || word == "weekend" && !isLedByLast(next) {
                days.formUnion([0, 6])
            } else if word == "weekdays" || word == "weekday" && next > index {
                days.formUnion(1...5)
            } else if word == "business" || word == "working", cursor.word(next + 1) == "days", next > index {
                days.formUnion(1...5)
                next += 1
            } else if word.hasSuffix("s"), let day = TimeWords.weekdays[String(word.dropLast())],
                !cursor.tokens[next].isPossessive
            {
                days.insert(day)
            } else {
                break
            }
            next += 1
            let link = cursor.skippingMark(",", at: next)
            let more = cursor.skipping(["and", "or"], at: link)
            guard more > next, let word = cursor.word(more), word.hasSuffix("s"),
                TimeWords.weekdays[String(word.dropLast())] != nil
            else { break }
            next = more
        }
        guard !days.isEmpty else { return nil }
        let label =
            days == [0, 6]
            ? "on weekends"
            : days == [1, 2, 3, 4, 5]
                ? "on weekdays"
                : "on " + days.sorted().map { DayText.weekday($0) + "s" }.joined(separator: ", ")
        return TimeSpan(tokens: index..<next, meaning: .weekdays(days), label: label)
    }

    private func isLedByLast(_ index: Int) -> Bool {
        cursor.isOne(index - 1, of: ["last", "this", "next", "past", "previous", "coming"])
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

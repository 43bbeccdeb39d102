import ServiceRuntime

extension PeriodGrammar {
    /// "between A and B", "since A", "before A", "A or later", or a period by itself.
    func limited(at index: Int) -> Found? {
        between(at: index) ?? fromTo(at: index) ?? since(at: index) ?? until(at: index) ?? longAgo(at: index)
            ?? behind(at: index)
    }

    // MARK: Two ends

    private func between(at index: Int) -> Found? {
        guard cursor.word(index) == "between", let first = end(at: index + 1),
            cursor.isOne(first.end, of: ["and", "to", "through", "until"]), let second = end(at: first.end + 1)
        else { return nil }
        return joined(first, second)
    }

    private func fromTo(at index: Int) -> Found? {
        let isLed = cursor.word(index) == "from"
        if !isLed, isCompared(index) { return nil }
        guard let first = end(at: isLed ? index + 1 : index), !isLed || first.isLimit else { return nil }
        let next = first.end
        let second: End?
        if let mark = cursor.mark(next), "–—-".contains(mark) {
            second = end(at: next + 1)
        } else if cursor.tokens.indices.contains(next), cursor.tokens[next].joint == "-" {
            second = end(at: next)
        } else if cursor.isOne(next, of: ["to", "until", "till", "through", "thru"]) {
            second = end(at: cursor.skipping(["and", "including"], at: next + 1))
        } else if let link = cursor.after("up to", at: next) {
            second = end(at: link)
        } else {
            second = nil
        }
        return second.flatMap { joined(first, $0) }
    }

    /// One end of a stretch, with what says whether it belongs to it.
    private struct End {
        var period: Period
        var end: Int
        var alternatives: [Period]
        /// A day or a unit rather than a stretch that reaches back.
        var isLimit: Bool
        var isExcluded = false
    }

    /// - Parameter isTime: the words before leave no doubt, so that any four digits are a year.
    private func end(at index: Int, isTime: Bool = false) -> End? {
        var index = cursor.skipping(["the"], at: index)
        let edge = cursor.after(anyOf: ["start of", "beginning of", "end of"], at: index)
        if let edge { index = cursor.skipping(["the"], at: edge) }
        if cursor.isOne(index, of: ["now", "present"]) {
            return End(
                period: .calendar(.day, offset: 0, isFiscal: false), end: index + 1, alternatives: [], isLimit: true)
        }
        let year =
            isTime ? cursor.year(index).map { Found(.named(year: $0, unit: .year, isFiscal: false), index + 1) } : nil
        guard let found = named(at: index) ?? year ?? relative(at: index) ?? (edge == nil ? nil : bareUnit(at: index))
        else {
            return nil
        }
        var isLimit = true
        if case .rolling = found.period { isLimit = false }
        if case .upcoming = found.period { isLimit = false }
        var end = End(
            period: found.period, end: found.end, alternatives: found.alternatives, isLimit: isLimit)
        let opening = cursor.skippingMark("(,", at: found.end)
        if cursor.isOne(opening, of: ["inclusive", "exclusive"]),
            cursor.word(opening + 1) != "of"
        {
            end.isExcluded = cursor.word(opening) == "exclusive"
            end.end = cursor.mark(opening - 1) == "(" ? cursor.skippingMark(")", at: opening + 1) : opening + 1
        }
        return end
    }

    /// "the year" of "since the start of the year".
    private func bareUnit(at index: Int) -> Found? {
        let isFiscal = cursor.isOne(index, of: ["fiscal", "financial"])
        let unit = isFiscal ? index + 1 : index
        return cursor.grain(unit).map { Found(.calendar($0, offset: 0, isFiscal: isFiscal), unit + 1) }
    }

    private func joined(_ first: End, _ second: End) -> Found? {
        var first = first
        var second = second
        var end = second.end
        let opening = cursor.skippingMark("(,", at: end)
        if let close = cursor.after(
            anyOf: [
                "inclusive of start and end dates", "inclusive of both dates", "inclusive of both", "both inclusive",
                "both dates inclusive", "both days inclusive", "both included", "inclusive",
            ], at: opening)
        {
            end = cursor.mark(opening - 1) == "(" ? cursor.skippingMark(")", at: close) : close
        }
        // "March to May 2024", "1 March to 15 March 2024": the year is said once.
        if case .named(nil, let unit, let isFiscal) = first.period, let days = second.period.absolute {
            let sameYear = Self.inYear(unit, days.first.year, isFiscal)
            let yearBefore = Self.inYear(unit, days.first.year - 1, isFiscal)
            if let start = sameYear.absolute?.first { first.period = start <= days.last ? sameYear : yearBefore }
        } else if case .named(nil, let unit, let isFiscal) = second.period, let days = first.period.absolute {
            let sameYear = Self.inYear(unit, days.first.year, isFiscal)
            if let last = sameYear.absolute?.last {
                second.period = last >= days.first ? sameYear : Self.inYear(unit, days.first.year + 1, isFiscal)
            }
        }
        guard first.isExcluded || second.isExcluded else { return Found(Self.span(first.period, second.period), end) }
        guard let from = first.period.absolute, let through = second.period.absolute else { return nil }
        let start = first.isExcluded ? from.last.adding(days: 1) : from.first
        let last = second.isExcluded ? through.first.adding(days: -1) : through.last
        return start <= last ? Found(.days(from: Day(start), through: Day(last)), end) : nil
    }

    private static func inYear(_ unit: Period.NamedUnit, _ year: Int, _ isFiscal: Bool) -> Period {
        if case .day(let month, let day) = unit, let date = CivilDate(year: year, month: month, day: day) {
            return .days(from: Day(date), through: Day(date))
        }
        return .named(year: year, unit: unit, isFiscal: isFiscal)
    }

    static func span(_ first: Period, _ second: Period) -> Period {
        guard let from = first.absolute, let through = second.absolute else {
            if first == second { return first }
            return .span(from: first, through: second)
        }
        if first == second { return first }
        let (start, last) = from.first <= through.last ? (from.first, through.last) : (through.first, from.last)
        return .days(from: Day(start), through: Day(last))
    }

    /// "Compare 2023 to 2024" is no stretch of two years.
    func isCompared(_ index: Int) -> Bool {
        (max(0, index - 6)..<max(0, index)).contains {
            cursor.isOne($0, of: ["compare", "compared", "comparing", "comparison", "compares"])
        }
    }

    // MARK: One end

    private func since(at index: Int) -> Found? {
        if let next = cursor.after(
            anyOf: [
                "since the start of", "since the beginning of", "since start of", "since beginning of",
                "from the start of", "from the beginning of",
            ], at: index), let found = bareUnit(at: cursor.skipping(["the"], at: next)),
            case .calendar(let grain, _, let isFiscal) = found.period
        {
            return Found(.toDate(grain, isFiscal: isFiscal), found.end)
        }
        let openings = [
            "since", "on or after", "from on or after", "starting from", "starting in", "starting on", "starting with",
            "starting", "beginning in", "beginning on", "beginning from", "beginning", "no earlier than",
            "not earlier than", "not before", "as early as", "ever since",
        ]
        if let next = cursor.after(anyOf: openings, at: index),
            let first = end(at: next, isTime: cursor.word(index) == "since" || cursor.word(index) == "on"),
            first.isLimit
        {
            let end = cursor.after(anyOf: ["onwards", "onward"], at: first.end) ?? first.end
            return Found(Self.from(first.period), end, alternatives: first.alternatives.map(Self.from))
        }
        let later = ["after", "later than", "newer than", "more recent than", "past"]
        if let next = cursor.after(anyOf: later, at: index),
            let first = end(at: next, isTime: cursor.word(index) != "past"), first.isLimit
        {
            return Found(Self.after(first.period), first.end, alternatives: first.alternatives.map(Self.after))
        }
        return nil
    }

    private func until(at index: Int) -> Found? {
        let through = [
            "on or before", "until the end of", "till the end of", "by the end of", "by end of", "through the end of",
            "until",
            "till", "up until", "up to and including", "up to", "no later than", "not later than", "not after",
            "through",
        ]
        if let next = cursor.after(anyOf: through, at: index), let last = end(at: next), last.isLimit {
            return Found(Self.through(last.period), last.end, alternatives: last.alternatives.map(Self.through))
        }
        let before = ["before", "prior to", "earlier than", "older than", "preceding"]
        if let next = cursor.after(anyOf: before, at: index),
            let first = end(at: next, isTime: cursor.word(index) != "older"), first.isLimit
        {
            return Found(Self.before(first.period), first.end, alternatives: first.alternatives.map(Self.before))
        }
        if cursor.word(index) == "by", let last = end(at: index + 1), last.period.absolute != nil {
            if case .named(_, .year, _) = last.period { return nil }
            return Found(Self.through(last.period), last.end, alternatives: last.alternatives.map(Self.through))
        }
        return nil
    }

    /// "March 2024 or later", "from 2023 onwards".
    private func behind(at index: Int) -> Found? {
        let start = cursor.word(index) == "from" ? index + 1 : index
        guard let first = end(at: start), first.isLimit else { return nil }
        if let end = cursor.after(
            anyOf: [
                "or later", "and later", "or after", "and after", "or newer", "onwards", "onward", "and onwards",
                "and onward", "forward", "going forward", "and beyond",
            ], at: first.end)
        {
            return Found(Self.from(first.period), end, alternatives: first.alternatives.map(Self.from))
        }
        if start > index, let end = cursor.after("on", at: first.end), cursor.month(end) == nil,
            cursor.mark(end) != nil || end >= cursor.tokens.count
        {
            return Found(Self.from(first.period), end)
        }
        if let end = cursor.after(
            anyOf: ["or earlier", "and earlier", "or before", "and before", "or older"], at: first.end)
        {
            return Found(Self.through(first.period), end, alternatives: first.alternatives.map(Self.through))
        }
        return nil
    }

    /// "more than 30 days ago", "less than a year ago", "older than 7 days".
    private func longAgo(at index: Int) -> Found? {
        if let next = cursor.after("older than", at: index) { return old(at: next) }
        let isFar: Bool
        let next: Int
        if let end = cursor.after(anyOf: ["more than", "over", "longer than", "at least", "greater than"], at: index) {
            (isFar, next) = (true, end)
        } else if let end = cursor.after(
            anyOf: ["less than", "fewer than", "under", "within", "no more than"], at: index)
        {
            (isFar, next) = (false, end)
        } else {
            return nil
        }
        guard let found = relative(at: next), case .calendar(let grain, let offset, false) = found.period, offset < 0,
            cursor.isOne(found.end - 1, of: ["ago", "back"])
        else { return nil }
        let isAtLeast = cursor.after("at least", at: index) != nil && grain == .day
        let rolling = Period.rolling(count: isAtLeast ? -offset - 1 : -offset, grain)
        return Found(isFar ? .before(rolling) : rolling, found.end)
    }

    /// So old is what came before; years are left to what has an age.
    private func old(at index: Int) -> Found? {
        guard let count = cursor.count(index), count.value > 0, let grain = cursor.grain(count.end),
            [.day, .week, .month].contains(grain), !cursor.isOne(count.end + 1, of: ["ago", "back", "old"])
        else { return nil }
        return Found(.before(.rolling(count: count.value, grain)), count.end + 1)
    }

    // MARK: Periods with one end

    static func from(_ period: Period) -> Period {
        period.absolute.map { .days(from: Day($0.first), through: nil) } ?? .span(from: period, through: nil)
    }

    static func through(_ period: Period) -> Period {
        period.absolute.map { .days(from: nil, through: Day($0.last)) } ?? .span(from: nil, through: period)
    }

    static func after(_ period: Period) -> Period {
        period.absolute.map { .days(from: Day($0.last.adding(days: 1)), through: nil) } ?? .after(period)
    }

    static func before(_ period: Period) -> Period {
        period.absolute.map { .days(from: nil, through: Day($0.first.adding(days: -1))) } ?? .before(period)
    }
}

extension PeriodGrammar {
    func relative(at index: Int) -> Found? {
        plainDay(at: index) ?? counted(at: index) ?? ago(at: index) ?? weekday(at: index)
    }

    private func plainDay(at index: Int) -> Found? {
        let end = index + 1
        switch cursor.word(index) {
        case "today", "tonight": return Found(.calendar(.day, offset: 0, isFiscal: false), end)
        case "yesterday": return Found(.calendar(.day, offset: -1, isFiscal: false), end)
        case "tomorrow": return Found(.calendar(.day, offset: 1, isFiscal: false), end)
        case "ttm", "ltm": return Found(.complete(count: 12, .month, isFiscal: false), end)
        default: break
        }
        if let end = cursor.after("day before yesterday", at: index) {
            return Found(.calendar(.day, offset: -2, isFiscal: false), end)
        }
        return nil
    }

    /// "last 6 months", "this fiscal year", "past 30-day period", "next quarter".
    private func counted(at index: Int) -> Found? {
        guard let word = cursor.word(index) else { return nil }
        var next = index + 1
        var direction = word
        if word == "this", cursor.isOne(next, of: ["past", "coming", "last"]) {
            direction = cursor.word(next) ?? word
            next += 1
        }
        let isWhole = cursor.isOne(next, of: ["full", "complete", "completed", "whole", "closed"])
        if isWhole { next += 1 }
        let count = cursor.count(next)
        if let count { next = count.end }
        let isWholeBehind = cursor.isOne(next, of: ["full", "complete", "completed", "whole"])
        if isWholeBehind { next += 1 }
        next = cursor.skipping(["calendar", "consecutive"], at: next)
        let isFiscal = cursor.isOne(next, of: ["fiscal", "financial"])
        if isFiscal { next += 1 }
        let unit: TimeGrain
        let size: Int
        if let grain = count == nil ? cursor.grain(next) : cursor.countedUnit(next) {
            (unit, size) = (grain, count?.value ?? 1)
        } else if cursor.word(next) == "half", cursor.word(next + 1) == "year", !isFiscal, count == nil,
            direction != "this"
        {
            next += 1
            (unit, size) = (.month, 6)
        } else if cursor.isOne(next, of: ["fortnight", "fortnights"]) {
            (unit, size) = (.week, 2 * (count?.value ?? 1))
        } else if cursor.isOne(next, of: ["decade", "decades"]), count != nil || direction != "this" {
            (unit, size) = (.year, 10 * (count?.value ?? 1))
        } else if word == "current", cursor.word(next) == "fy" {
            return Found(.calendar(.year, offset: 0, isFiscal: true), next + 1)
        } else if cursor.isOne(index, of: TimeWords.last), cursor.word(next) == "fy" {
            return Found(.calendar(.year, offset: -1, isFiscal: true), next + 1)
        } else {
            return nil
        }
        guard size >= 1, !isSuperlative(index, unit, behind: next + 1, isCounted: count != nil) else { return nil }
        let end = cursor.skipping(["period", "window", "timeframe"], at: next + 1)
        let isSingle = count == nil && size == 1
        if TimeWords.this.contains(direction) {
            guard isSingle else { return nil }
            return Found(.calendar(unit, offset: 0, isFiscal: isFiscal), end)
        }
        if TimeWords.next.contains(direction) {
            return isSingle && unit != .hour
                ? Found(.calendar(unit, offset: 1, isFiscal: isFiscal), end)
                : Found(.upcoming(count: size, unit), end)
        }
        guard TimeWords.last.contains(direction) || TimeWords.past.contains(direction) else { return nil }
        let isWholeUnits =
            isWhole || isWholeBehind || isFiscal || TimeWords.last.contains(direction) || direction == "trailing"
        if unit == .hour || unit == .day && !(isWhole || isWholeBehind) {
            return Found(.rolling(count: size, unit), end)
        }
        if isSingle, isWholeUnits, direction != "trailing" {
            return Found(.calendar(unit, offset: -1, isFiscal: isFiscal), end)
        }
        return isWholeUnits
            ? Found(.complete(count: size, unit, isFiscal: isFiscal), end) : Found(.rolling(count: size, unit), end)
    }

    /// "The last day of the month", "the latest day" and "the following day" are no periods of their own.
    private func isSuperlative(_ index: Int, _ unit: TimeGrain, behind end: Int, isCounted: Bool) -> Bool {
        guard let word = cursor.word(index) else { return false }
        if cursor.word(end) == "of" {
            return !TimeWords.this.contains(word) && !cursor.isOne(end + 1, of: ["data", "sales", "activity"])
        }
        guard !isCounted else { return false }
        if word == "latest" || word == "following" || word == "present" || word == "preceding" { return true }
        return unit == .day && word == "next"
    }

    /// "3 days ago", "a year ago", "yesterday a week ago" not.
    private func ago(at index: Int) -> Found? {
        let count: Int
        var next: Int
        if cursor.isOne(index, of: ["a", "an"]), cursor.grain(index + 1) != nil {
            (count, next) = (1, index + 1)
        } else if let found = cursor.count(index), cursor.countedUnit(found.end) != nil {
            (count, next) = (found.value, found.end)
        } else {
            return nil
        }
        guard let unit = cursor.countedUnit(next), unit != .hour else { return nil }
        next += 1
        guard cursor.isOne(next, of: ["ago", "back"]) else { return nil }
        return Found(.calendar(unit, offset: -count, isFiscal: false), next + 1)
    }

    private func weekday(at index: Int) -> Found? {
        let isLast = cursor.isOne(index, of: ["last", "past", "previous"])
        let isLed = isLast || cursor.isOne(index, of: ["this", "on"])
        guard let day = cursor.word(isLed ? index + 1 : index).flatMap({ TimeWords.weekdays[$0] }),
            isLed || cursor.isOne(index - 1, of: ["since", "until", "before", "after", "from", "to", "through", "and"])
        else { return nil }
        return Found(.weekday(day, includesToday: !isLast), isLed ? index + 2 : index + 1)
    }

    // MARK: To date

    func toDate(at index: Int) -> Found? {
        if let word = cursor.word(index) {
            if let grain = TimeWords.toDate[word] { return Found(.toDate(grain, isFiscal: false), index + 1) }
            if word == "fytd" { return Found(.toDate(.year, isFiscal: true), index + 1) }
            if word == "fiscal", cursor.word(index + 1) == "ytd" {
                return Found(.toDate(.year, isFiscal: true), index + 2)
            }
        }
        if let end = cursor.after("so far", at: index),
            let found = relative(at: cursor.skipping(["in", "during"], at: end)), let toDate = Self.toDate(found.period)
        {
            return Found(toDate, found.end)
        }
        let isFiscal = cursor.isOne(index, of: ["fiscal", "financial"])
        let unit = isFiscal ? index + 1 : index
        guard let grain = cursor.grain(unit), let end = cursor.after("to date", at: unit + 1) else { return nil }
        return Found(.toDate(grain, isFiscal: isFiscal), end)
    }

    private static func toDate(_ period: Period) -> Period? {
        guard case .calendar(let grain, offset: 0, let isFiscal) = period else { return nil }
        return .toDate(grain, isFiscal: isFiscal)
    }

    // MARK: What stands behind

    /// "so far", "to date", "inclusive of today", "excluding the current month".
    func qualified(_ found: Found) -> Found {
        var result = found
        if let toDate = Self.toDate(found.period),
            let end = cursor.after(anyOf: ["so far", "to date", "until now", "up to now", "to today"], at: found.end)
        {
            result = Found(toDate, end)
        }
        let opening = cursor.skippingMark(",(", at: result.end)
        guard let (end, isIncluded) = qualifier(at: opening) else { return result }
        let closing = cursor.mark(opening - 1) == "(" ? cursor.skippingMark(")", at: end.index) : end.index
        guard let period = Self.qualified(result.period, by: end.meaning, isIncluded: isIncluded) else { return result }
        return Found(period, closing, alternatives: result.alternatives, grain: result.grain)
    }

    private enum Qualifier {
        /// Today, or the unit that holds it.
        case current(TimeGrain)
        /// The first day of a stretch that reaches back: "30 days ago".
        case first(Int, TimeGrain)
        case partial
    }

    private func qualifier(at index: Int) -> ((index: Int, meaning: Qualifier), isIncluded: Bool)? {
        let isIncluded: Bool
        var next: Int
        if let end = cursor.after(
            anyOf: ["not including", "not counting", "excluding", "exclusive of", "without", "ignoring", "but not"],
            at: index)
        {
            (isIncluded, next) = (false, end)
        } else if let end = cursor.after(anyOf: ["inclusive of", "including", "counting", "and including"], at: index) {
            (isIncluded, next) = (true, end)
        } else {
            return nil
        }
        next = cursor.skipping(["the"], at: next)
        if cursor.word(next) == "today" { return ((next + 1, .current(.day)), isIncluded) }
        if cursor.isOne(next, of: ["this", "current", "ongoing", "running"]), let grain = cursor.grain(next + 1) {
            return ((next + 2, .current(grain)), isIncluded)
        }
        if cursor.isOne(next, of: ["partial", "incomplete"]), cursor.grain(next + 1) != nil {
            return ((next + 2, .partial), isIncluded)
        }
        if let count = cursor.word(next) == "a" ? (1, next + 1) : cursor.count(next),
            let grain = cursor.countedUnit(count.1), cursor.word(count.1 + 1) == "ago"
        {
            return ((count.1 + 2, .first(count.0, grain)), isIncluded)
        }
        return nil
    }

    private static func qualified(_ period: Period, by qualifier: Qualifier, isIncluded: Bool) -> Period? {
        switch (period, qualifier, isIncluded) {
        case (.rolling(let count, let grain), .first(let other, let unit), true):
            // "The past week, inclusive of 7 days ago" is what the past week means.
            return (count, grain) == (other, unit) || (grain.days * count == unit.days * other) ? period : nil
        case (.rolling(let count, .day), .first(let other, .day), false) where count == other && count > 1:
            return .rolling(count: count - 1, .day)
        case (.rolling(let count, .day), .current(.day), true):
            return .span(
                from: .calendar(.day, offset: 1 - count, isFiscal: false),
                through: .calendar(.day, offset: 0, isFiscal: false))
        case (.rolling(let count, let grain), .current(let unit), false) where unit == grain || unit == .day:
            if grain == .hour { return nil }
            if unit == grain { return .complete(count: count, grain, isFiscal: false) }
            return .span(
                from: .rolling(count: count, grain), through: .calendar(.day, offset: -1, isFiscal: false))
        case (.rolling(let count, let grain), .partial, false):
            return grain == .hour ? nil : .complete(count: count, grain, isFiscal: false)
        case (.rolling(let count, .day), .current(let unit), false) where unit != .hour:
            return .span(from: .rolling(count: count, .day), through: .calendar(unit, offset: -1, isFiscal: false))
        case (.complete, .current, false), (.complete, .partial, false),
            (.calendar(_, offset: ..<0, _), .current, false),
            (.calendar(_, offset: ..<0, _), .partial, false):
            return period
        case (.complete(let count, let grain, let isFiscal), .current(let unit), true) where unit == grain:
            return .span(
                from: .calendar(grain, offset: 1 - count, isFiscal: isFiscal),
                through: .calendar(grain, offset: 0, isFiscal: isFiscal))
        case (.complete(let count, let grain, let isFiscal), .current(.day), true):
            return .span(
                from: .calendar(grain, offset: -count, isFiscal: isFiscal),
                through: .calendar(.day, offset: 0, isFiscal: false))
        case (.calendar(let grain, offset: 0, let isFiscal), .current(let unit), false),
            (.toDate(let grain, let isFiscal), .current(let unit), false):
            guard unit != grain else { return nil }
            return .span(
                from: .calendar(grain, offset: 0, isFiscal: isFiscal),
                through: .calendar(unit, offset: -1, isFiscal: false))
        case (.complete, .first, true), (.toDate, .current(.day), true), (.calendar(_, offset: 0, _), .current, true):
            return period
        default: return nil
        }
    }
}

extension TimeGrain {
    /// As people count them.
    fileprivate var days: Int {
        switch self {
        case .hour: 0
        case .day: 1
        case .week: 7
        case .month: 30
        case .quarter, .fiscalQuarter: 90
        case .year, .fiscalYear: 365
        }
    }
}

import ServiceRuntime

/// Reads one stretch of time that begins with a token: "last 6 months", "Q1 2024", "15 March".
struct PeriodGrammar {
    struct Found {
        var period: Period
        var end: Int
        var alternatives: [Period] = []
        var grain: TimeGrain?

        init(_ period: Period, _ end: Int, alternatives: [Period] = [], grain: TimeGrain? = nil) {
            self.period = period
            self.end = end
            self.alternatives = alternatives
            self.grain = grain
        }
    }

    let cursor: TimeCursor

    /// The stretch with what limits it behind: "so far", "excluding the current week".
    func period(at index: Int) -> Found? {
        let start = cursor.word(index) == "the" ? index + 1 : index
        guard !cursor.isOne(index - 1, of: ["ending", "ended"]) else { return nil }
        guard let found = ending(at: start) ?? named(at: start) ?? relative(at: start) ?? toDate(at: start) else {
            return nil
        }
        return qualified(found)
    }

    // MARK: Named units and days

    func named(at index: Int) -> Found? {
        date(at: index) ?? monthOrDay(at: index) ?? quarterOrHalf(at: index) ?? week(at: index) ?? fiscalYear(at: index)
            ?? portion(at: index) ?? calendarYear(at: index)
    }

    private func date(at index: Int) -> Found? {
        guard cursor.tokens.indices.contains(index), cursor.tokens[index].kind == .date else { return nil }
        let text = cursor.tokens[index].text
        guard let separator = text.first(where: { "-/.".contains($0) }) else { return nil }
        let groups = text.split(separator: separator).map(String.init)
        let numbers = groups.compactMap { Int($0) }
        guard numbers.count == groups.count else { return nil }
        if numbers.count == 2 {
            let (year, month) = numbers[0] > 12 ? (numbers[0], numbers[1]) : (numbers[1], numbers[0])
            return Found(.named(year: year, unit: .month(month), isFiscal: false), index + 1)
        }
        func day(_ year: Int, _ month: Int, _ day: Int) -> Period? {
            CivilDate(year: year, month: month, day: day).map { .days(from: Day($0), through: Day($0)) }
        }
        if groups[0].utf8.count == 4 {
            return day(numbers[0], numbers[1], numbers[2]).map { Found($0, index + 1) }
        }
        let year = groups[2].utf8.count == 2 ? numbers[2] + (numbers[2] < 70 ? 2_000 : 1_900) : numbers[2]
        let monthFirst = separator == "." ? nil : day(year, numbers[0], numbers[1])
        let dayFirst = day(year, numbers[1], numbers[0])
        guard let period = monthFirst ?? dayFirst else { return nil }
        let other = monthFirst == nil || dayFirst == monthFirst ? nil : dayFirst
        return Found(period, index + 1, alternatives: other.map { [$0] } ?? [])
    }

    private func monthOrDay(at index: Int) -> Found? {
        var index = index
        // "this March", "last January": the newest there is.
        if cursor.isOne(index, of: ["this", "last", "previous", "past"]), cursor.month(index + 1) != nil { index += 1 }
        if let end = cursor.after("month of", at: index), cursor.month(end) != nil { index = end }
        if let day = cursor.dayNumber(index) {
            var next = cursor.skipping(["of", "the"], at: day.end)
            if let last = rangeEnd(day.end), let month = cursor.month(cursor.skipping(["of"], at: last.end)) {
                next = cursor.skipping(["of"], at: last.end) + 1
                return days(month, day.value, last.value, behind: next)
            }
            guard let month = cursor.month(next) else { return nil }
            return days(month, day.value, day.value, behind: next + 1)
        }
        guard let month = cursor.month(index) else { return nil }
        if let day = cursor.dayNumber(cursor.skipping(["the"], at: index + 1)) {
            if let last = rangeEnd(day.end), last.value > day.value, cursor.month(last.end) == nil {
                return days(month, day.value, last.value, behind: last.end)
            }
            return days(month, day.value, day.value, behind: day.end)
        }
        return ofYear(.month(month), behind: index + 1)
    }

    /// The second day of "1-15" and "1 to 15".
    private func rangeEnd(_ index: Int) -> (value: Int, end: Int, isOrdinal: Bool)? {
        if cursor.tokens.indices.contains(index), cursor.tokens[index].joint == "-" { return cursor.dayNumber(index) }
        if let mark = cursor.mark(index), "–—-".contains(mark) { return cursor.dayNumber(index + 1) }
        guard cursor.isOne(index, of: ["to", "through", "thru", "until"]) else { return nil }
        return cursor.dayNumber(cursor.skipping(["the"], at: index + 1))
    }

    func days(_ month: Int, _ first: Int, _ last: Int, behind index: Int) -> Found? {
        guard let from = ofYear(.day(month: month, day: first), behind: index),
            let through = ofYear(.day(month: month, day: last), behind: index)
        else { return nil }
        if let start = from.period.absolute, let end = through.period.absolute {
            return Found(.days(from: Day(start.first), through: Day(end.last)), from.end)
        }
        return first == last ? from : Found(.span(from: from.period, through: through.period), from.end)
    }

    /// Takes in the year behind a unit: "March 2024", "Q1 of last year", "15 March, 2024", "Q2 FY25".
    func ofYear(_ unit: Period.NamedUnit, behind index: Int, isFiscal: Bool = false) -> Found? {
        if case .day(let month, let day) = unit, day > CivilDate.days(inMonth: month, of: 2_000) { return nil }
        func named(_ year: Int, _ end: Int, _ isFiscal: Bool) -> Found? {
            if !isFiscal, case .day(let month, let day) = unit {
                guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
                return Found(.days(from: Day(date), through: Day(date)), end)
            }
            return Found(.named(year: year, unit: unit, isFiscal: isFiscal), end)
        }
        let links = ["of", "in", "the", "year", "calendar"]
        for next in [cursor.skipping(links, at: index), cursor.skippingMark(",", at: index)] {
            if let year = cursor.year(next), isYear(next) {
                return named(year, next + 1, isFiscal)
            }
            if let fiscal = fiscalYear(at: next), case .named(let year?, .year, true) = fiscal.period {
                return named(year, fiscal.end, true)
            }
            if let found = relativeYear(at: next) {
                return Found(.part(unit, yearOffset: found.offset, isFiscal: isFiscal || found.isFiscal), found.end)
            }
        }
        return Found(.named(year: nil, unit: unit, isFiscal: isFiscal), index)
    }

    private func isYear(_ index: Int) -> Bool {
        guard cursor.tokens.indices.contains(index + 1) else { return true }
        let next = cursor.tokens[index + 1]
        return !(next.kind == .symbol && next.text == "%")
    }

    private func relativeYear(at index: Int) -> (offset: Int, isFiscal: Bool, end: Int)? {
        let isFiscal = cursor.isOne(index + 1, of: ["fiscal", "financial"])
        let unit = isFiscal ? index + 2 : index + 1
        guard cursor.word(unit) == "year", let word = cursor.word(index) else { return nil }
        if TimeWords.last.contains(word) { return (-1, isFiscal, unit + 1) }
        if TimeWords.this.contains(word) { return (0, isFiscal, unit + 1) }
        return word == "next" ? (1, isFiscal, unit + 1) : nil
    }

    private func quarterOrHalf(at index: Int) -> Found? {
        var index = index
        var isFiscal = false
        if cursor.isOne(index, of: ["fiscal", "financial"]) { (isFiscal, index) = (true, index + 1) }
        if let word = cursor.word(index), let unit = Self.shortUnit(word) {
            return ofYear(unit, behind: index + 1, isFiscal: isFiscal)
        }
        // "2024 Q1", "FY25 Q2", "last year's Q4".
        if !isFiscal, let year = cursor.year(index), let unit = cursor.word(index + 1).flatMap(Self.shortUnit) {
            return Found(.named(year: year, unit: unit, isFiscal: false), index + 2)
        }
        if let year = relativeYear(at: index), let unit = cursor.word(year.end).flatMap(Self.shortUnit) {
            return Found(.part(unit, yearOffset: year.offset, isFiscal: year.isFiscal), year.end + 1)
        }
        if cursor.word(index) == "quarter", let count = cursor.count(index + 1), (1...4).contains(count.value),
            cursor.tokens[index + 1].isNumber
        {
            return ofYear(.quarter(count.value), behind: count.end, isFiscal: isFiscal)
        }
        let ordinal = cursor.ordinal(index)
        let isLast = cursor.isOne(index, of: ["last", "final"])
        guard ordinal != nil || isLast else { return nil }
        var unit = ordinal?.end ?? index + 1
        if cursor.isOne(unit, of: ["fiscal", "financial"]) { (isFiscal, unit) = (true, unit + 1) }
        let count = cursor.word(unit) == "quarter" ? 4 : cursor.word(unit) == "half" ? 2 : 0
        let value = ordinal?.value ?? count
        guard count > 0, (1...count).contains(value) else { return nil }
        let named: Period.NamedUnit = count == 4 ? .quarter(value) : .half(value)
        if let end = cursor.after(anyOf: ["of the fiscal year", "of the year", "of year"], at: unit + 1),
            cursor.year(end) == nil, !isLast
        {
            return Found(.named(year: nil, unit: named, isFiscal: isFiscal || cursor.word(end - 2) == "fiscal"), end)
        }
        let found = ofYear(named, behind: unit + 1, isFiscal: isFiscal)
        // "Last quarter" alone is the one before this one.
        if isLast, case .named(nil, _, _) = found?.period { return nil }
        return found
    }

    static func shortUnit(_ word: String) -> Period.NamedUnit? {
        let bytes = Array(word.utf8)
        guard bytes.count == 2, let digit = Int(word.suffix(1)) else { return nil }
        switch word.first {
        case "q" where (1...4).contains(digit): return .quarter(digit)
        case "h" where (1...2).contains(digit): return .half(digit)
        default: return nil
        }
    }
}

import ServiceRuntime

extension PeriodGrammar {
    func week(at index: Int) -> Found? {
        let start = cursor.isOne(index, of: ["calendar", "iso"]) ? index + 1 : index
        guard cursor.isOne(start, of: ["week", "wk", "cw", "kw"]) else { return nil }
        if let count = cursor.count(start + 1), (1...53).contains(count.value), cursor.tokens[start + 1].isNumber {
            return ofYear(.week(count.value), behind: count.end)
        }
        guard let end = cursor.after("of", at: start + 1), let day = named(at: cursor.skipping(["the"], at: end)),
            let first = day.period.absolute?.first, first == day.period.absolute?.last
        else { return nil }
        return Found(.days(from: Day(first), through: Day(first.adding(days: 6))), day.end)
    }

    /// "FY25", "FY 2025", "fiscal year 2025", "fiscal 2025", "FY2024-25".
    func fiscalYear(at index: Int) -> Found? {
        guard let word = cursor.word(index) else { return nil }
        var year: Int?
        var end = index + 1
        if word.hasPrefix("fy"), word.utf8.count == 4 || word.utf8.count == 6, let digits = Int(word.dropFirst(2)) {
            year = digits < 100 ? 2_000 + digits : digits
        } else if let next = cursor.after(
            anyOf: ["fiscal year", "financial year", "fiscal", "financial", "fy"], at: index)
        {
            year = cursor.year(next)
            if year == nil, word == "fy", let day = cursor.count(next), cursor.tokens[next].text.utf8.count == 2 {
                year = 2_000 + day.value
            }
            end = next + 1
        }
        guard var year, (1_900...2_100).contains(year) else { return nil }
        if cursor.tokens.indices.contains(end), let joint = cursor.tokens[end].joint, joint == "-" || joint == "/",
            let number = cursor.tokens[end].number, number.utf8.count == 2, Int(number) == (year + 1) % 100
        {
            (year, end) = (year + 1, end + 1)
        }
        let quarter = cursor.skippingMark(",", at: end)
        if let unit = cursor.word(quarter).flatMap(Self.shortUnit) {
            return Found(.named(year: year, unit: unit, isFiscal: true), quarter + 1)
        }
        return Found(.named(year: year, unit: .year, isFiscal: true), end)
    }

    /// "first 6 months of 2023", "last 10 days of June 2024".
    func portion(at index: Int) -> Found? {
        let isFirst = cursor.word(index) == "first"
        guard isFirst || cursor.isOne(index, of: ["last", "final"]) else { return nil }
        let count = cursor.count(index + 1) ?? (1, index + 1)
        guard count.value >= 1, let grain = cursor.grain(count.end), grain != .hour,
            let next = cursor.after("of", at: count.end + 1),
            let whole = named(at: cursor.skipping(["the", "year"], at: next)), let days = whole.period.absolute
        else { return nil }
        let units = CalendarUnits(CalendarRules())
        let first = isFirst ? days.first : units.adding(-count.value, grain, to: days.last.adding(days: 1))
        let last = isFirst ? units.adding(count.value, grain, to: days.first).adding(days: -1) : days.last
        guard first >= days.first, last <= days.last else { return nil }
        return Found(.days(from: Day(first), through: Day(last)), whole.end)
    }

    /// "12 months ending March 2024", "week ended 5 May 2024".
    func ending(at index: Int) -> Found? {
        let count = cursor.count(index) ?? (1, index)
        guard let grain = cursor.grain(count.end), grain != .hour, count.value > 0,
            cursor.isOne(count.end + 1, of: ["ending", "ended"]),
            let last = named(at: cursor.skipping(["in", "on", "with", "the"], at: count.end + 2)),
            let days = last.period.absolute
        else { return nil }
        let end = days.last.adding(days: 1)
        let first = CalendarUnits(CalendarRules()).adding(-count.value, grain, to: end)
        return Found(.days(from: Day(first), through: Day(days.last)), last.end)
    }

    func calendarYear(at index: Int) -> Found? {
        if let end = cursor.after(anyOf: ["calendar year", "year of", "year"], at: index), let year = cursor.year(end) {
            return Found(.named(year: year, unit: .year, isFiscal: false), end + 1)
        }
        guard let year = cursor.year(index), isYearPlace(index, year) else { return nil }
        if year % 10 == 0, cursor.word(index + 1) == "s", cursor.tokens[index + 1].joint == "",
            let from = CivilDate(year: year, month: 1, day: 1),
            let through = CivilDate(year: year + 9, month: 12, day: 31)
        {
            return Found(.days(from: Day(from), through: Day(through)), index + 2)
        }
        return Found(.named(year: year, unit: .year, isFiscal: false), index + 1)
    }

    /// Whether a bare number of four digits stands where a year would.
    private func isYearPlace(_ index: Int, _ year: Int) -> Bool {
        let tokens = cursor.tokens
        if tokens[index].text.hasPrefix("'") { return false }
        if tokens.indices.contains(index - 1) {
            let before = tokens[index - 1]
            if before.kind == .symbol, before.text != "&" { return false }
            if let word = cursor.word(index - 1) {
                if TimeWords.beforeAmount.contains(word) {
                    return ["to", "by", "and"].contains(word) && word == "to" && cursor.year(index - 2) != nil
                }
                if word == "of" || word == "for" { return year % 100 != 0 || year == 2000 && word == "for" }
                if TimeWords.beforeYear.contains(word) { return true }
            }
        }
        if tokens.indices.contains(index + 1) {
            let next = tokens[index + 1]
            if next.kind == .symbol || next.joint == "" && next.isWord && next.word != "s" { return false }
            if cursor.isOne(
                index + 1, of: ["or", "dollars", "euros", "usd", "eur", "percent", "units", "rows", "times"]),
                cursor.year(index + 2) == nil, !cursor.isOne(index + 2, of: ["later", "earlier", "newer", "older"])
            {
                return false
            }
        }
        return year % 100 != 0 && (1_990...2_040).contains(year)
    }
}

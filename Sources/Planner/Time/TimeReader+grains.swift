extension TimeReader {
    func grain(at index: Int) -> TimeSpan? {
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

    func cycle(at index: Int) -> TimeSpan? {
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
    func monthsOfAllYears(at index: Int) -> TimeSpan? {
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
}

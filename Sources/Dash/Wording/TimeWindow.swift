import Planner

/// A stretch of time that a question or a curated text names, in one canonical form.
struct TimeWindow: Hashable, Sendable {
    /// For example `last 6 month`, `previous month`, `this year`, `year 2023`.
    var key: String
    /// As written.
    var label: String

    /// Named as a stretch up to now or just past, rather than in passing ("3 to 5 days a month").
    var isSaid: Bool {
        ["last ", "past ", "previous ", "trailing "].contains { label.hasPrefix($0) } && key != "previous day"
    }

    static func last(_ count: Int, _ unit: String, label: String) -> TimeWindow {
        TimeWindow(key: "last \(count) \(unit)", label: label)
    }

    static func == (left: TimeWindow, right: TimeWindow) -> Bool { left.key == right.key }
    func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// The same length in other units, for statements that write a year for twelve months.
    static func equivalents(count: Int, unit: String) -> [TimeWindow] {
        let label = "last \(count) \(unit)s"
        var windows = [last(count, unit, label: label)]
        switch unit {
        case "year": windows += [last(count * 12, "month", label: label), last(count * 4, "quarter", label: label)]
        case "quarter": windows.append(last(count * 3, "month", label: label))
        case "month" where count % 12 == 0: windows.append(last(count / 12, "year", label: label))
        case "month" where count % 3 == 0: windows.append(last(count / 3, "quarter", label: label))
        case "week": windows.append(last(count * 7, "day", label: label))
        case "day" where count % 7 == 0: windows.append(last(count / 7, "week", label: label))
        default: break
        }
        return windows
    }
}

extension [TimeWindow] {
    /// The length of the one calendar period that they name together ("last month", "March 2026"); nil for stretches, and
    /// for a month without its year.
    var periodUnit: String? {
        let keys = map { $0.key.split(separator: " ").map(String.init) }
        guard keys.allSatisfy({ $0.count == 2 }) else { return nil }
        let named = keys.filter { EnglishWords.units.contains($0[0]) }
        if keys.count == 1, let key = keys.first {
            if key[0] == "previous" || key[0] == "this" { return key[1] }
            return key[0] == "year" ? "year" : nil
        }
        guard named.count == 2, keys.count == 2, named.contains(where: { $0[0] == "year" }) else { return nil }
        return named.first { $0[0] != "year" }?[0]
    }
}

extension TimeWindow {
    /// Reads a window at the start of the words; nil where there is none. Never guesses: what it does not know stays a
    /// word that something else must cover.
    static func parse(_ words: ArraySlice<String>) -> (window: TimeWindow, length: Int)? {
        guard let first = words.first else { return nil }
        let second = words.dropFirst().first ?? ""
        let third = words.dropFirst(2).first ?? ""
        func unit(_ word: String) -> String? {
            Term(word).variants.first { EnglishWords.units.contains($0) }
        }
        func window(_ key: String, _ length: Int) -> (TimeWindow, Int) {
            (TimeWindow(key: key, label: words.prefix(length).joined(separator: " ")), length)
        }
        switch first {
        case "last", "past", "previous", "prior", "trailing":
            if let unit = unit(second), !second.hasSuffix("ly") {
                // "last month" is the calendar month before this one, "past month" the days up to now.
                return window(first == "past" || first == "trailing" ? "last 1 \(unit)" : "previous \(unit)", 2)
            }
            if let count = Int(second), let unit = unit(third) { return window("last \(count) \(unit)", 3) }
        case "next":
            if let unit = unit(second) { return window("next 1 \(unit)", 2) }
            if let count = Int(second), let unit = unit(third) { return window("next \(count) \(unit)", 3) }
        case "this", "current":
            if let unit = unit(second), !second.hasSuffix("ly") { return window("this \(unit)", 2) }
        case "today", "yesterday", "tomorrow", "ytd", "mtd", "qtd":
            return window(first, 1)
        case "year", "month", "quarter", "week":
            if second == "to", third == "date" { return window("\(first.prefix(1))td", 3) }
        case "q1", "q2", "q3", "q4":
            return window("quarter \(first.dropFirst())", 1)
        case "may":
            if let year = Int(second), isYear(year, second) { return window("month 5", 1) }
        default: break
        }
        if let month = EnglishWords.months[first], first != "mar" || isYear(Int(second) ?? 0, second) {
            return window("month \(month)", 1)
        }
        if let count = Int(first), let unit = unit(second) {
            if third == "ago" { return window("ago \(count) \(unit)", 3) }
            return window("last \(count) \(unit)", 2)
        }
        if let year = Int(first), isYear(year, first) { return window("year \(year)", 1) }
        return nil
    }

    private static func isYear(_ number: Int, _ text: String) -> Bool {
        text.utf8.count == 4 && (1900...2100).contains(number)
    }
}

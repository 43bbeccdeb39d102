import Planner

/// What a plan's numbers are limited to, as it stands in a sentence: " for enterprise in October 2026".
struct PlanScope {
    let plan: Plan
    /// As they were applied, those of the plan's own conditions first.
    let filters: [String]
    let period: String?
    /// Whether the numbers are those of a moment.
    let isStock: Bool
    /// `YYYY-MM-DD`, where it is known.
    let today: String?
    /// What people call columns of the result, by their names.
    var labels: [String: String] = [:]
    private static let longest = 160

    /// - Parameter said: columns whose values the sentence names anyway.
    func phrase(except said: Set<ColumnID> = []) -> String {
        let conditions = conditions(except: said)
        return conditions + (period.map(placed) ?? "")
    }

    /// The period behind a number: " in October 2026"; of a stock its day: " as of 22 Nov 2026".
    func placed(_ period: String) -> String {
        isStock ? PeriodWords(period).moment(today: today) : PeriodWords(period).during(today: today)
    }

    /// The same with the day of a stock that has no period: " as of 22 Nov 2026".
    func phraseWithMoment(except said: Set<ColumnID> = []) -> String {
        let text = phrase(except: said)
        guard isStock, period == nil, let today, let day = Self.day(today) else { return text }
        return text + " as of \(day)"
    }

    /// Without the period.
    func conditions(except said: Set<ColumnID> = []) -> String {
        var kept: [(place: Int, condition: Condition)] = []
        for (place, condition) in plan.conditions.enumerated() {
            if case .oneOf(let column, let values) = condition, values.count == 1, said.contains(column) { continue }
            kept.append((place, condition))
        }
        let several = kept.count > 1
        var texts = kept.map {
            words($0.condition, applied: filters.indices.contains($0.place) ? filters[$0.place] : "", several)
        }
        if filters.count > plan.conditions.count {
            texts += filters[plan.conditions.count...].map(compared)
        }
        guard !texts.isEmpty else { return "" }
        let text = Self.joined(texts)
        return text.count <= Self.longest ? " \(text)" : " under \(texts.count) conditions"
    }

    /// "for country DE with status active", "for plan enterprise and country DE".
    private static func joined(_ texts: [String]) -> String {
        ["for ", "without ", "with ", "that ", "where "].compactMap { start -> String? in
            let own = texts.filter { $0.hasPrefix(start) }.map { $0.dropFirst(start.count).description }
            return own.isEmpty ? nil : start + own.joinedAsList
        }.joined(separator: " ")
    }

    // MARK: - Conditions

    private func words(_ condition: Condition, applied: String, _ isNamed: Bool) -> String {
        switch condition {
        case .oneOf(let column, let values): picked(column, values, isNamed)
        case .not(.oneOf(let column, let values)): "without \(named(column, values, isNamed))"
        case .compare(let column, let comparator, let number):
            "with \(Self.noun(column)) \(Self.words(comparator)) \(number)"
        case .isEmpty(let column):
            Self.event(column).map { "that are not \($0) yet" } ?? "without \(Self.noun(column))"
        case .not(.isEmpty(let column)): Self.event(column).map { "that are \($0)" } ?? "with \(Self.noun(column))"
        case .isTrue(let column): "that are \(Self.flag(column))"
        case .not(.isTrue(let column)): "that are not \(Self.flag(column))"
        case .text(let column, let match, let text):
            "with \(Self.noun(column)) \(Self.words(match)) “\(text.prefix(60))”"
        case .beyond(let column, let comparator, let aggregate):
            "with \(Self.noun(column)) \(Self.words(comparator)) its \(aggregate.rawValue)"
        case .columns(let left, let comparator, let right):
            "with \(Self.noun(left)) \(Self.words(comparator)) \(Self.noun(right))"
        case .related(let table, let conditions, _): "with \(Self.plain(table.name))" + inner(conditions)
        case .not(.related(let table, let conditions, _)): "without \(Self.plain(table.name))" + inner(conditions)
        default: "with \(Self.plain(applied))"
        }
    }

    /// "tickets > 5" as "with tickets over 5".
    private func compared(_ filter: String) -> String {
        let parts = filter.split(separator: " ")
        let sign = parts.firstIndex { Comparator(rawValue: String($0)) != nil }
        guard let sign, sign > 0, sign < parts.count - 1, let comparator = Comparator(rawValue: String(parts[sign]))
        else { return "where \(Self.plain(filter))" }
        let name = parts[..<sign].joined(separator: " ")
        let label = labels[name].flatMap { $0 == $0.uppercased() ? $0 : nil } ?? Self.plain(name)
        return "with \(label) \(Self.words(comparator)) \(parts[(sign + 1)...].joined(separator: " "))"
    }

    private func inner(_ conditions: [Condition]) -> String {
        let periods = conditions.compactMap { condition -> String? in
            if case .period(_, let period) = condition { PeriodWords(period.phrase).during() } else { nil }
        }
        let texts = conditions.compactMap { condition -> String? in
            if case .period = condition { nil } else { words(condition, applied: "a condition", true) }
        }
        return (texts.isEmpty ? "" : " " + Self.joined(texts)) + periods.joined()
    }

    /// "for enterprise"; a state, a number, and one of several conditions say what they are of.
    private func picked(_ column: ColumnID, _ values: [String], _ isNamed: Bool) -> String {
        let isBare = values.allSatisfy { Double($0) == nil && $0.count > 1 }
        let isState = ["status", "state", "type", "kind", "flag"].contains(Words.plain(column.name).last ?? "")
        if isState || !isBare { return "with \(Self.noun(column)) \(Self.listed(values))" }
        return "for \(named(column, values, isNamed))"
    }

    private func named(_ column: ColumnID, _ values: [String], _ isNamed: Bool) -> String {
        let isBare = values.allSatisfy { Double($0) == nil && $0.count > 1 }
        return isNamed || !isBare ? "\(Self.noun(column)) \(Self.listed(values))" : Self.listed(values)
    }

    private static func listed(_ values: [String]) -> String {
        let shown = values.prefix(4).map { String($0.prefix(60)) }
        if values.count > 4 { return shown.joined(separator: ", ") + " or \(values.count - 4) more" }
        guard shown.count > 1, let last = shown.last else { return shown.first ?? "" }
        return shown.dropLast().joined(separator: ", ") + " or " + last
    }

    private static func noun(_ column: ColumnID) -> String { Words.plain(column.name).joined(separator: " ") }

    /// "closed" of the day on which that happened: `closed_at`, `closed`, `date_closed`; nil where the name says no deed.
    private static func event(_ column: ColumnID) -> String? {
        let words = Words.plain(column.name).filter { !["at", "on", "date", "time", "day", "timestamp"].contains($0) }
        guard words.count == 1, let word = words.first else { return nil }
        let isDeed = word.count > 4 && word.hasSuffix("ed") && !word.hasSuffix("eed")
        return isDeed || ["paid", "sent", "sold", "done"].contains(word) ? word : nil
    }

    private static func flag(_ column: ColumnID) -> String {
        var words = Words.plain(column.name)
        if words.count > 1, ["is", "has", "was", "are"].contains(words[0]) { words.removeFirst() }
        return words.joined(separator: " ")
    }

    private static func plain(_ text: String) -> String {
        String(text.map { $0 == "_" ? " " : $0 }).split(separator: " ").joined(separator: " ")
    }

    private static func words(_ comparator: Comparator) -> String {
        switch comparator {
        case .equal: "of"
        case .notEqual: "other than"
        case .less: "under"
        case .atMost: "of at most"
        case .greater: "over"
        case .atLeast: "of at least"
        }
    }

    private static func words(_ match: Condition.TextMatch) -> String {
        switch match {
        case .contains: "containing"
        case .startsWith: "starting with"
        case .endsWith: "ending with"
        case .equals: ""
        }
    }

    // MARK: - Periods

    /// The period that is compared, and the one it is compared with.
    var sides: (now: String, then: String)? {
        guard let period, let middle = Self.range(of: ", compared with ", in: period) else { return nil }
        return (String(period[..<middle.lowerBound]), String(period[middle.upperBound...]))
    }

    private static func range(of needle: String, in text: String) -> Range<String.Index>? {
        var start = text.startIndex
        while start < text.endIndex {
            if text[start...].hasPrefix(needle) { return start..<text.index(start, offsetBy: needle.count) }
            start = text.index(after: start)
        }
        return nil
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `2026-11-22` as "22 Nov 2026".
    static func day(_ text: String) -> String? {
        let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]) else { return nil }
        return "\(parts[2]) \(months[parts[1] - 1]) \(parts[0])"
    }
}

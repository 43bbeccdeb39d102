import Planner

/// Groups beside each other: parts of a whole, rankings, periods compared.
extension PlanNarrator {
    func groups() -> Narration {
        let measure = measures[0]
        let rows = table.rows.indices.filter { number($0, measure) != nil }
        guard let first = rows.first else {
            return Narration(
                headline: "\(titled(measure))\(scope.phrase()) has no value for any group.", meaning: definition)
        }
        if rows.count == 1 {
            let beside = beside(first, except: measure)
            if plan.limit == 1, !isPicked {
                return Narration(
                    headline: "\(extreme(first, measure)) \(shown(first, measure))\(scope.phrase()).",
                    meaning: beside ?? definition)
            }
            return Narration(
                headline:
                    "\(titled(measure)) for \(name(first))\(scope.phrase(except: splitColumns)): \(shown(first, measure)).",
                meaning: beside ?? definition)
        }
        let ordered = rows.sorted { left, right in
            let (a, b) = (number(left, measure) ?? 0, number(right, measure) ?? 0)
            return a == b ? left < right : a > b
        }
        if plan.recipe == .ranking || (plan.limit != nil && !plan.order.isEmpty) { return ranking(rows, measure) }
        if !plan.having.isEmpty, dimensions.count == 1, time == nil, isComplete, !table.isTruncated {
            return picked(ordered, measure)
        }
        guard let top = ordered.first, let bottom = ordered.last else { return Narration(headline: "") }
        let lead = "\(titled(measure)) by \(groupLabels)\(scope.phraseWithMoment()): "
        if isShare(measure) || plan.recipe == .share && isWhole(rows, measure) {
            return Narration(
                headline: lead + "\(name(top)) makes up the most, \(shown(top, measure)).",
                meaning: "Then " + facts(ordered.dropFirst().prefix(3), measure) + ".")
        }
        if let total = total(measure), let value = number(top, measure) {
            return Narration(
                headline: lead
                    + "\(name(top)) leads with \(shown(top, measure)), \(percent(value / total)) of \(shown(total, measure)).",
                meaning: followers(Array(ordered.dropFirst()), measure, of: total))
        }
        guard isComplete, !table.isTruncated else {
            return Narration(headline: lead + "\(name(first)) comes first with \(shown(first, measure)).")
        }
        return Narration(
            headline: lead
                + "highest for \(name(top)) (\(shown(top, measure))), lowest for \(name(bottom)) (\(shown(bottom, measure))).",
            meaning: gap(top, bottom, measure))
    }

    /// "99 customers with tickets over 5: …", of groups that a number has picked.
    private func picked(_ rows: [Int], _ measure: Int) -> Narration {
        let what = plural(groupLabels, rowCount)
        let names = rows.prefix(3).map { "\(name($0)) (\(shown($0, measure)))" }
        let list = rows.count > 3 ? names.joined(separator: ", ") + " and others" : names.joinedAsList
        let count = NumberText.formatted(Double(rowCount))
        return Narration(headline: "\(count) \(what)\(scope.phraseWithMoment()): \(list).", meaning: definition)
    }

    /// Whether the question itself picked the only group.
    private var isPicked: Bool {
        plan.conditions.contains { condition in
            if case .oneOf(let column, let values) = condition {
                values.count == 1 && splitColumns.contains(column)
            } else {
                false
            }
        }
    }

    /// Whether the values are parts of one whole: rates of groups are not.
    private func isWhole(_ rows: [Int], _ measure: Int) -> Bool {
        guard isComplete, !table.isTruncated, plan.limit == nil else { return false }
        let sum = rows.compactMap { number($0, measure) }.reduce(0, +)
        return abs(sum - 1) <= 0.005 || abs(sum - 100) <= 0.5
    }

    private func isShare(_ column: Int) -> Bool {
        guard let position = measures.firstIndex(of: column), plan.measures.indices.contains(position),
            case .shareOfTotal = plan.measures[position]
        else { return false }
        return true
    }

    private func facts(_ rows: some Sequence<Int>, _ measure: Int) -> String {
        rows.map { "\(name($0)) (\(shown($0, measure)))" }.joinedAsList
    }

    private func beside(_ row: Int, except measure: Int) -> String? {
        let others = measures.filter { $0 != measure && cell(row, $0) != nil }.prefix(4)
        return others.isEmpty
            ? nil : "Beside it: \(others.map { "\(label($0)) \(shown(row, $0))" }.joinedAsList)."
    }

    private func followers(_ rest: [Int], _ measure: Int, of total: Double) -> String? {
        guard let last = rest.last else { return nil }
        func fact(_ row: Int) -> String {
            "\(name(row)) with \(percent((number(row, measure) ?? 0) / total)) (\(shown(row, measure)))"
        }
        if rest.count <= 3 { return "Then \(rest.map(fact).joinedAsList)." }
        return "Then \(rest.prefix(2).map(fact).joinedAsList); least \(fact(last))."
    }

    func gap(_ top: Int, _ bottom: Int, _ measure: Int) -> String? {
        guard let high = number(top, measure), let low = number(bottom, measure) else { return nil }
        return words(measure).gap((name(top), high), (name(bottom), low))
    }

    // MARK: - Rankings

    private var isDescending: Bool { plan.order.first?.isDescending ?? true }

    private func extreme(_ row: Int, _ measure: Int) -> String {
        let name = name(row)
        let who = time != nil && name.hasPrefix("the ") ? "T" + name.dropFirst() : name
        return "\(who) has the \(isDescending ? "highest" : "lowest") \(label(measure)):"
    }

    /// Rows stand in the order that was asked for.
    private func ranking(_ shownRows: [Int], _ measure: Int) -> Narration {
        let key = rankedMeasure ?? measure
        let rows = plan.reordered == nil ? shownRows : ranked(shownRows, key)
        let last = rows[rows.count - 1]
        if plan.limit == 1 || isEveryTied(rows, key) {
            let who = rows.prefix(5).map(name).joinedAsList
            return Narration(
                headline:
                    "\(who) share the \(isDescending ? "highest" : "lowest") \(label(key)): \(shown(rows[0], key))\(scope.phrase()).",
                meaning: "They have the same value.")
        }
        let side = plan.limit == nil ? "Ranked" : isDescending ? "Top" : "Bottom"
        let names = rows.prefix(5).map { "\(name($0)) (\(shown($0, key)))" }
        let rest = rows.count > 5 ? ["others"] : []
        let number = plan.limit == nil ? "" : " \(rows.count)"
        return Narration(
            headline: "\(side)\(number) by \(label(key))\(scope.phrase()): \((names + rest).joinedAsList).",
            meaning: gap(rows[0], last, key))
    }

    /// As they were picked, where they are shown in another order.
    private func ranked(_ rows: [Int], _ key: Int) -> [Int] {
        rows.sorted { left, right in
            let (a, b) = (number(left, key) ?? 0, number(right, key) ?? 0)
            return a == b ? left < right : isDescending ? a > b : a < b
        }
    }

    private var rankedMeasure: Int? {
        guard case .measure(let position)? = plan.order.first?.key, measures.indices.contains(position) else {
            return nil
        }
        return measures[position]
    }

    private func isEveryTied(_ rows: [Int], _ measure: Int) -> Bool {
        Set(rows.map { cell($0, measure) }).count == 1
    }

    // MARK: - Time

    func trend() -> Narration {
        guard let time, let measure = measures.first else { return listing() }
        let cells = periods(time)
        let text = periodText(time)
        var done = cells
        var caveats: [String] = []
        if let today, let last = cells.last, text.contains(today, from: last), cells.count > 2 {
            done.removeLast()
            if !saysNotOver { caveats.append("\(text.text(last)) is not over yet; the comparison leaves it out.") }
        }
        let filtered = scope.conditions(except: [])
        guard isComplete, let last = done.last, let first = done.first, done.count > 1 else {
            let span = text.span(cells.first ?? "", cells.last ?? "")
            if isComplete, table.rows.count == 1, cell(0, measure) != nil {
                return Narration(headline: "\(titled(measure))\(filtered) \(span): \(shown(0, measure)).")
            }
            return Narration(headline: "\(titled(measure))\(filtered) \(span).", caveats: caveats)
        }
        let previous = done[done.count - 2]
        if let other = dimensions.first(where: { $0 != time }) {
            return parts(other, time, measure, first, last, text, filtered, caveats)
        }
        func row(_ period: String) -> Int? { table.rows.firstIndex { $0[time] == period } }
        guard let now = row(last), let before = row(previous), let start = row(first), let value = number(now, measure),
            let old = number(before, measure), let oldest = number(start, measure)
        else {
            return Narration(
                headline: "\(titled(measure))\(filtered) \(text.span(first, last)).",
                meaning: definition, caveats: caveats)
        }
        let change = change(old, value, measure)
        let headline =
            "\(titled(measure))\(filtered)\(isPlural(measure) ? ":" : " was") \(shown(now, measure)) \(text.placed(last)), \(change) \(change == "unchanged" ? "since" : "on") \(text.text(previous))."
        let course = done.compactMap { period in
            row(period).flatMap { row in
                number(row, measure).map { CoursePoint(period: period, value: $0, shown: shown(row, measure)) }
            }
        }
        let meaning = course.meaning(text, change: self.change(oldest, value, measure))
        return Narration(headline: headline, meaning: meaning, caveats: caveats)
    }

    /// Several courses: who stands highest at the end, and who moved most since the beginning.
    private func parts(
        _ category: Int, _ time: Int, _ measure: Int, _ first: String, _ last: String, _ text: PeriodText,
        _ filtered: String, _ caveats: [String]
    ) -> Narration {
        func value(_ name: String?, _ period: String) -> (row: Int, number: Double)? {
            table.rows.firstIndex { $0[time] == period && $0[category] == name }.flatMap { row in
                number(row, measure).map { (row, $0) }
            }
        }
        var names: [String?] = []
        for row in table.rows where !names.contains(row[category]) { names.append(row[category]) }
        let ends = names.compactMap { name in value(name, last).map { (name: name ?? "(none)", key: name, end: $0) } }
            .sorted { $0.end.number > $1.end.number }
        guard let top = ends.first else {
            return Narration(
                headline: "\(titled(measure)) by \(label(category))\(filtered) until \(text.text(last)).",
                caveats: caveats)
        }
        let moves = ends.compactMap { end -> (name: String, text: String, size: Double)? in
            guard let start = value(end.key, first), start.number != end.end.number else { return nil }
            let change = change(start.number, end.end.number, measure)
            return (
                end.name,
                "\(change) since \(text.text(first)), from \(shown(start.row, measure)) to \(shown(end.end.row, measure))",
                abs(end.end.number - start.number)
            )
        }
        let rest = ends.dropFirst().prefix(3).map { "\($0.name) (\(shown($0.end.row, measure)))" }
        return Narration(
            headline:
                "\(titled(measure)) by \(label(category))\(filtered), \(text.text(last)): \(top.name) leads with \(shown(top.end.row, measure))\(rest.isEmpty ? "" : ", then \(rest.joinedAsList)").",
            meaning: moves.max { $0.size < $1.size }.map { "\($0.name) moved most: \($0.text)." }, caveats: caveats)
    }
}

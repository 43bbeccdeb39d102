import Planner

/// Values over time, of one thing or of several.
extension Narrator {
    func periods(_ time: Int) -> [String] { Set(table.rows.compactMap { $0[time] }).sorted() }

    /// One row per period, or one per period and category: only then is a period's value a value of its own.
    func isSeries(_ time: Int, _ shape: ResultShape) -> Bool {
        guard shape.categories.count <= 1 else { return false }
        let keys = table.rows.map { row in ([time] + shape.categories).map { row[$0] ?? "" }.joined(separator: "\u{1F}")
        }
        return Set(keys).count == keys.count
    }

    func trend(_ shape: ResultShape, _ time: Int, _ measure: Int, _ outline: SQLOutline) -> Narration {
        let cells = periods(time)
        let text = PeriodText(cells)
        var done = cells
        var caveats: [String] = []
        if let today, let last = cells.last, text.contains(today, from: last), cells.count > 2 {
            done.removeLast()
            caveats.append("\(text.text(last)) is not over yet; the comparison leaves it out.")
        }
        // A first period has no growth yet.
        if shape.categories.isEmpty {
            done.removeAll { period in
                !table.rows.contains { $0[time] == period && $0[measure] != nil }
            }
        }
        guard isComplete, let last = done.last, let first = done.first, done.count > 1 else {
            return Narration(
                headline:
                    "\(titled(measure)) \(text.span(cells[0], cells[cells.count - 1])).",
                caveats: caveats)
        }
        let previous = done[done.count - 2]
        let category = shape.categories.first
        if let category, let own = own(category), table.rows.count > own.rows.count {
            return own.narrator.trend(
                ResultShape(own.narrator.table.columns, rows: own.rows), time, measure, outline)
        }
        if let category { return trendOfParts(shape, time, category, measure, outline, done, text, caveats) }
        func row(_ period: String) -> Int? { table.rows.firstIndex { $0[time] == period } }
        guard let now = row(last), let before = row(previous), let start = row(first),
            let value = number(now, measure), let old = number(before, measure), let oldest = number(start, measure)
        else {
            return Narration(
                headline: "\(titled(measure)) from \(text.text(first)) to \(text.text(last)).",
                caveats: caveats)
        }
        if let asked = text.asked(question.windows, cells: cells, today: today) {
            switch asked {
            case .missing(let window):
                caveats.append("There is no row for “\(window)”; \(text.text(last)) is the latest whole period.")
            case .cell(let period):
                guard let index = cells.firstIndex(of: period), let at = row(period), let value = number(at, measure)
                else { break }
                var headline = "\(titled(measure)) \(text.placed(period)): \(shown(at, measure))"
                var notes: [String] = []
                if period != last, !done.contains(period) {
                    notes.append("\(text.text(period)) is not over yet.")
                } else if index > 0, let before = row(cells[index - 1]), let old = number(before, measure) {
                    headline += ", \(change(old, value, measure)) \(text.text(cells[index - 1]))"
                }
                let others = shape.measures.filter { $0 != measure && cell(at, $0) != nil && isSayable($0) }.prefix(4)
                let beside = joined(others.map { "\(label($0)) \(shown(at, $0))" })
                return Narration(
                    headline: headline + ".", meaning: others.isEmpty ? nil : "Beside it: \(beside).", caveats: notes)
            }
        }
        if let whole = whole(shape, measure, outline, from: text.text(cells[0]), to: text.text(cells[cells.count - 1]))
        {
            return whole
        }
        let headline =
            "\(titled(measure))\(isPlural(measure) ? ":" : " was") \(shown(now, measure)) \(text.placed(last)), \(change(old, value, measure)) \(text.text(previous))."
        let course = done.compactMap { period in
            row(period).flatMap { row in
                number(row, measure).map { CoursePoint(period: period, value: $0, shown: shown(row, measure)) }
            }
        }
        let meaning = course.meaning(text, change: rate(oldest, value, measure))
        return Narration(headline: headline, meaning: meaning, caveats: caveats)
    }

    /// Asked "how many" or "how much" without a word of time: all periods together, where they add up.
    private func whole(
        _ shape: ResultShape, _ measure: Int, _ outline: SQLOutline, from first: String, to last: String
    ) -> Narration? {
        let isTimed =
            question.isSplit || !question.windows.isEmpty || question.isCurrent
            || question.terms.contains { $0.isTrend || $0.isTimeGrain || $0.isChange }
        guard question.isCount || question.isAmount || question.terms.contains(where: \.isAmountWord), !isTimed,
            isComplete, shape.categories.isEmpty
        else { return nil }
        // "Upgrades and downgrades" are two numbers.
        let named = shape.measures.filter { column in
            let words = Words.plain(table.columns[column].name).map { Term($0) }
            return words.count == 1 && question.counted.contains { $0.matches(words[0]) }
        }
        let columns = named.count > 1 && named.contains(measure) ? named : [measure]
        var facts: [String] = []
        for column in columns {
            guard outline.addsUpOverTime(table.columns[column].name) else { return nil }
            let sum = table.rows.indices.reduce(0) { $0 + (number($1, column) ?? 0) }
            facts.append("\(label(column)) \(shown(sum, column))")
        }
        let text = joined(facts)
        let top = table.rows.indices.max { (number($0, measure) ?? 0) < (number($1, measure) ?? 0) }
        return Narration(
            headline: "\(text.prefix(1).uppercased() + text.dropFirst()), from \(first) to \(last) together.",
            meaning: top.flatMap { row in
                shape.time.map { "Most in \(name(row, [$0])): \(label(measure)) \(shown(row, measure))." }
            })
    }

    /// Where rows of one period are asked for and there are several of them: only those.
    func inAskedPeriod(_ shape: ResultShape) -> Narrator? {
        guard let time = shape.time, !shape.categories.isEmpty else { return nil }
        let cells = periods(time)
        let text = PeriodText(cells)
        guard cells.count > 1, case .cell(let period) = text.asked(question.windows, cells: cells, today: today) else {
            return nil
        }
        var narrator = self
        narrator.table.rows = table.rows.filter { $0[time] == period }
        narrator.table.columns[time].type = .json
        narrator.subject = text.text(period)
        return narrator
    }

    /// The rows of the one category that the question names.
    func own(_ category: Int) -> (narrator: Narrator, rows: [[String?]])? {
        let names = Set(table.rows.compactMap { $0[category] }).filter { Comparison.isNamed($0, in: question) }
        guard names.count == 1, let name = names.first else { return nil }
        let rows = table.rows.filter { $0[category] == name }
        var own = table
        own.rows = rows
        // Every row has the same name now: it is no category any more.
        own.columns[category].type = .json
        var narrator = self
        narrator.table = own
        narrator.subject = name
        return (narrator, rows)
    }

    func trendOfParts(
        _ shape: ResultShape, _ time: Int, _ category: Int, _ measure: Int, _ outline: SQLOutline, _ periods: [String],
        _ text: PeriodText, _ caveats: [String]
    ) -> Narration {
        let first = periods[0]
        let last = periods[periods.count - 1]
        func value(_ period: String, _ name: String) -> (row: Int, value: Double)? {
            table.rows.firstIndex { $0[time] == period && ($0[category] ?? "(none)") == name }
                .flatMap { row in number(row, measure).map { (row, $0) } }
        }
        let names = Set(table.rows.map { $0[category] ?? "(none)" }).sorted()
        let latest = names.compactMap { name in value(last, name).map { (name, $0.row, $0.value) } }
        let lead = "\(titled(measure)) by \(label(category))"
        guard shape.categories.count == 1, let top = latest.max(by: { $0.2 < $1.2 }) else {
            return Narration(headline: "\(lead) from \(text.text(first)) to \(text.text(last)).", caveats: caveats)
        }
        var headline = "\(lead) \(text.placed(last)): \(top.0) leads with \(shown(top.1, measure))"
        let sums = periods.map { period in names.compactMap { value(period, $0)?.value }.reduce(0, +) }
        let isAdditive = isAdditive(measure, outline) && latest.allSatisfy { $0.2 >= 0 }
        if isAdditive, let sum = sums.last, sum > 0, latest.count > 1 {
            headline += ", \(percent(top.2 / sum)) of \(shown(sum, measure))"
        }
        var sentences: [String] = []
        if isAdditive, let old = sums.first, let new = sums.last, let rate = rate(old, new, measure) {
            sentences.append(
                "From \(text.text(first)) to \(text.text(last)) the total went from \(shown(old, measure)) to \(shown(new, measure)) (\(rate))"
            )
        }
        let moves = names.compactMap { name -> (String, Double, Double)? in
            guard let old = value(first, name)?.value, let new = value(last, name)?.value, old > 0 || isPercent(measure)
            else { return nil }
            return (name, old, new)
        }
        if let most = moves.max(by: { abs($0.2 - $0.1) < abs($1.2 - $1.1) }), most.1 != most.2,
            let rate = rate(most.1, most.2, measure)
        {
            sentences.append(
                "\(sentences.isEmpty ? "Since \(text.text(first)) " : "")\(most.0) moved most, from \(shown(most.1, measure)) to \(shown(most.2, measure)) (\(rate))"
            )
        }
        return Narration(
            headline: headline + ".", meaning: sentences.isEmpty ? nil : sentences.joined(separator: "; ") + ".",
            caveats: caveats)
    }
}

import Planner

/// One number per thing: parts of a whole, rankings, the one row that was asked for.
extension Narrator {
    func breakdown(_ shape: ResultShape, _ measure: Int, _ outline: SQLOutline) -> Narration {
        let asked = shape.categories.first { column in
            let words = Wording(table.columns[column].name, isName: true).terms
            return words.contains { word in question.terms.contains { $0.sharesForm(with: word) } }
        }
        var columns = [asked ?? shape.categories.first ?? shape.time].compactMap { $0 }
        if !columns.isEmpty, Set(table.rows.indices.map { name($0, columns) }).count < table.rows.count {
            columns = ([shape.time].compactMap { $0 } + shape.categories).prefix(3).map { $0 }
        }
        var rows = table.rows.indices.filter { number($0, measure) != nil }
        var caveats: [String] = []
        if question.rank != nil, let time = columns.first, columns.count == 1, let running = running(time) {
            rows.removeAll { cell($0, time) == running.cell }
            caveats.append("\(running.text) is not over yet; the comparison leaves it out.")
        }
        guard !columns.isEmpty, let first = rows.first else { return listing(shape, outline, measure: measure) }
        if let comparison = Comparison(
            table, shape, question, name: self.name, label: label, shown: shown,
            isSize: { MeasureChoice.isSize(table.columns[$0], unit: unit($0)) },
            isGood: { labels.isGood($0, rising: $1) }
        ).narration {
            return comparison
        }
        if let named = rowAskedFor(shape, rows, measure, outline) { return named }
        // Rows that share their names are no breakdown.
        let isRepeated = Set(table.rows.indices.map { name($0, columns) }).count < table.rows.count
        if question.rank == nil, isRepeated || isList(outline, measure) {
            return listing(shape, outline, measure: measure)
        }
        let ordered = rows.sorted { left, right in
            let (a, b) = (number(left, measure) ?? 0, number(right, measure) ?? 0)
            return a == b ? left < right : a > b
        }
        guard let top = ordered.first, let bottom = ordered.last, ordered.count > 1 else {
            return Narration(headline: "\(name(first, columns)): \(label(measure)) is \(shown(first, measure)).")
        }
        if let rank = question.rank {
            var narration = ranking(rank, ordered, columns, measure, outline)
            narration.caveats += caveats
            return narration
        }
        let by = columns.map(label).joined(separator: " and ")
        let lead = "\(titled(measure)) by \(by): "
        let total = total(rows, measure, outline)
        if !question.isSplit, question.groups.isEmpty, rows.count == table.rows.count {
            let isUnsaid = hasUnsaidWords(columns, measure)
            if question.isCount, !isUnsaid, let total {
                return Narration(
                    headline: "\(titled(measure)): \(shown(total, measure)) in total.",
                    meaning: "By \(by): \(partsText(ordered, columns, measure, of: total)).")
            }
            if isUnsaid, ordered.count <= 6 {
                // Which of them is meant cannot be told from here.
                let facts = ordered.map { "\(name($0, columns)) \(shown($0, measure))" }
                return Narration(headline: lead + joined(facts) + ".", meaning: definition.map(sentence))
            }
        }
        if let total {
            return Narration(
                headline: lead
                    + "\(name(top, columns)) leads with \(shown(top, measure)), \(percent((number(top, measure) ?? 0) / total)) of \(shown(total, measure)).",
                meaning: followers(Array(ordered.dropFirst()), columns, measure, of: total))
        }
        guard isComplete, !isCut(outline) else {
            return Narration(headline: lead + "\(name(first, columns)) comes first with \(shown(first, measure)).")
        }
        return Narration(
            headline: lead
                + "highest for \(name(top, columns)) (\(shown(top, measure))), lowest for \(name(bottom, columns)) (\(shown(bottom, measure))).",
            meaning: gap(top, bottom, columns, measure))
    }

    /// The parts behind the largest one, and the smallest where they are many.
    func followers(_ rest: [Int], _ columns: [Int], _ measure: Int, of total: Double) -> String? {
        guard let last = rest.last else { return nil }
        func fact(_ row: Int) -> String {
            "\(name(row, columns)) with \(percent((number(row, measure) ?? 0) / total)) (\(shown(row, measure)))"
        }
        if rest.count <= 3 { return "Then \(joined(rest.map(fact)))." }
        return "Then \(joined(rest.prefix(2).map(fact))); least \(fact(last))."
    }

    /// The one row whose name the question says.
    func rowAskedFor(_ shape: ResultShape, _ rows: [Int], _ measure: Int, _ outline: SQLOutline) -> Narration? {
        guard question.rank == nil, rows.count > 1 else { return nil }
        for column in shape.categories where table.columns[column].type == .text {
            let found = rows.filter { row in
                cell(row, column).map { Comparison.isNamed($0, in: question) } ?? false
            }
            guard found.count == 1, let row = found.first else { continue }
            var headline = "\(name(row, [column])): \(label(measure)) is \(shown(row, measure))"
            if let total = total(rows, measure, outline), let value = number(row, measure) {
                headline += ", \(percent(value / total)) of \(shown(total, measure))"
            }
            let others = shape.measures.filter { $0 != measure && cell(row, $0) != nil && isSayable($0) }
            let beside = joined(others.prefix(4).map { "\(label($0)) \(shown(row, $0))" })
            return Narration(headline: headline + ".", meaning: others.isEmpty ? nil : "Beside it: \(beside).")
        }
        return nil
    }

    /// Words of the question that nothing of the result says: it may ask for some of the rows only.
    func hasUnsaidWords(_ columns: [Int], _ measure: Int) -> Bool {
        var said = (columns + [measure]).flatMap { Words.plain(table.columns[$0].name) + Words.plain(label($0)) }
        said += tables.flatMap { Words.plain(Phrasebook.unqualified($0)) }
        let terms = said.map { Term($0) }
        return question.core.contains { term in !term.isTimeGrain && !terms.contains { $0.sharesForm(with: term) } }
    }

    /// The rows as parts of their total, largest first.
    func partsText(_ ordered: [Int], _ columns: [Int], _ measure: Int, of total: Double) -> String {
        let facts = ordered.prefix(5).map { row in
            "\(name(row, columns)) \(shown(row, measure)) (\(percent((number(row, measure) ?? 0) / total)))"
        }
        return ordered.count > 5 ? "largest " + joined(Array(facts.prefix(3))) : joined(facts)
    }

    /// The first few, and how many more there are in the table.
    private static func shortened(_ items: [String]) -> [String] {
        items.count <= 10 ? items : items.prefix(5) + ["others"]
    }

    /// The last period of the rows, where it is not over yet.
    private func running(_ time: Int) -> (cell: String, text: String)? {
        let column = table.columns[time]
        let cells = periods(time)
        guard let today, cells.count > 2, let last = cells.last,
            column.type.isTemporal || ResultShape(table.columns, rows: table.rows).time == time
        else { return nil }
        let text = PeriodText(cells)
        return text.contains(today, from: last) ? (last, text.text(last)) : nil
    }

    func ranking(
        _ rank: Wording.Rank, _ descending: [Int], _ columns: [Int], _ measure: Int, _ outline: SQLOutline
    ) -> Narration {
        let isHigh: Bool
        switch rank.direction {
        case .highest: isHigh = true
        case .lowest: isHigh = false
        case .best: isHigh = higherIsBetter ?? true
        case .worst: isHigh = !(higherIsBetter ?? true)
        }
        let ordered = isHigh ? descending : descending.reversed()
        // What is left out of the comparison is not left out of the sum.
        let all = table.rows.indices.filter { number($0, measure) != nil }
        let total = descending.count == all.count ? total(all, measure, outline) : nil
        if let count = rank.count, count > 1 {
            let chosen = Array(ordered.prefix(count))
            let items = chosen.map { "\(name($0, columns)) (\(shown($0, measure)))" }
            let sum = chosen.reduce(0) { $0 + (number($1, measure) ?? 0) }
            let meaning =
                isHigh ? total.map { "Together they make up \(percent(sum / $0)) of \(shown($0, measure))." } : nil
            return Narration(
                headline:
                    "\(isHigh ? "Top" : "Bottom") \(chosen.count) by \(label(measure)): \(joined(Self.shortened(items))).",
                meaning: meaning ?? gap(ordered[0], chosen[chosen.count - 1], columns, measure))
        }
        let best = ordered[0]
        let value = number(best, measure)
        let equals = ordered.filter { number($0, measure) == value }
        let who = joined(equals.prefix(3).map { name($0, columns) })
        let verb = equals.count > 1 ? "share" : "has"
        let headline = "\(who) \(verb) the \(isHigh ? "highest" : "lowest") \(label(measure)): \(shown(best, measure))."
        guard equals.count < ordered.count else {
            return Narration(headline: headline, meaning: "All have the same value.")
        }
        let next = ordered[equals.count]
        let last = ordered[ordered.count - 1]
        var meaning = "Next is \(name(next, columns)) with \(shown(next, measure))"
        if last != next, isComplete, outline.limit == nil {
            meaning += "; \(name(last, columns)) has the \(isHigh ? "lowest" : "highest") with \(shown(last, measure))"
        }
        if let total, isHigh, equals.count == 1, let value {
            meaning += ". \(who) makes up \(percent(value / total)) of \(shown(total, measure))"
        }
        meaning += "."
        if let time = columns.first, columns.count == 1, table.columns[time].type.isTemporal {
            let cells = Set(descending.compactMap { cell($0, time) }).sorted()
            let text = PeriodText(cells)
            meaning += " Compared: \(text.text(cells[0])) to \(text.text(cells[cells.count - 1]))."
        }
        return Narration(headline: headline, meaning: meaning)
    }
}

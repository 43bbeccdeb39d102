/// Puts a result into words: the number first, then what it means. Every number said is in the result or follows from it.
struct Narrator {
    let question: Reading
    let title: String
    /// What the answer is called, in a word or two.
    let name: String
    /// What was computed, in the words of its definition.
    let definition: String?
    var table: ResultTable
    /// False where only the first rows are known here; nothing is then said about sums or ends.
    let isComplete: Bool
    let labels: ColumnLabels
    let tables: [String]
    let higherIsBetter: Bool?
    /// `YYYY-MM-DD`, where it is known.
    let today: String?
    /// The same number by one dimension, where it adds up to it.
    let parts: ResultTable?
    /// The values are parts of a whole, whatever the statement looks like.
    var isKnownAdditive = false
    /// The category that all rows are about, where the question named it.
    var subject: String?

    func narrate() -> Narration {
        let outline = SQLOutline(table.sql)
        let shape = ResultShape(table.columns, rows: table.rows)
        guard !table.rows.isEmpty else { return empty() }
        if question.rank == nil, let wide = WideSeries(table, shape, question, label: labels.label) {
            var narration = Narrator(
                question: question, title: title, name: name, definition: definition, table: wide.long,
                isComplete: isComplete, labels: labels, tables: tables, higherIsBetter: higherIsBetter, today: today,
                parts: nil, isKnownAdditive: true
            ).narrate()
            narration.chart = wide.chart
            return narration
        }
        if let said = Moments(table, shape, question, label: label).narration { return limited(said, outline) }
        let choice = choice(shape, outline)
        guard let measure = choice.best else { return limited(list(shape, outline, measure: nil), outline) }
        let title = titled(measure)
        var narration: Narration
        if table.rows.count == 1, question.isCount, choice.tied.count > 1 {
            narration = undecided(shape, choice.tied)
        } else if table.rows.count == 1 {
            narration = single(shape, measure)
        } else if let time = shape.time, question.rank == nil, periods(time).count > 1, isSeries(time, shape) {
            narration = series(shape, time, measure, outline)
        } else {
            narration = categories(shape, measure, outline)
        }
        if narration.chart == nil {
            narration.chart = shape.chart(of: table, measure: measure, title: chartTitle(title, shape))
        }
        return limited(narration, outline)
    }

    private func limited(_ narration: Narration, _ outline: SQLOutline) -> Narration {
        var narration = narration
        if let limit = outline.limit, table.rows.count == limit, limit > 1 {
            narration.caveats.append("The list stops at \(limit) rows.")
        }
        if table.isTruncated { narration.caveats.append("There are more rows than shown.") }
        return narration
    }

    /// Whether there may be more rows than are known here.
    private func isCut(_ outline: SQLOutline) -> Bool {
        table.isTruncated || !isComplete || outline.limit == table.rows.count
    }

    // MARK: - Cells

    private func cell(_ row: Int, _ column: Int) -> String? { table.rows[row][column] }

    private func number(_ row: Int, _ column: Int) -> Double? { cell(row, column).flatMap(Double.init) }

    private func shown(_ row: Int, _ column: Int) -> String {
        guard let text = cell(row, column) else { return "no value" }
        return NumberText.formatted(text, unit: unit(column))
    }

    private func shown(_ value: Double, _ column: Int) -> String { NumberText.formatted(value, unit: unit(column)) }

    private func unit(_ column: Int) -> String? { labels.unit(table.columns[column], in: tables) }

    private func isPercent(_ column: Int) -> Bool { MetricSQL.isPercent(unit(column)) }

    private func label(_ column: Int) -> String { labels.label(table.columns[column].name) }

    private func name(_ row: Int, _ columns: [Int]) -> String {
        columns.map { column in
            guard let text = cell(row, column) else { return "(none)" }
            return table.columns[column].type.isTemporal ? PeriodText(periods(column)).text(text) : text
        }.joined(separator: " / ")
    }

    private func chartTitle(_ title: String, _ shape: ResultShape) -> String {
        guard let category = shape.categories.first else { return title }
        return "\(title) by \(label(category))"
    }

    private func choice(_ shape: ResultShape, _ outline: SQLOutline) -> MeasureChoice {
        MeasureChoice(question, table, shape, outline, named: labels.expressions(namedIn: question), unit: unit)
    }

    // MARK: - Shapes

    private func empty() -> Narration {
        Narration(
            headline: "Nothing matches: \(lowered(title)) returned no rows.",
            meaning: definition.map { "It was computed as defined: \(sentence($0))" })
    }

    private func single(_ shape: ResultShape, _ measure: Int) -> Narration {
        guard cell(0, measure) != nil else {
            return Narration(
                headline: "\(titled(measure)) has no value yet: no row fits its definition.",
                meaning: definition.map(sentence))
        }
        let who = shape.categories.first.map { name(0, [$0]) }
        let headline: String
        if let who, let rank = question.rank {
            headline = "\(who) has the \(word(for: rank)) \(label(measure)): \(shown(0, measure))."
        } else if let who {
            headline = "\(who): \(label(measure)) is \(shown(0, measure))."
        } else {
            headline = "\(titled(measure))\(isPlural(measure) ? ":" : " is") \(shown(0, measure))."
        }
        let others = shape.measures.filter { $0 != measure && cell(0, $0) != nil }
        let beside =
            others.isEmpty ? nil : "Beside it: " + joined(others.prefix(4).map { "\(label($0)) \(shown(0, $0))" }) + "."
        let said = [share(measure), beside].compactMap { $0 }.joined(separator: " ")
        return Narration(headline: headline, meaning: said.isEmpty ? definition.map(sentence) : said)
    }

    /// Several numbers of things, between which the question does not decide: all are said, none is singled out.
    private func undecided(_ shape: ResultShape, _ columns: [Int]) -> Narration {
        let facts = columns.prefix(4).map { "\(label($0)) \(shown(0, $0))" }
        let text = joined(facts)
        return Narration(
            headline: text.prefix(1).uppercased() + text.dropFirst() + ".", meaning: definition.map(sentence))
    }

    /// The one row whose name the question says.
    private func named(_ shape: ResultShape, _ rows: [Int], _ measure: Int, _ outline: SQLOutline) -> Narration? {
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
            let others = shape.measures.filter { $0 != measure && cell(row, $0) != nil }
            let beside = joined(others.prefix(4).map { "\(label($0)) \(shown(row, $0))" })
            return Narration(headline: headline + ".", meaning: others.isEmpty ? nil : "Beside it: \(beside).")
        }
        return nil
    }

    /// Words of the question that nothing of the result says: it may ask for some of the rows only.
    private func hasUnsaidWords(_ columns: [Int], _ measure: Int) -> Bool {
        var said = (columns + [measure]).flatMap { Words.plain(table.columns[$0].name) + Words.plain(label($0)) }
        said += tables.flatMap { Words.plain(Lexicon.unqualified($0)) }
        let terms = said.map { Term($0) }
        return question.core.contains { term in !term.isTimeGrain && !terms.contains { $0.sharesForm(with: term) } }
    }

    /// The rows as parts of their total, largest first.
    private func partsText(_ ordered: [Int], _ columns: [Int], _ measure: Int, of total: Double) -> String {
        let facts = ordered.prefix(5).map { row in
            "\(name(row, columns)) \(shown(row, measure)) (\(percent((number(row, measure) ?? 0) / total)))"
        }
        return ordered.count > 5 ? "largest " + joined(Array(facts.prefix(3))) : joined(facts)
    }

    /// Which part of the whole is the largest, where the parts add up to it.
    private func share(_ measure: Int) -> String? {
        guard let parts, let total = number(0, measure), total > 0, parts.rows.count > 1, parts.columns.count == 2
        else { return nil }
        let values = parts.rows.map { ($0[0] ?? "(none)", $0[1].flatMap(Double.init) ?? 0) }
        let sum = values.reduce(0) { $0 + $1.1 }
        guard abs(sum - total) <= 0.005 * max(1, Double(values.count)), let top = values.max(by: { $0.1 < $1.1 }),
            let low = values.min(by: { $0.1 < $1.1 }), low.1 >= 0, top.1 > 0
        else { return nil }
        let dimension = labels.label(parts.columns[0].name)
        return
            "By \(dimension), \(top.0) makes up \(percent(top.1 / sum)) of it (\(shown(top.1, measure))), \(low.0) the least with \(percent(low.1 / sum)) (\(shown(low.1, measure)))."
    }

    private func categories(_ shape: ResultShape, _ measure: Int, _ outline: SQLOutline) -> Narration {
        let asked = shape.categories.first { column in
            let words = Reading(table.columns[column].name, isName: true).terms
            return words.contains { word in question.terms.contains { $0.sharesForm(with: word) } }
        }
        var columns = [asked ?? shape.categories.first ?? shape.time].compactMap { $0 }
        if !columns.isEmpty, Set(table.rows.indices.map { name($0, columns) }).count < table.rows.count {
            columns = ([shape.time].compactMap { $0 } + shape.categories).prefix(3).map { $0 }
        }
        let rows = table.rows.indices.filter { number($0, measure) != nil }
        guard !columns.isEmpty, let first = rows.first else { return list(shape, outline, measure: measure) }
        if let comparison = Comparison(
            table, shape, question, name: self.name, label: label, shown: shown,
            isSize: { MeasureChoice.isSize(table.columns[$0], unit: unit($0)) }
        ).narration {
            return comparison
        }
        if let named = named(shape, rows, measure, outline) { return named }
        // Rows that share their names are no breakdown.
        let isRepeated = Set(table.rows.indices.map { name($0, columns) }).count < table.rows.count
        if question.rank == nil, isRepeated || isList(outline, measure) {
            return list(shape, outline, measure: measure)
        }
        let ordered = rows.sorted { left, right in
            let (a, b) = (number(left, measure) ?? 0, number(right, measure) ?? 0)
            return a == b ? left < right : a > b
        }
        guard let top = ordered.first, let bottom = ordered.last, ordered.count > 1 else {
            return Narration(headline: "\(name(first, columns)): \(label(measure)) is \(shown(first, measure)).")
        }
        if let rank = question.rank { return ranked(rank, ordered, columns, measure, outline) }
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
        guard !isCut(outline) else {
            return Narration(headline: lead + "\(name(first, columns)) comes first with \(shown(first, measure)).")
        }
        return Narration(
            headline: lead
                + "highest for \(name(top, columns)) (\(shown(top, measure))), lowest for \(name(bottom, columns)) (\(shown(bottom, measure))).",
            meaning: gap(top, bottom, columns, measure))
    }

    /// The parts behind the largest one, and the smallest where they are many.
    private func followers(_ rest: [Int], _ columns: [Int], _ measure: Int, of total: Double) -> String? {
        guard let last = rest.last else { return nil }
        func fact(_ row: Int) -> String {
            "\(name(row, columns)) with \(percent((number(row, measure) ?? 0) / total)) (\(shown(row, measure)))"
        }
        if rest.count <= 3 { return "Then \(joined(rest.map(fact)))." }
        return "Then \(joined(rest.prefix(2).map(fact))); least \(fact(last))."
    }

    private func ranked(
        _ rank: Reading.Rank, _ descending: [Int], _ columns: [Int], _ measure: Int, _ outline: SQLOutline
    ) -> Narration {
        let isHigh: Bool
        switch rank.direction {
        case .highest: isHigh = true
        case .lowest: isHigh = false
        case .best: isHigh = higherIsBetter ?? true
        case .worst: isHigh = !(higherIsBetter ?? true)
        }
        let ordered = isHigh ? descending : descending.reversed()
        let total = total(descending, measure, outline)
        if let count = rank.count, count > 1 {
            let chosen = Array(ordered.prefix(count))
            let items = chosen.map { "\(name($0, columns)) (\(shown($0, measure)))" }
            let sum = chosen.reduce(0) { $0 + (number($1, measure) ?? 0) }
            let meaning =
                isHigh ? total.map { "Together they make up \(percent(sum / $0)) of \(shown($0, measure))." } : nil
            return Narration(
                headline: "\(isHigh ? "Top" : "Bottom") \(chosen.count) by \(label(measure)): \(joined(items)).",
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
        return Narration(headline: headline, meaning: meaning + ".")
    }

    private func list(_ shape: ResultShape, _ outline: SQLOutline, measure: Int?) -> Narration {
        let columns = shape.categories.isEmpty ? [shape.time].compactMap { $0 } : [shape.categories[0]]
        let count = NumberText.formatted(Double(table.rows.count))
        let atLeast = isCut(outline) ? "at least " : ""
        if table.rows.count == 1, shape.measures.isEmpty, let only = columns.first, table.columns.count == 1 {
            return Narration(headline: "\(titled(only)): \(name(0, [only])).", meaning: definition.map(sentence))
        }
        guard !columns.isEmpty else {
            return Narration(headline: "\(name): \(atLeast)\(count) rows.", meaning: definition.map(sentence))
        }
        let names = names(columns)
        if !shape.measures.isEmpty, names.count <= 6, atLeast.isEmpty {
            return Narration(headline: "\(name): \(joined(names)).", meaning: extremes(measure, names, outline))
        }
        if shape.measures.isEmpty, names.count <= 12, atLeast.isEmpty {
            return Narration(
                headline: "\(count) \(plural(label(columns[0]), names.count)): \(joined(names)).",
                meaning: definition.map(sentence))
        }
        let head = "\(name): \(atLeast)\(count) found, first \(joined(Array(names.prefix(3))))."
        return Narration(headline: head, meaning: extremes(measure, names, outline) ?? definition.map(sentence))
    }

    /// What to call the rows of a list: by their first column, where the first text repeats.
    private func names(_ columns: [Int]) -> [String] {
        let names = table.rows.indices.map { name($0, columns) }
        let first = Words.plain(table.columns[0].name)
        guard Set(names).count < names.count, !columns.contains(0), first.last == "id" || first == ["no"],
            Set(table.rows.map { $0[0] }).count == table.rows.count
        else { return names }
        let noun = first.dropLast().joined(separator: " ")
        return table.rows.indices.map { row in
            "\(noun.isEmpty ? "no." : noun) \(cell(row, 0) ?? "(none)") (\(names[row]))"
        }
    }

    /// The largest value of a list, against its average; of a list that goes on, what its rows amount to.
    private func extremes(_ measure: Int?, _ names: [String], _ outline: SQLOutline) -> String? {
        guard let measure else { return nil }
        let values = table.rows.indices.compactMap { row in number(row, measure).map { (row, $0) } }
        guard isComplete, values.count > 1, let top = values.max(by: { $0.1 < $1.1 }) else { return nil }
        let lead = "The highest \(label(measure)) among them is \(shown(top.0, measure)) (\(names[top.0]))"
        guard !isCut(outline) else { return lead + "." }
        let average = values.reduce(0) { $0 + $1.1 } / Double(values.count)
        return lead + ", against an average of \(shown(average, measure))."
    }

    // MARK: - Time

    private func periods(_ time: Int) -> [String] { Set(table.rows.compactMap { $0[time] }).sorted() }

    /// One row per period, or one per period and category: only then is a period's value a value of its own.
    private func isSeries(_ time: Int, _ shape: ResultShape) -> Bool {
        guard shape.categories.count <= 1 else { return false }
        let keys = table.rows.map { row in ([time] + shape.categories).map { row[$0] ?? "" }.joined(separator: "\u{1F}")
        }
        return Set(keys).count == keys.count
    }

    private func series(_ shape: ResultShape, _ time: Int, _ measure: Int, _ outline: SQLOutline) -> Narration {
        let cells = periods(time)
        let text = PeriodText(cells)
        var done = cells
        var caveats: [String] = []
        if let today, let last = cells.last, text.contains(today, from: last), cells.count > 2 {
            done.removeLast()
            caveats.append("\(text.text(last)) is not over yet; the comparison leaves it out.")
        }
        guard isComplete, let last = done.last, let first = done.first, done.count > 1 else {
            return Narration(
                headline:
                    "\(titled(measure)) from \(text.text(cells[0])) to \(text.text(cells[cells.count - 1])).",
                caveats: caveats)
        }
        let previous = done[done.count - 2]
        let category = shape.categories.first
        if let category, let own = own(category), table.rows.count > own.rows.count {
            return own.narrator.series(
                ResultShape(own.narrator.table.columns, rows: own.rows), time, measure, outline)
        }
        if let category { return split(shape, time, category, measure, outline, done, text, caveats) }
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
                var headline = "\(titled(measure)) in \(text.text(period)): \(shown(at, measure))"
                var notes: [String] = []
                if period != last, !done.contains(period) {
                    notes.append("\(text.text(period)) is not over yet.")
                } else if index > 0, let before = row(cells[index - 1]), let old = number(before, measure) {
                    headline += ", \(change(old, value, measure)) \(text.text(cells[index - 1]))"
                }
                let others = shape.measures.filter { $0 != measure && cell(at, $0) != nil }.prefix(4)
                let beside = joined(others.map { "\(label($0)) \(shown(at, $0))" })
                return Narration(
                    headline: headline + ".", meaning: others.isEmpty ? nil : "Beside it: \(beside).", caveats: notes)
            }
        }
        let headline =
            "\(titled(measure))\(isPlural(measure) ? ":" : " was") \(shown(now, measure)) in \(text.text(last)), \(change(old, value, measure)) \(text.text(previous))."
        let known = done.compactMap { period in
            row(period).flatMap { row in number(row, measure).map { (row, $0, period) } }
        }
        var meaning = "Since \(text.text(first)) it went from \(shown(oldest, measure)) to \(shown(value, measure))"
        if let rate = rate(oldest, value, measure) { meaning += " (\(rate))" }
        if done.count > 2, let top = known.max(by: { $0.1 < $1.1 }) {
            meaning +=
                top.2 == last
                ? "; this is the highest of the period"
                : "; the highest was \(shown(top.0, measure)) in \(text.text(top.2))"
        }
        return Narration(headline: headline, meaning: meaning + ".", caveats: caveats)
    }

    /// The rows of the one category that the question names.
    private func own(_ category: Int) -> (narrator: Narrator, rows: [[String?]])? {
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

    private func split(
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
        var headline = "\(lead) in \(text.text(last)): \(top.0) leads with \(shown(top.1, measure))"
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

    // MARK: - Words

    private func change(_ old: Double, _ new: Double, _ measure: Int) -> String {
        guard old != new else { return "unchanged from" }
        let direction = new > old ? "up" : "down"
        if isPercent(measure) { return "\(direction) \(NumberText.formatted(abs(new - old))) points from" }
        // A percentage of next to nothing says nothing.
        guard old > 0, new <= 10 * old else { return "\(direction) from \(shown(old, measure)) in" }
        return "\(direction) \(percent(abs(new - old) / old)) from"
    }

    private func rate(_ old: Double, _ new: Double, _ measure: Int) -> String? {
        guard old != new else { return "unchanged" }
        let sign = new > old ? "up" : "down"
        if isPercent(measure) { return "\(sign) \(NumberText.formatted(abs(new - old))) points" }
        guard old > 0, new <= 10 * old else { return nil }
        return "\(sign) \(percent(abs(new - old) / old))"
    }

    private func gap(_ top: Int, _ bottom: Int, _ columns: [Int], _ measure: Int) -> String? {
        guard let high = number(top, measure), let low = number(bottom, measure), high != low, isComplete else {
            return nil
        }
        let (first, second) = high > low ? (top, bottom) : (bottom, top)
        let (a, b) = (max(high, low), min(high, low))
        if isPercent(measure) || b <= 0 || a > 20 * b {
            let difference = isPercent(measure) ? "\(NumberText.formatted(a - b)) points" : shown(a - b, measure)
            return
                "\(name(first, columns)) is \(difference) above \(name(second, columns)) (\(shown(second, measure)))."
        }
        return
            "\(name(first, columns)) is \(NumberText.formatted(((a / b) * 10).rounded() / 10)) times \(name(second, columns)) (\(shown(second, measure)))."
    }

    private func total(_ rows: [Int], _ measure: Int, _ outline: SQLOutline) -> Double? {
        guard isComplete, !table.isTruncated, outline.limit == nil, isAdditive(measure, outline) else { return nil }
        let values = rows.compactMap { number($0, measure) }
        let sum = values.reduce(0, +)
        return sum > 0 && values.allSatisfy { $0 >= 0 } ? sum : nil
    }

    private func isAdditive(_ measure: Int, _ outline: SQLOutline) -> Bool {
        isKnownAdditive
            || !outline.hasUnion
                && outline.items.first { $0.name == table.columns[measure].name.lowercased() }?.isAdditive == true
    }

    /// A list of things rather than a breakdown: asked as "which things", or too long to be one.
    private func isList(_ outline: SQLOutline, _ measure: Int) -> Bool {
        if isAdditive(measure, outline) { return table.rows.count > 30 }
        return !Reading.curated(title).isSplit && !question.isSplit
            && (table.rows.count > 12 || !question.groups.isEmpty)
    }

    private func titled(_ column: Int) -> String {
        let text = label(column)
        return Words.title(text) + (subject.map { " (\($0))" } ?? "")
    }

    private func isPlural(_ column: Int) -> Bool {
        let label = label(column)
        return label.hasSuffix("s") && !label.hasSuffix("ss")
    }

    private func word(for rank: Reading.Rank) -> String {
        switch rank.direction {
        case .highest: "highest"
        case .lowest: "lowest"
        case .best: "best"
        case .worst: "worst"
        }
    }

    private func percent(_ fraction: Double) -> String {
        NumberText.rounded(fraction * 100, places: 1, padded: false) + "%"
    }

    private func joined(_ items: [String]) -> String {
        guard items.count > 1, let last = items.last else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    private func plural(_ noun: String, _ count: Int) -> String {
        count == 1 || noun.hasSuffix("s") ? noun : noun.hasSuffix("y") ? noun.dropLast() + "ies" : noun + "s"
    }

    private func sentence(_ text: String) -> String { text.hasSuffix(".") ? text : text + "." }

    private func bare(_ text: String) -> String { text.hasSuffix("?") ? String(text.dropLast()) : text }

    private func lowered(_ text: String) -> String { "“\(bare(text))”" }
}

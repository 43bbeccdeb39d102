/// Puts a result into words: the number first, then what it means. Every number said is in the result or follows from it.
struct Narrator {
    let question: Wording
    let title: String
    /// What the answer is called, in a word or two.
    let name: String
    /// What was computed, in the words of its definition.
    let definition: String?
    var table: ResultTable
    /// False where only the first rows are known here; nothing is then said about sums or ends.
    let isComplete: Bool
    /// Of the whole result.
    let rowCount: Int
    let labels: ColumnLabels
    let tables: [String]
    let higherIsBetter: Bool?
    /// `YYYY-MM-DD`, where it is known.
    let today: String?
    /// The values are parts of a whole, whatever the statement looks like.
    var isKnownAdditive = false
    /// The columns that show what is asked, where that is known.
    var shown: [String] = []
    /// How the rows came about, where the statement only reads a view of them.
    var origin: String?
    /// The category that all rows are about, where the question named it.
    var subject: String?

    func narrate() -> Narration {
        let outline = SQLOutline(origin ?? table.sql)
        let shape = ResultShape(table.columns, rows: table.rows)
        guard !table.rows.isEmpty else { return nothingMatches() }
        if question.rank == nil, let wide = WideSeries(table, shape, question, label: labels.label) {
            var narration = Narrator(
                question: question, title: title, name: name, definition: definition, table: wide.long,
                isComplete: isComplete, rowCount: rowCount, labels: labels, tables: tables,
                higherIsBetter: higherIsBetter, today: today,
                isKnownAdditive: true
            ).narrate()
            narration.chart = wide.chart
            return narration
        }
        if let said = Moments(table, shape, question, label: label).narration { return limited(said, outline) }
        if let narrator = inAskedPeriod(shape) { return narrator.narrate() }
        let choice = choice(shape, outline)
        guard let measure = choice.best else { return limited(listing(shape, outline, measure: nil), outline) }
        let title = titled(measure)
        var narration: Narration
        if table.rows.count == 1, question.isCount, choice.tied.count > 1 {
            narration = everyCount(choice.tied)
        } else if table.rows.count == 1 {
            narration = oneRow(shape, measure)
        } else if let time = shape.time, question.rank == nil, periods(time).count > 1, isSeries(time, shape) {
            narration = trend(shape, time, measure, outline)
        } else {
            narration = breakdown(shape, measure, outline)
        }
        if narration.chart == nil {
            narration.chart = shape.chart(of: table, measure: measure, title: chartTitle(title, shape))
        }
        return limited(narration, outline)
    }

    func limited(_ narration: Narration, _ outline: SQLOutline) -> Narration {
        var narration = narration
        if narration.meaning == nil {
            narration.meaning = narration.isComparison ? definition.map(sentence) : fallback(outline)
        }
        if let limit = outline.limit, table.rows.count == limit, limit > 1, (question.rank?.count ?? .max) > limit {
            narration.caveats.append("The list stops at \(limit) rows.")
        }
        if table.isTruncated { narration.caveats.append("There are more rows than shown.") }
        return narration
    }

    /// Every result means something: the spread of its values, else what was computed.
    private func fallback(_ outline: SQLOutline) -> String? {
        let shape = ResultShape(table.columns, rows: table.rows)
        if let column = choice(shape, outline).best, table.rows.count > 1, isComplete {
            let values = table.rows.indices.compactMap { number($0, column) }
            if let low = values.min(), let high = values.max(), low < high {
                let range = "\(titled(column)) goes from \(shown(low, column)) to \(shown(high, column))."
                return ([range] + [definition.map(sentence)].compactMap(\.self)).joined(separator: " ")
            }
        }
        return definition.map(sentence)
    }

    /// Whether there may be more rows than are known here.
    func isCut(_ outline: SQLOutline) -> Bool {
        table.isTruncated || outline.limit == rowCount
    }

    func nothingMatches() -> Narration {
        Narration(
            headline: "Nothing matches: \(lowered(title)) returned no rows.",
            meaning: definition.map { "It was computed as defined: \(sentence($0))" })
    }
}

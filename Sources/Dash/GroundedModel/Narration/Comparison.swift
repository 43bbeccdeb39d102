/// Rows that are compared as a whole: two that the question names, or measures of different units below each other.
struct Comparison {
    let narration: Narration?
    private static let shownMeasures = 4

    init(
        _ table: ResultTable, _ shape: ResultShape, _ question: Reading, name: String, label: (Int) -> String,
        shown: (Int, Int) -> String, isSize: (Int) -> Bool
    ) {
        guard question.rank == nil, let category = shape.categories.first, table.rows.count > 1 else {
            narration = nil
            return
        }
        let cells = table.rows.map { $0[category] ?? "" }
        guard Set(cells).count == cells.count else {
            narration = nil
            return
        }
        var named = cells.indices.filter { Self.isNamed(cells[$0], in: question) }
        var measures = shape.measures
        if cells.count == 2, question.terms.contains(where: { Self.contrasts.contains($0.surface) }) {
            // What sets two groups apart is not how large they are.
            named = [0, 1]
            let difference = { (column: Int) -> Double in
                let values = [0, 1].compactMap { table.rows[$0][column].flatMap(Double.init) }
                guard values.count == 2 else { return 0 }
                let size = max(abs(values[0]), abs(values[1]))
                return size > 0 ? abs(values[0] - values[1]) / size : 0
            }
            let telling = measures.filter { !isSize($0) && difference($0) > 0 }
            if !telling.isEmpty { measures = telling.sorted { difference($0) > difference($1) } }
        }
        if named.count == 2, !measures.isEmpty {
            let facts = measures.filter { !label($0).contains(where: \.isNumber) }.prefix(Self.shownMeasures).map {
                measure in
                "\(label(measure)) \(shown(named[0], measure)) against \(shown(named[1], measure))"
            }
            narration = Narration(
                headline: "\(cells[named[0]]) and \(cells[named[1]]) compared: \(facts.joined(separator: ", ")).")
        } else if Self.areUnlike(cells), let measure = shape.measures.first {
            let facts = cells.indices.prefix(3).map { "\(cells[$0]) \(shown($0, measure))" }
            narration = Narration(
                headline: "\(name): \(facts.joined(separator: ", ")).",
                meaning: Self.largestChange(table, shape, cells, label, shown))
        } else {
            narration = nil
        }
    }

    private static let contrasts: Set<String> = [
        "why", "reason", "reasons", "cause", "causes", "differ", "differs", "difference", "different", "compare",
        "compared", "comparison", "versus", "vs",
    ]

    /// Whether the question says all words of a value.
    static func isNamed(_ cell: String, in question: Reading) -> Bool {
        let words = Words.plain(cell).map { Term($0) }
        guard words.contains(where: { !$0.isSoft }) else { return false }
        return words.allSatisfy { word in
            question.terms.contains { term in
                term.matches(word) && (!word.isTimeGrain || (term.surface == word.surface && !question.isSplit))
            }
        }
    }

    /// Names that carry their units, "(USD)" here and "(%)" there, are not to be ranked against each other.
    private static func areUnlike(_ cells: [String]) -> Bool {
        let units = cells.compactMap { cell in cell.hasSuffix(")") ? cell.split(separator: "(").last : nil }
        return Set(units).count >= 2
    }

    private static func largestChange(
        _ table: ResultTable, _ shape: ResultShape, _ cells: [String], _ label: (Int) -> String,
        _ shown: (Int, Int) -> String
    ) -> String? {
        guard let change = shape.measures.first(where: { Words.plain(table.columns[$0].name).contains("change") })
        else { return nil }
        // A percentage that changes does so in points; a change in percent of it would mislead.
        let values = cells.indices.filter { !cells[$0].hasSuffix("%)") }.compactMap { row in
            table.rows[row][change].flatMap(Double.init).map { (row, abs($0)) }
        }
        return values.max { $0.1 < $1.1 }.map { "\(cells[$0.0]) moved most: \(label(change)) \(shown($0.0, change))." }
    }
}

/// Rows that are compared as a whole: two that the question names, or measures of different units below each other.
struct Comparison {
    let narration: Narration?
    private static let shownMeasures = 4

    init(
        _ table: ResultTable, _ shape: ResultShape, _ question: Reading, name: String, label: (Int) -> String,
        shown: (Int, Int) -> String
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
        let named = cells.indices.filter { row in
            let words = Words.plain(cells[row]).map { Term($0) }
            return !words.isEmpty && words.allSatisfy { word in question.terms.contains { $0.matches(word) } }
        }
        if named.count == 2, !shape.measures.isEmpty {
            let facts = shape.measures.prefix(Self.shownMeasures).map { measure in
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
        let values = cells.indices.compactMap { row in
            table.rows[row][change].flatMap(Double.init).map { (row, abs($0)) }
        }
        return values.max { $0.1 < $1.1 }.map { "\(cells[$0.0]) moved most: \(label(change)) \(shown($0.0, change))." }
    }
}

import Planner

/// Rows that are compared as a whole: two that the question names, or measures of different units below each other.
struct Comparison {
    let narration: Narration?
    private static let shownMeasures = 4

    init(
        _ table: ResultTable, _ shape: ResultShape, _ question: Wording, name: String, label: (Int) -> String,
        shown: (Int, Int) -> String, isSize: (Int) -> Bool, isGood: (String, Bool) -> Bool? = { _, _ in nil }
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
            let facts = Self.chosen(measures.filter { !label($0).contains(where: \.isNumber) }, question, label).map {
                measure in
                "\(label(measure)) \(shown(named[0], measure)) against \(shown(named[1], measure))"
            }
            narration = Narration(
                headline: "\(cells[named[0]]) and \(cells[named[1]]) compared: \(facts.joined(separator: ", ")).",
                isComparison: true)
        } else if Self.areUnlike(cells), let measure = shape.measures.first {
            let facts = cells.indices.prefix(3).map { "\(cells[$0]) \(shown($0, measure))" }
            narration = Narration(
                headline: "\(name): \(facts.joined(separator: ", ")).",
                meaning: Self.movements(table, shape, cells, isGood, shown))
        } else {
            narration = nil
        }
    }

    /// The first measures, but with those that the question names.
    private static func chosen(_ measures: [Int], _ question: Wording, _ label: (Int) -> String) -> [Int] {
        let named = measures.filter { measure in
            Wording.curated(label(measure)).terms.contains { word in
                !word.isAverage && question.core.contains { $0.matches(word) }
            }
        }
        let others = measures.filter { !named.contains($0) }.prefix(max(0, shownMeasures - named.count))
        return measures.filter { named.prefix(shownMeasures).contains($0) || others.contains($0) }
    }

    private static let contrasts: Set<String> = [
        "why", "reason", "reasons", "cause", "causes", "differ", "differs", "difference", "different", "compare",
        "compared", "comparison", "versus", "vs",
    ]

    /// Whether the question says all words of a value.
    static func isNamed(_ cell: String, in question: Wording) -> Bool {
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

    /// What is worse than before, and what moved most; percentages move in points.
    private static func movements(
        _ table: ResultTable, _ shape: ResultShape, _ cells: [String], _ isGood: (String, Bool) -> Bool?,
        _ shown: (Int, Int) -> String
    ) -> String? {
        let measures = shape.measures
        guard measures.count >= 2,
            let change = measures.first(where: { column in
                Words.plain(table.columns[column].name).contains { Term($0).isChange }
            }), change != measures[0]
        else { return nil }
        let (now, before) = (measures[0], measures[1])
        let moves = cells.indices.compactMap { row -> (row: Int, size: Double, text: String, isWorse: Bool)? in
            guard let new = table.rows[row][now].flatMap(Double.init),
                let old = table.rows[row][before].flatMap(Double.init),
                new != old
            else { return nil }
            let isPercent = cells[row].hasSuffix("%)")
            let relative = table.rows[row][change].flatMap(Double.init)
            guard let size = isPercent ? new - old : relative else { return nil }
            let amount = NumberText.rounded(abs(size), places: isPercent ? 2 : 1, padded: false)
            let words = table.rows[row].compactMap { $0?.lowercased() }
            let isWorse =
                words.contains("worse") || (!words.contains("better") && isGood(cells[row], new > old) == false)
            return (
                row, abs(size),
                "\(cells[row]) \(new > old ? "up" : "down") \(amount)\(isPercent ? " points" : "%") from \(shown(row, before)) to \(shown(row, now))",
                isWorse
            )
        }.sorted { $0.size > $1.size }
        guard let most = moves.first else { return nil }
        let worse = moves.filter(\.isWorse)
        guard !worse.isEmpty else { return "Nothing is worse than before. Moved most: \(most.text)." }
        let lead = "Worse than before: \(worse.prefix(3).map(\.text).joined(separator: "; "))."
        return most.isWorse ? lead : lead + " Moved most: \(most.text)."
    }
}

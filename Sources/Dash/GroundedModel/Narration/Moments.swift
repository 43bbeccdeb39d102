import Planner

/// Answers questions for a moment ("when", "how fresh") with a date of the result.
struct Moments {
    let narration: Narration?

    private static let asking: Set<String> = ["when", "fresh", "freshness", "stale", "updated", "recent"]
    private static let firsts: Set<String> = ["first", "earliest", "oldest", "start", "started", "begin", "began"]
    private static let lasts: Set<String> = [
        "last", "latest", "newest", "max", "recent", "updated", "until", "through",
    ]

    init(_ table: ResultTable, _ shape: ResultShape, _ question: Wording, label: (Int) -> String) {
        narration = Self.narration(table, shape, question, label)
    }

    private static func narration(
        _ table: ResultTable, _ shape: ResultShape, _ question: Wording, _ label: (Int) -> String
    ) -> Narration? {
        let dates = table.columns.indices.filter { table.columns[$0].type.isTemporal }
        let asked = Set(question.terms.map(\.surface))
        guard !dates.isEmpty, !asked.isDisjoint(with: asking) || !question.picks.isEmpty, question.rank == nil else {
            return nil
        }
        let wantsFirst = !asked.isDisjoint(with: firsts)
        func words(_ column: Int) -> [String] { Words.plain(table.columns[column].name) }
        func score(_ column: Int) -> Int {
            let own = words(column).map { Term($0) }
            let hits = question.terms.filter { term in own.contains { $0.sharesForm(with: term) } }.count
            return 2 * hits + ((wantsFirst ? firsts : lasts).isDisjoint(with: words(column)) ? 0 : 1)
        }
        // A list of recent things is not asked for its newest date, unless a column is about that.
        guard let column = dates.max(by: { score($0) < score($1) }),
            score(column) > (question.picks.isEmpty ? 0 : 1) || !asked.isDisjoint(with: asking.subtracting(["recent"]))
        else { return nil }
        let values = table.rows.indices.compactMap { row in table.rows[row][column].map { (row, $0) } }
        guard let low = values.min(by: { $0.1 < $1.1 }), let high = values.max(by: { $0.1 < $1.1 }) else { return nil }
        let chosen = wantsFirst ? low : high
        func who(_ row: Int) -> String? { shape.categories.first.flatMap { table.rows[row][$0] } }
        let own = Set(words(column))
        let mark =
            own.isDisjoint(with: firsts.union(lasts)) && table.rows.count > 1 ? (wantsFirst ? "first " : "latest ") : ""
        var headline = Words.title(mark + label(column)) + ": " + chosen.1.prefix(10)
        if table.rows.count > 1, let who = who(chosen.0) { headline += " (\(who))" }
        var meaning: String?
        if !wantsFirst, low.1.prefix(10) != high.1.prefix(10), let who = who(low.0) {
            meaning = "Furthest back is \(who) with \(low.1.prefix(10))."
        }
        return Narration(headline: headline + ".", meaning: meaning)
    }
}

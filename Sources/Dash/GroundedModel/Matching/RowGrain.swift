import Planner

/// Whether a fixed query's rows are what the question asks for: all words may fit, and the rows be of something else.
struct RowGrain {
    let reading: Wording
    private let words: [String]

    init(_ question: String) {
        reading = Wording(question)
        words = Words.plain(question)
    }

    /// Whether no rows of the query can be meant: "what day is it", "where does the data come from".
    func excludes(_ candidate: Candidate) -> Bool {
        guard candidate.fit != .exact else { return false }
        if !reading.core.isEmpty, reading.core.allSatisfy(\.isTimeGrain) { return true }
        return words.first == "where" && reading.core.count < 2 && Places.columns(of: candidate).isEmpty
    }

    /// What tells rows apart and is not there, in the question's words; nil where nothing is missing.
    func lacking(in result: SeenResult, of candidate: Candidate) -> String? {
        let columns = result.table.columns
        if reading.isListing, result.table.rows.count == 1, columns.allSatisfy(\.type.isNumeric) { return "list" }
        let shape = ResultShape(columns, rows: result.table.rows)
        if candidate.fit != .exact {
            let isTold =
                !shape.categories.isEmpty
                || columns.contains { $0.type.isNumeric && Words.plain($0.name).last == "id" }
            if words.contains("who"), !isTold { return "who" }
            let things = reading.groups.filter { !$0.allSatisfy(\.isTimeGrain) }
            if let thing = things.first, result.table.rows.count > 1, !isTold {
                return "by " + thing.map(\.surface).joined(separator: " ")
            }
        }
        return finer(than: shape, result, isExact: candidate.fit == .exact)
    }

    /// Asked "by plan", a result with several rows per plan does not answer.
    private func finer(than shape: ResultShape, _ result: SeenResult, isExact: Bool) -> String? {
        let columns = result.table.columns
        guard result.isComplete, result.table.rows.count > 1, reading.groups.count == 1,
            words.contains(where: { $0 == "by" || !isExact && $0 == "per" })
        else { return nil }
        let named = shape.categories.filter { column in
            let words = Wording(columns[column].name).terms
            return reading.groups.contains { group in group.contains { term in words.contains { $0.matches(term) } } }
        }
        guard named.count == 1, let column = named.first else { return nil }
        let keys = result.table.rows.map { row in
            ([column] + [shape.time].compactMap { $0 }).map { row[$0] ?? "" }.joined(separator: "\u{1F}")
        }
        // What somebody wrote for the very question may be split finer than its words say.
        guard Set(keys).count < keys.count, shape.categories.count == 1 || !isExact else { return nil }
        return "by " + Words.plain(columns[column].name).joined(separator: " ")
    }
}

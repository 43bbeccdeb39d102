import Planner

/// Whether "the top 5" of a plan leave out others with the value of the fifth.
struct CutCheck: Sendable {
    let run: Run
    let probes: Probes

    func findings(of table: ResultTable) async throws -> [ResultFinding] {
        let planned = run.planned.first { $0.statement.sql.utf8.elementsEqual(table.sql.utf8) }
        guard let cut = planned?.statement.cut, table.rows.count == cut.rows, !table.isTruncated,
            let rows = try await probes.rows(cut.sql)
        else { return [] }
        return Self.findings(cut, rows: rows)
    }

    /// - Parameter rows: the last one that is shown, and those behind it.
    static func findings(_ cut: CompiledPlan.Cut, rows: [[String?]]) -> [ResultFinding] {
        guard let last = rows.first, last.indices.contains(cut.column), let value = last[cut.column] else { return [] }
        let equal = rows.dropFirst().prefix { $0.indices.contains(cut.column) && $0[cut.column] == value }.count
        guard equal > 0 else { return [] }
        let count = equal < CompiledPlan.Cut.mostRows ? "\(equal) more" : "At least \(equal) more"
        let verb = equal == 1 ? "has" : "have"
        let shown = cut.rows == 1 ? "the one that is shown" : "the last one that is shown"
        return [
            ResultFinding(
                kind: .cut, text: "\(count) \(verb) the same “\(cut.name)” as \(shown) and could stand in its place.")
        ]
    }
}

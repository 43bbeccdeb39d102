import SQLGuard
import ServiceRuntime

/// Rows that a reader takes for one thing and that are several, or the same one several times.
enum RepeatedRows {
    static func findings(of table: ResultTable, _ outline: SelectOutline) -> [ResultFinding] {
        guard table.rows.count > 1, let block = outline.outermost, !block.isUnclear else { return [] }
        if block.hasGrouping { return hidden(table, block) }
        // One row per row of a single source is what was asked for.
        guard !block.isAggregated, !block.isDistinct, block.sources.count > 1, table.columns.count > 1 else {
            return []
        }
        let repeats = table.rows.count - Set(table.rows).count
        guard repeats > 0 else { return [] }
        return [
            ResultFinding(
                kind: .repeated,
                text: """
                    \(repeats.grouped) of the \(table.rows.count.grouped) rows repeat another one exactly, probably because of \
                    a join.
                    """)
        ]
    }

    /// Grouped by something that is not shown.
    private static func hidden(_ table: ResultTable, _ block: SelectOutline.Block) -> [ResultFinding] {
        guard !block.hiddenGroupings.isEmpty, !block.hasStar, block.outputs.count == table.columns.count else {
            return []
        }
        let keys = block.outputs.indices.filter { !block.outputs[$0].hasAggregate }
        guard !keys.isEmpty else { return [] }
        var counts: [[String?]: Int] = [:]
        for row in table.rows { counts[keys.map { row[$0] }, default: 0] += 1 }
        let shared = counts.values.filter { $0 > 1 }.reduce(0, +)
        guard shared > 0 else { return [] }
        let names = keys.prefix(3).map { "“\(table.columns[$0].name)”" }.joinedAsList
        let hidden = block.hiddenGroupings.compactMap(\.self).map { "“\($0)”" }
        let by = hidden.isEmpty ? "something else that is not shown" : "\(hidden.joinedAsList), which is not shown"
        return [
            ResultFinding(
                kind: .repeated,
                text:
                    "\(shared.grouped) rows share their \(names) with another one: they are grouped by \(by), as well.")
        ]
    }
}

import SQLGuard
import ServiceRuntime

/// Rows that a reader takes for one thing and that are several, or the same one several times.
enum RepeatedRows {
    static func findings(of table: ResultTable, _ resolver: ColumnResolver) -> [ResultFinding] {
        guard table.rows.count > 1, let block = resolver.outline.outermost, !block.isUnclear else { return [] }
        if block.hasGrouping { return hidden(table, block) }
        // One row per row of a single source is what was asked for.
        guard !block.isAggregated, !block.isDistinct, block.sources.count > 1, table.columns.count > 1,
            !listsOne(block, resolver)
        else { return [] }
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

    /// Whether there is a row for every row of one source, of which something is shown: the others have one row at most
    /// for it.
    private static func listsOne(_ block: SelectOutline.Block, _ resolver: ColumnResolver) -> Bool {
        let shape = JoinShape(resolver: resolver, block: block)
        return block.sources.indices.contains { index in
            let isShown = block.outputs.contains { output in
                output.mentions.contains { resolver.source(of: $0, in: block) == index }
            }
            return isShown && block.sources.indices.allSatisfy { $0 == index || shape.isUnique($0) }
        }
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

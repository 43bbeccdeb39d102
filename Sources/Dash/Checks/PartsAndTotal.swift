import SQLGuard

/// Whether a breakdown and a total of the same measure, which are both in a run, agree.
struct PartsAndTotal: Sendable {
    private struct Measure {
        var index: Int
        var aggregate: SelectOutline.Aggregate
    }

    let table: ResultTable
    private let block: SelectOutline.Block
    private let measures: [Measure]
    private let tables: Set<String>
    private let conditions: Set<String>

    /// Nil for what is neither.
    init?(_ table: ResultTable, _ outline: SelectOutline) {
        guard !table.isTruncated, let block = outline.outermost, block.isAggregated,
            !block.isUnclear, !block.hasHaving, !block.hasLimit, !block.isDistinct,
            block.outputs.count == table.columns.count, !block.hasStar
        else { return nil }
        var rows = PlainRows()
        guard rows.take(block, outline), rows.blocks == outline.blocks.count else { return nil }
        self.table = table
        self.block = block
        tables = rows.tables
        measures = block.outputs.enumerated().compactMap { index, output in
            guard case .aggregate(let aggregate) = output.value, aggregate.isAdditive else { return nil }
            return Measure(index: index, aggregate: aggregate)
        }
        // What joins tables is no condition on what counts.
        let conditions = rows.conditions.filter { condition in
            if case .columns = condition.comparison { false } else { true }
        }
        self.conditions = Set(conditions.map(\.signature))
        // A name that the statement gives to something computed may mean something else in another one.
        let named = rows.conditions.flatMap(\.mentions) + measures.flatMap(\.aggregate.columns)
        guard !named.contains(where: { rows.made.contains($0.name) }) else { return nil }
        guard !measures.isEmpty, block.hasGrouping ? table.rows.count > 1 : table.rows.count == 1 else { return nil }
    }

    static func findings(_ one: PartsAndTotal, _ other: PartsAndTotal) -> [ResultFinding] {
        guard one.block.hasGrouping != other.block.hasGrouping else { return [] }
        let (parts, total) = one.block.hasGrouping ? (one, other) : (other, one)
        guard total.conditions == parts.conditions, total.tables.isSubset(of: parts.tables) else { return [] }
        return total.measures.compactMap { measure in
            // What a join adds rows to is counted in rows of the join.
            guard total.tables == parts.tables || !measure.aggregate.columns.isEmpty,
                let part = parts.measures.first(where: { $0.aggregate.signature == measure.aggregate.signature })
            else { return nil }
            return parts.finding(part, total, measure)
        }
    }

    private func finding(_ part: Measure, _ total: PartsAndTotal, _ whole: Measure) -> ResultFinding? {
        let cells = table.rows.compactMap { $0[part.index] }
        guard let wanted = total.table.rows[0][whole.index], let value = Double(wanted) else { return nil }
        let numbers = cells.compactMap(Double.init)
        guard numbers.count == cells.count else { return nil }
        let sum = numbers.reduce(0, +)
        let isWhole = table.columns[part.index].type == .integer && total.table.columns[whole.index].type == .integer
        // Each may be rounded by half of its last digit.
        let tolerance = isWhole ? 0 : Self.lastDigit(of: cells + [wanted]) / 2 * Double(cells.count + 1)
        guard abs(sum - value) > tolerance + abs(value) * 1e-9 else { return nil }
        return ResultFinding(
            kind: .parts,
            text: """
                The parts of “\(table.columns[part.index].name)” add up to \(NumberText.formatted(sum)), but its total is \
                \(NumberText.formatted(value)): some rows may be left out of the breakdown or counted twice in it.
                """)
    }

    private static func lastDigit(of cells: [String]) -> Double {
        let decimals = cells.map { $0.split(separator: ".").dropFirst().first?.count ?? 0 }.min() ?? 0
        return (0..<min(decimals, 12)).reduce(1.0) { unit, _ in unit / 10 }
    }
}

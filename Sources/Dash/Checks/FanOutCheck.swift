import Postgres
import SQLGuard
import ServiceRuntime

/// Whether a join repeats the rows whose values are added up or averaged, in any SELECT of the statement.
///
/// Rows of dates are no such join: along them the rows of a stock are meant to be repeated.
struct FanOutCheck: Sendable {
    private static let affected: Set<String> = ["sum", "avg", "count"]
    private static let mostProbes = 2

    let resolver: ColumnResolver
    let text: StatementPlaces
    let probes: Probes

    private struct Suspect {
        var thing: String
        /// As SQL.
        var key: [String]
        /// What a row may be repeated by without harm, as SQL.
        var along: [String]
        /// Columns whose numbers it makes.
        var columns: [String]
        /// As which the statement names the tables that may match a row several times.
        var others: [String]
        var from: (common: Substring, from: Substring)
    }

    func findings(of table: ResultTable) async throws -> [ResultFinding] {
        let blocks = resolver.outline.blocks
        let suspects = (blocks.filter(\.isOutermost) + blocks.filter { !$0.isOutermost }).compactMap {
            suspect(in: $0, table)
        }
        for suspect in suspects.prefix(Self.mostProbes) {
            if let finding = try await finding(suspect) { return [finding] }
        }
        return []
    }

    private func finding(_ suspect: Suspect) async throws -> ResultFinding? {
        let key = suspect.key[0]
        let one = (suspect.key + suspect.along).joined(separator: ", ")
        let rows = try await probes.rows(
            "\(suspect.from.common)SELECT count(\(key)) AS rows, count(DISTINCT (\(one))) FILTER (WHERE \(key) IS NOT NULL) AS things \(suspect.from.from)"
        )
        guard let row = rows?.first, row.count == 2, let count = row[0].flatMap(Double.init),
            let things = row[1].flatMap(Double.init), things > 0, count > things
        else { return nil }
        let ratio = count / things
        let names = suspect.columns.prefix(3).map { "“\($0)”" }.joinedAsList
        let how =
            ratio < 1.05
            ? "Some rows of \(suspect.thing) count more than once"
            : "Each row of \(suspect.thing) counts \(DecimalText.fixed("\(ratio)", decimals: 1) ?? "several") times on average"
        return ResultFinding(
            kind: .fanOut,
            text: """
                \(how), because of the join with \(suspect.others.prefix(3).joinedAsList); if each should count once, \
                \(names) \(suspect.columns.count == 1 ? "is" : "are") not right.
                """)
    }

    /// The first source of which values are added up, and beside which others may have several rows for one of its own.
    private func suspect(in block: SelectOutline.Block, _ table: ResultTable) -> Suspect? {
        guard block.isAggregated, !block.isUnclear, block.sources.count > 1, !block.hasStar,
            !block.isOutermost || block.outputs.count == table.columns.count, let start = block.fromStart,
            let from = text.source(from: start)
        else { return nil }
        let shape = JoinShape(resolver: resolver, block: block)
        for (index, source) in block.sources.enumerated() {
            guard let key = shape.key(of: index) else { continue }
            let measured = block.outputs.indices.filter { isMeasured(block.outputs[$0], of: index, in: block) }
            guard !measured.isEmpty else { continue }
            let several = block.sources.indices.filter { $0 != index && !shape.isUnique($0) }
            let spines = several.filter { shape.isSpine($0, beside: index) }
            let others = several.filter { !spines.contains($0) }
            guard !others.isEmpty else { continue }
            var along = spines.map { PostgresQuery.quoted(identifier: block.sources[$0].alias) }
            if measured.allSatisfy({ counts(block.outputs[$0]) }) { along += groups(of: block) }
            return Suspect(
                thing: key.thing, key: key.columns.map { Self.sql(source.alias, $0) }, along: along,
                columns: measured.map { place in
                    block.isOutermost ? table.columns[place].name : block.outputs[place].name ?? "a number"
                },
                others: others.map { resolver.relation(of: block.sources[$0])?.name ?? block.sources[$0].alias },
                from: from)
        }
        return nil
    }

    private func isMeasured(_ output: SelectOutline.Output, of index: Int, in block: SelectOutline.Block) -> Bool {
        guard case .aggregate(let aggregate) = output.value, !aggregate.isDistinct,
            Self.affected.contains(aggregate.function), !aggregate.columns.isEmpty
        else { return false }
        return aggregate.columns.allSatisfy { resolver.source(of: $0, in: block) == index }
    }

    private func counts(_ output: SelectOutline.Output) -> Bool {
        if case .aggregate(let aggregate) = output.value { aggregate.function == "count" } else { false }
    }

    /// What is counted once in each group is counted right; none where the groups cannot be named.
    private func groups(of block: SelectOutline.Block) -> [String] {
        guard block.hasGrouping, block.hiddenGroupings.isEmpty else { return [] }
        var names: [String] = []
        for output in block.outputs where !output.hasAggregate {
            guard case .column(let column) = output.value else { return [] }
            names.append(
                column.qualifier.map { Self.sql($0, column.name) } ?? PostgresQuery.quoted(identifier: column.name))
        }
        return names
    }

    private static func sql(_ alias: String, _ column: String) -> String {
        PostgresQuery.quoted(identifier: alias) + "." + PostgresQuery.quoted(identifier: column)
    }
}

import Postgres
import SQLGuard
import ServiceRuntime

/// Whether a join repeats the rows whose values are added up or averaged.
struct FanOutCheck: Sendable {
    private static let affected: Set<String> = ["sum", "avg", "count"]

    let resolver: ColumnResolver
    let text: StatementPlaces
    let probes: Probes

    private struct Suspect {
        var source: SelectOutline.Source
        var relation: SchemaCatalog.Relation
        var key: String
        /// Of the result's columns.
        var columns: [Int]
        /// As which the statement names the tables that may match a row several times.
        var others: [String]
    }

    func findings(of table: ResultTable) async throws -> [ResultFinding] {
        guard let block = resolver.outline.outermost, block.isAggregated, !block.isUnclear, block.sources.count > 1,
            !block.hasStar, block.outputs.count == table.columns.count, let start = block.fromStart,
            let suspect = suspect(in: block), let source = text.source(from: start)
        else { return [] }
        let key =
            PostgresQuery.quoted(identifier: suspect.source.alias) + "."
            + PostgresQuery.quoted(identifier: suspect.key)
        let rows = try await probes.rows(
            "\(source.common)SELECT count(\(key)) AS rows, count(DISTINCT \(key)) AS things \(source.from)")
        guard let row = rows?.first, row.count == 2, let count = row[0].flatMap(Double.init),
            let things = row[1].flatMap(Double.init), things > 0, count > things
        else { return [] }
        let ratio = count / things
        let names = suspect.columns.prefix(3).map { "“\(table.columns[$0].name)”" }.joinedAsList
        let how =
            ratio < 1.05
            ? "Some rows of \(suspect.relation.name) count more than once"
            : "Each row of \(suspect.relation.name) counts \(DecimalText.fixed("\(ratio)", decimals: 1) ?? "several") times on average"
        return [
            ResultFinding(
                kind: .fanOut,
                text: """
                    \(how), because of the join with \(suspect.others.prefix(3).joinedAsList); if each should count once, \
                    \(names) \(suspect.columns.count == 1 ? "is" : "are") not right.
                    """)
        ]
    }

    /// The first table of which values are added up, and beside which others may have several rows for one of its own.
    private func suspect(in block: SelectOutline.Block) -> Suspect? {
        for (index, source) in block.sources.enumerated() {
            guard let relation = resolver.relation(of: source), relation.primaryKey.count == 1 else { continue }
            let columns = block.outputs.indices.filter { isMeasured(block.outputs[$0], of: index, in: block) }
            guard !columns.isEmpty else { continue }
            let others = block.sources.indices.filter { $0 != index && !isUnique($0, in: block) }
            guard !others.isEmpty else { continue }
            return Suspect(
                source: source, relation: relation, key: relation.primaryKey[0], columns: columns,
                others: others.map { resolver.relation(of: block.sources[$0])?.name ?? block.sources[$0].alias })
        }
        return nil
    }

    private func isMeasured(_ output: SelectOutline.Output, of index: Int, in block: SelectOutline.Block) -> Bool {
        guard case .aggregate(let aggregate) = output.value, !aggregate.isDistinct,
            Self.affected.contains(aggregate.function), !aggregate.columns.isEmpty
        else { return false }
        return aggregate.columns.allSatisfy { resolver.source(of: $0, in: block) == index }
    }

    /// Whether the join names the whole key of this table, so that it has one row at most for each of the others.
    private func isUnique(_ index: Int, in block: SelectOutline.Block) -> Bool {
        guard let relation = resolver.relation(of: block.sources[index]), !relation.primaryKey.isEmpty else {
            return false
        }
        var fixed: Set<String> = []
        for (one, other) in block.equalities {
            for (name, counterpart) in [(one, other), (other, one)]
            where resolver.source(of: name, in: block) == index
                && resolver.source(of: counterpart, in: block) != index
            {
                fixed.insert(name.name)
            }
        }
        return fixed.isSuperset(of: relation.primaryKey)
    }
}

import Agents
import SQLGuard
import ServiceRuntime

/// Looks at every result of the analyst for what whoever reads it should know, planned or written by a model.
///
/// What it finds becomes a part of the tool's answer and caveats of the person's. It works on the statement's text alone, and
/// says nothing where that leaves a doubt.
struct ResultChecks: Sendable {
    private static let comparedResults = 10

    let run: Run
    let warehouse: Warehouse
    let knowledge: KnowledgeStore
    let limits: ProbeLimits
    let logger: Logger

    /// Throws `CancellationError` only, when the question is cancelled.
    func findings(of table: ResultTable) async throws -> [ResultFinding] {
        guard let outline = await SQLGuard.outline(of: table.sql),
            let catalog = try? await warehouse.introspection.catalog(refresh: false)
        else { return NullColumns.findings(of: table) }
        let resolver = ColumnResolver(outline: outline, catalog: catalog)
        let probes = Probes(runner: warehouse.analyst, run: run, limits: limits)
        let text = StatementPlaces(table.sql)
        let described = await described()
        var findings: [ResultFinding] = []
        findings += try await EmptyResultCheck(
            resolver: resolver, text: text, described: described, probes: probes
        ).findings(of: table)
        if findings.isEmpty { findings += NullColumns.findings(of: table) }
        findings += RepeatedRows.findings(of: table, resolver)
        findings += try await FanOutCheck(resolver: resolver, text: text, probes: probes).findings(of: table)
        findings += try await CutCheck(run: run, probes: probes).findings(of: table)
        findings += await compared(table, outline)
        findings += try await StaleSourceCheck(resolver: resolver, described: described, probes: probes, run: run)
            .findings()
        return findings
    }

    /// What the run's other results say differently; they get the finding, too.
    private func compared(_ table: ResultTable, _ outline: SelectOutline) async -> [ResultFinding] {
        guard let own = PartsAndTotal(table, outline) else { return [] }
        var findings: [ResultFinding] = []
        for id in run.resultIDs.suffix(Self.comparedResults + 1) where id != table.id {
            guard let result = run.result(id), let outline = await SQLGuard.outline(of: result.table.sql),
                let other = PartsAndTotal(result.table, outline)
            else { continue }
            let found = PartsAndTotal.findings(own, other)
            run.note(found, about: id)
            findings += found
        }
        return findings
    }

    private func described() async -> [TableKnowledge] {
        do {
            return try await knowledge.entries(of: .table).compactMap { entry in
                if case .table(let table) = entry.content { table } else { nil }
            }
        } catch {
            logger.warning("knowledge could not be read for the checks of a result", ["run": run.id.short])
            return []
        }
    }
}

import Postgres
import SQLGuard
import ServiceRuntime

/// Whether what a statement read ends earlier than it usually does.
struct StaleSourceCheck: Sendable {
    private static let mostTables = 2
    private static let days = 30
    private static let daysBack = 400

    let resolver: ColumnResolver
    /// What is known about the tables that the statement reads.
    let described: [TableKnowledge]
    let probes: Probes
    let run: Run

    private struct Source {
        var relation: SchemaCatalog.Relation
        var column: String
        /// The day up to which the statement asks, where it says one.
        var end: String?
    }

    func findings() async throws -> [ResultFinding] {
        var findings: [ResultFinding] = []
        for source in sources.prefix(Self.mostTables) {
            guard let rhythm = try await rhythm(of: source), rhythm.isStale else { continue }
            // What lies in the past is complete.
            if let end = source.end, end <= rhythm.newest { continue }
            let usual = rhythm.usualGap == 1 ? "every day" : "at least every \(rhythm.usualGap) days"
            findings.append(
                ResultFinding(
                    kind: .stale,
                    text: """
                        The newest day in \(source.relation.name) (by \(source.column)) is \(rhythm.newest), \
                        \(rhythm.age.grouped) days ago; usually something new comes \(usual).
                        """))
        }
        return findings
    }

    /// Tables whose time the statement asks for, or the only one that it reads.
    private var sources: [Source] {
        let relations = resolver.relations
        return relations.compactMap { relation -> Source? in
            guard let column = timeColumn(of: relation) else { return nil }
            var isAsked = relations.count == 1
            var end: String?
            for block in resolver.outline.blocks {
                let place = ColumnResolver.Place(relation: relation, column: column)
                if block.mentions.contains(where: { resolver.place(of: $0, in: block) == place }) { isAsked = true }
                for condition in block.conditions {
                    guard let name = condition.column, resolver.place(of: name, in: block) == place else { continue }
                    switch condition.comparison {
                    case .range(_, _, let upper?): end = max(end ?? "", String(upper.prefix(10)))
                    case .equal(let texts) where !texts.isEmpty:
                        end = max(end ?? "", String((texts.max() ?? "").prefix(10)))
                    default: break
                    }
                }
            }
            return isAsked ? Source(relation: relation, column: column.name, end: end) : nil
        }
    }

    private func timeColumn(of relation: SchemaCatalog.Relation) -> SchemaCatalog.Column? {
        let known = described.first { [relation.name, relation.qualifiedName].contains($0.name.lowercased()) }
        guard let name = known?.timeColumn ?? TimeColumnGuess.best(of: relation.columns),
            let column = relation.column(named: name), TypeFamily(column.type) == .time
        else { return nil }
        return column
    }

    private func rhythm(of source: Source) async throws -> SourceRhythm? {
        let key = "\(source.relation.qualifiedName).\(source.column)"
        if let known = run.rhythm(of: key) { return known }
        let column = PostgresQuery.quoted(identifier: source.column)
        let table = source.relation.sqlName
        let past = "\(column) < current_date + 2"
        let rows = try await probes.rows(
            """
            SELECT day, current_date - day AS age FROM (
                SELECT DISTINCT \(column)::date AS day FROM \(table)
                WHERE \(past) AND \(column) >= (SELECT max(\(column)) FROM \(table) WHERE \(past)) - interval '\(Self.daysBack) days'
                ORDER BY 1 DESC LIMIT \(Self.days)
            ) AS days ORDER BY 1 DESC
            """)
        guard let rows else { return nil }
        let days = rows.compactMap { row -> (day: String, age: Int)? in
            guard row.count == 2, let day = row[0], let age = row[1].flatMap({ Int($0) }) else { return nil }
            return (day, age)
        }
        let rhythm = SourceRhythm(days)
        run.keep(rhythm, of: key)
        return rhythm
    }
}

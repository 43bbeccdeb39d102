import Postgres
import SQLGuard
import ServiceRuntime

/// Which condition left nothing over, and what may have been meant by it.
struct EmptyResultCheck: Sendable {
    private static let mostConditions = 6
    private static let mostExplained = 3
    private static let longestShown = 120

    let resolver: ColumnResolver
    let text: StatementPlaces
    let described: [TableKnowledge]
    let probes: Probes

    private struct Candidate {
        var block: SelectOutline.Block
        var condition: SelectOutline.Condition
        var range: Range<String.Index>
    }

    func findings(of table: ResultTable) async throws -> [ResultFinding] {
        let isHollow = Self.isHollow(table, resolver.outline)
        guard table.rows.isEmpty || isHollow else { return [] }
        let candidates = candidates
        guard !candidates.isEmpty else { return [] }
        let culprits = try await culprits(among: candidates, table, isHollow)
        var sentences: [String] = []
        var plain: [String] = []
        for index in (culprits.isEmpty ? Array(candidates.indices) : culprits).prefix(Self.mostExplained) {
            let candidate = candidates[index]
            if let sentence = try await missingValue(candidate) {
                sentences.append(sentence)
            } else if !culprits.isEmpty {
                let without = "without \(shown(candidate))"
                if let range = try await range(candidate) {
                    sentences.append("There would be something \(without); \(range).")
                } else if !isHollow {
                    plain.append(without)
                }
            }
        }
        // Several that each empty it are one sentence; a count that is zero needs none.
        if sentences.isEmpty, !plain.isEmpty {
            sentences.append("There would be rows \(plain.joined(separator: ", or ")).")
        }
        return sentences.map { ResultFinding(kind: .emptied, text: $0) }
    }

    /// One row of an aggregate over nothing.
    static func isHollow(_ table: ResultTable, _ outline: SelectOutline) -> Bool {
        guard let block = outline.outermost, block.isAggregated, !block.hasGrouping, let row = table.rows.first,
            table.rows.count == 1, !row.isEmpty
        else { return false }
        return zip(row, table.columns).allSatisfy { cell, column in
            cell.map { column.type.isNumeric && Double($0) == 0 } ?? true
        }
    }

    // MARK: - Conditions

    private var candidates: [Candidate] {
        var found: [Candidate] = []
        for block in resolver.outline.blocks {
            for clause in Set(block.conditions.map(\.clause)).sorted() {
                let conditions = block.conditions.filter { $0.clause == clause }
                guard let ranges = text.conditions(from: conditions.map(\.start)) else { continue }
                for (condition, range) in zip(conditions, ranges) {
                    if case .columns = condition.comparison { continue }
                    found.append(Candidate(block: block, condition: condition, range: range))
                }
            }
        }
        return Array(found.prefix(Self.mostConditions))
    }

    /// Those without which there would be something; none where it cannot be told.
    private func culprits(
        among candidates: [Candidate], _ table: ResultTable, _ isHollow: Bool
    ) async throws -> [Int] {
        guard text.sql.utf8.count <= ProbeLimits.longestStatement else { return [] }
        let probes = candidates.map { candidate -> String in
            var sql = text.sql
            sql.replaceSubrange(candidate.range, with: "TRUE")
            let body = SQLOutline.body(sql)
            guard isHollow else { return "EXISTS (\n\(body)\n)" }
            let names = table.columns.indices.map { "c\($0)" }
            let isFull = zip(names, table.columns).map { $1.type.isNumeric ? "\($0) <> 0" : "\($0) IS NOT NULL" }
            return """
                EXISTS (SELECT 1 FROM (
                \(body)
                ) AS v (\(names.joined(separator: ", "))) WHERE \(isFull.joined(separator: " OR ")))
                """
        }
        let row = try await self.probes.rows("SELECT \(probes.joined(separator: ", "))")?.first ?? []
        return row.indices.filter { row[$0] == "t" }
    }

    // MARK: - What may have been meant

    private func missingValue(_ candidate: Candidate) async throws -> String? {
        guard let place = place(of: candidate), !isPersonal(place) else { return nil }
        let isText = TypeFamily(place.column.type) == .text || place.column.labels != nil
        guard isText else { return nil }
        let column = "\(place.column.name) in \(place.relation.name)"
        switch candidate.condition.comparison {
        case .equal(let wanted) where !wanted.isEmpty:
            guard let values = try await values(of: place) else { return nil }
            let foldsCase = ["'lower'", "'upper'"].contains { candidate.condition.signature.contains($0) }
            let known = Set(foldsCase ? values.map { $0.lowercased() } : values)
            let missing = wanted.filter { !known.contains(foldsCase ? $0.lowercased() : $0) }
            guard let first = missing.first, missing.count == wanted.count else { return nil }
            let names = missing.prefix(3).map { "“\(Self.cut($0))”" }.joined(separator: " or ")
            return "No \(column) is \(names)" + meant(first, values)
        case .like(let pattern):
            let core = Self.core(of: pattern)
            guard !core.isEmpty, let values = try await values(of: place) else { return nil }
            let isFound = values.contains { $0.lowercased().contains(core.lowercased()) }
            let isExact = values.contains { $0.contains(core) }
            let isFolded = candidate.condition.signature.contains("~~*")
            guard isFolded ? !isFound : !isExact else { return nil }
            return "No \(column) contains “\(Self.cut(core))”" + meant(core, values)
        default: return nil
        }
    }

    private func meant(_ wanted: String, _ values: [String]) -> String {
        let nearest = NearestValues(to: wanted, among: values)
        guard !nearest.values.isEmpty else { return ", nor anything like it." }
        let names = nearest.values.map { "“\($0)”" }.joinedAsList
        return nearest.areNear ? "; nearest to it: \(names)." : "; there is \(names)."
    }

    /// Nil where the column has more values than are looked at.
    private func values(of place: ColumnResolver.Place) async throws -> [String]? {
        let column = PostgresQuery.quoted(identifier: place.column.name)
        // Rows are fewer than values may be, so that each has many of them.
        let rows = try await probes.rows(
            """
            SELECT string_agg(v, chr(31)) AS texts FROM (
                SELECT v, row_number() OVER () AS n FROM (
                    SELECT DISTINCT left(\(column)::text, \(NearestValues.longest)) AS v FROM \(place.relation.sqlName)
                    WHERE \(column) IS NOT NULL LIMIT \(ProbeLimits.values + 1)
                ) AS distinct_values
            ) AS numbered GROUP BY n / 35
            """)
        guard let rows else { return nil }
        let values = rows.compactMap(\.first).compactMap(\.self).flatMap {
            $0.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
        }
        return values.count <= ProbeLimits.values ? values : nil
    }

    private func range(_ candidate: Candidate) async throws -> String? {
        guard let place = place(of: candidate), !isPersonal(place) else { return nil }
        let family = TypeFamily(place.column.type)
        guard family == .time || family == .number else { return nil }
        switch candidate.condition.comparison {
        case .equal, .range: break
        default: return nil
        }
        let column = PostgresQuery.quoted(identifier: place.column.name)
        let cells = try await probes.rows(
            "SELECT min(\(column)) AS least, max(\(column)) AS most FROM \(place.relation.sqlName)")?.first
        guard let cells, cells.count == 2, let least = cells[0], let most = cells[1] else { return nil }
        func shown(_ cell: String) -> String { family == .time ? String(cell.prefix(10)) : cell }
        return "\(place.column.name) in \(place.relation.name) goes from \(shown(least)) to \(shown(most))"
    }

    // MARK: - Words

    private func place(of candidate: Candidate) -> ColumnResolver.Place? {
        candidate.condition.column.flatMap { resolver.place(of: $0, in: candidate.block) }
    }

    /// The condition in words; of one about personal data, and of one that is no plain comparison, only its columns.
    private func shown(_ candidate: Candidate) -> String {
        for name in candidate.condition.mentions {
            let place = resolver.place(of: name, in: candidate.block)
            guard place.map(isPersonal) ?? isPersonal(name.name) else { continue }
            return "the condition on \(name.name)"
        }
        if let words = SpokenCondition(String(text.sql[candidate.range])) {
            return "the condition that \(Self.cut(words.text, to: Self.longestShown))"
        }
        var names: [String] = []
        for name in candidate.condition.mentions.map(\.name) where !names.contains(name) { names.append(name) }
        return names.isEmpty ? "one of its conditions" : "the condition on \(names.prefix(3).joinedAsList)"
    }

    private func isPersonal(_ place: ColumnResolver.Place) -> Bool {
        if SecretColumnGuess.isSecret(place.column.name) { return true }
        let known = PersonalColumns(described)
        if known.contains(place.column.name, in: place.relation) { return true }
        let isDescribed = described.contains { table in
            [place.relation.name.lowercased(), place.relation.qualifiedName.lowercased()].contains(
                table.name.lowercased())
                && table.columns.contains { $0.name.lowercased() == place.column.name.lowercased() }
        }
        guard !isDescribed else { return false }
        return PersonalDataGuess.isPersonal(
            place.column.name, inTableAboutPeople: PersonalDataGuess.isAboutPeople(place.relation.name))
    }

    /// Of a column that is made by the statement the name decides.
    private func isPersonal(_ column: String) -> Bool {
        described.contains { $0.columns.contains { $0.isPersonal && $0.name.lowercased() == column.lowercased() } }
            || PersonalDataGuess.isPersonal(column, inTableAboutPeople: true) || SecretColumnGuess.isSecret(column)
    }

    /// The longest part of a pattern that means itself.
    private static func core(of pattern: String) -> String {
        let parts = pattern.split(whereSeparator: { $0 == "%" || $0 == "_" })
        return parts.max { $0.count < $1.count }.map { String($0) } ?? ""
    }

    private static func cut(_ text: String, to length: Int = 60) -> String {
        text.count > length ? text.prefix(length) + "…" : text
    }
}

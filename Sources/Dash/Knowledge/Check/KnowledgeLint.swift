/// What is wrong with knowledge by its names alone: tables, columns and references that the database does not have, and
/// names that mean two things.
struct KnowledgeLint {
    let entries: [KnowledgeEntry]
    let catalog: SchemaCatalog
    var allowedTables = AllowedTables.everything

    func problems() -> [KnowledgeProblem] {
        var problems: [KnowledgeProblem] = []
        for entry in entries {
            let causes: [(KnowledgeProblem.Severity, String)] =
                switch entry.content {
                case .table(let table): check(table)
                case .metric(let metric): check(metric)
                case .gotcha(let gotcha): gotcha.tables.filter { relation($0) == nil }.map { (.error, missing($0)) }
                case .query(let query): outside(query)
                case .rule, .document, .business: []
                }
            problems += causes.map { severity, cause in
                KnowledgeProblem(severity, file: entry.source, entry: entry.content.label, cause: cause)
            }
        }
        return problems + ambiguities()
    }

    private typealias Finding = (KnowledgeProblem.Severity, String)

    private func check(_ table: TableKnowledge) -> [Finding] {
        guard let relation = relation(table.name) else { return [(.error, missing(table.name))] }
        var findings: [Finding] = []
        for column in table.columns {
            guard let live = self.column(column.name, of: relation) else {
                findings.append((.error, "the table has no column \"\(column.name)\""))
                continue
            }
            let described = TypeFamily(column.type)
            let actual = TypeFamily(live.type)
            if described != .other, actual != .other, described != actual {
                findings.append(
                    (.notice, "column \"\(column.name)\" is described as \(column.type) and is \(live.type)"))
            }
        }
        if let name = table.timeColumn {
            if let live = column(name, of: relation) {
                if TypeFamily(live.type) != .time {
                    findings.append((.error, "its time_column \"\(name)\" is \(live.type), not a date or time"))
                }
            } else {
                findings.append((.error, "the table has no column \"\(name)\", which is its time_column"))
            }
        }
        if table.timeColumn == nil, let cause = missingTime(in: relation) { findings.append((.notice, cause)) }
        for relationship in table.relationships {
            if column(relationship.column, of: relation) == nil {
                findings.append(
                    (.error, "its relationship is on column \"\(relationship.column)\", which does not exist"))
            }
            if let cause = missingReference(relationship.references) { findings.append((.error, cause)) }
        }
        return findings
    }

    private func check(_ metric: Metric) -> [Finding] {
        var findings: [Finding] = []
        var relations: [SchemaCatalog.Relation] = []
        for name in metric.table.split(separator: ",").map({ SourceText.trimmed($0) }) where !name.isEmpty {
            if let relation = relation(name) {
                relations.append(relation)
            } else {
                findings.append((.error, missing(name)))
            }
        }
        guard !relations.isEmpty else { return findings }
        if let name = metric.timeColumn, !has(name, in: relations) {
            findings.append((.error, "no table of it has a column \"\(name)\", which is its time_column"))
        }
        if metric.timeColumn == nil, !metric.isSnapshot, relations.count == 1,
            !entries.contains(where: { describes($0, relations[0]) }), let cause = missingTime(in: relations[0])
        {
            findings.append((.notice, cause))
        }
        findings += contradictions(in: metric, relations)
        let reachable = relations + relations.flatMap(neighbours)
        for dimension in metric.dimensions where !has(dimension, in: reachable) {
            findings.append(
                (.error, "its dimension \"\(dimension)\" is no column of its tables or of one joined to them"))
        }
        return findings
    }

    /// Of several moments none can be told to be the one that a period means.
    private func missingTime(in relation: SchemaCatalog.Relation) -> String? {
        let moments = relation.columns.filter { TypeFamily($0.type) == .time }.map { "\"\($0.name)\"" }
        guard !moments.isEmpty, TimeColumnGuess.only(of: relation.columns) == nil else { return nil }
        return
            "it has no \"time_column\" (\(moments.prefix(4).joined(separator: ", "))), so a question for a period has to "
            + "name the column"
    }

    private func describes(_ entry: KnowledgeEntry, _ relation: SchemaCatalog.Relation) -> Bool {
        if case .table(let table) = entry.content { return self.relation(table.name) == relation }
        return false
    }

    /// Values in a metric's filter that the column is known not to have.
    private func contradictions(in metric: Metric, _ relations: [SchemaCatalog.Relation]) -> [Finding] {
        guard let filter = metric.filter, relations.count == 1 else { return [] }
        let tokens = SQLToken.scan(filter)
        var findings: [Finding] = []
        for (index, token) in tokens.enumerated() {
            guard case .word(let word, _) = token, let live = column(word, of: relations[0]) else { continue }
            let known = values(of: live, in: relations[0])
            guard !known.isEmpty else { continue }
            var compared: [String] = []
            let rest = tokens[(index + 1)...]
            if rest.first == .symbol("="), case .string(let value) = rest.dropFirst().first {
                compared = [value]
            } else if rest.first?.isWord("in") == true, rest.dropFirst().first == .symbol("(") {
                compared = rest.prefix { $0 != .symbol(")") }.compactMap {
                    if case .string(let value) = $0 { value } else { nil }
                }
            }
            findings += compared.filter { !known.contains($0) }.map { value in
                (.notice, "its filter wants \(live.name) '\(value)', which is not among the column's values")
            }
        }
        return findings
    }

    /// The labels of its type, or what a file lists.
    private func values(of column: SchemaCatalog.Column, in relation: SchemaCatalog.Relation) -> [String] {
        if let labels = column.labels { return labels }
        for case .table(let table) in entries.map(\.content) where self.relation(table.name) == relation {
            let described = table.columns.first { $0.name.lowercased() == column.name.lowercased() }
            if let described { return described.values }
        }
        return []
    }

    /// Names and synonyms that several entries of one kind share: a question that uses one could mean either.
    private func ambiguities() -> [KnowledgeProblem] {
        var problems: [KnowledgeProblem] = []
        var metrics: [String: String] = [:]
        var tables: [String: String] = [:]
        for entry in entries {
            switch entry.content {
            case .metric(let metric):
                problems += shared([metric.name] + metric.synonyms, with: &metrics, entry: entry)
            case .table(let table):
                problems += shared([table.name] + table.synonyms, with: &tables, entry: entry)
                var columns: [String: String] = [:]
                for column in table.columns {
                    problems += shared(
                        [column.name] + column.synonyms, with: &columns, entry: entry,
                        owner: "column \"\(column.name)\"")
                }
            case .query, .rule, .gotcha, .document, .business: break
            }
        }
        return problems
    }

    private func shared(
        _ names: [String], with owners: inout [String: String], entry: KnowledgeEntry, owner: String? = nil
    ) -> [KnowledgeProblem] {
        let owner = owner ?? entry.content.label
        var problems: [KnowledgeProblem] = []
        for name in names {
            let key = NormalisedText.question(name)
            guard !key.isEmpty else { continue }
            if let other = owners[key], other != owner {
                problems.append(
                    KnowledgeProblem(
                        file: entry.source, entry: entry.content.label,
                        cause: "\"\(name)\" means \(other) as well as \(owner); a question could mean either"))
            } else {
                owners[key] = owner
            }
        }
        return problems
    }

    private func relation(_ name: String) -> SchemaCatalog.Relation? {
        let parts = SQLIdentifier.parts(of: name)
        return catalog.relation(named: parts.isEmpty ? name : parts.joined(separator: "."))
    }

    private func column(_ name: String, of relation: SchemaCatalog.Relation) -> SchemaCatalog.Column? {
        let wanted = (SQLIdentifier.parts(of: name).last ?? name).lowercased()
        return relation.columns.first { $0.name.lowercased() == wanted }
    }

    private func outside(_ query: ValidatedQuery) -> [Finding] {
        guard !allowedTables.isEverything else { return [] }
        return SQLOutline.curated(query.sql).relations.filter(isOutside).map { (.error, missing($0)) }
    }

    private func isOutside(_ table: String) -> Bool {
        let parts = SQLIdentifier.parts(of: table.contains("\"") ? table : table.lowercased())
        guard let name = parts.last else { return false }
        return !allowedTables.contains(schema: parts.count > 1 ? parts[parts.count - 2] : nil, table: name)
            && relation(table) == nil
    }

    private func missing(_ table: String) -> String {
        guard !isOutside(table) else { return "\"\(table)\" is outside DASH_ALLOWED_TABLES, so agents do not see it" }
        return "the database has no table or view \"\(table)\" that the analyst may read"
    }

    /// `table.column` or `schema.table.column`.
    private func missingReference(_ reference: String) -> String? {
        let parts = SQLIdentifier.parts(of: reference)
        guard (2...3).contains(parts.count), let name = parts.last else {
            return "its reference \"\(reference)\" is not of the form table.column"
        }
        let table = parts.dropLast().joined(separator: ".")
        guard let relation = catalog.relation(named: table) else { return missing(table) }
        return column(name, of: relation) == nil ? "it refers to \"\(reference)\", which does not exist" : nil
    }

    private func has(_ name: String, in relations: [SchemaCatalog.Relation]) -> Bool {
        if relations.contains(where: { column(name, of: $0) != nil && SQLIdentifier.parts(of: name).count < 2 }) {
            return true
        }
        return SQLIdentifier.parts(of: name).count > 1 && missingReference(name) == nil
    }

    /// Tables that refer to this one or that it refers to, by foreign keys or by curated relationships.
    private func neighbours(of relation: SchemaCatalog.Relation) -> [SchemaCatalog.Relation] {
        var found = relation.foreignKeys.compactMap {
            catalog.relation(named: "\($0.referencedSchema).\($0.referencedTable)")
        }
        found += catalog.relations.filter { other in
            other.foreignKeys.contains { $0.referencedSchema == relation.schema && $0.referencedTable == relation.name }
        }
        for case .table(let table) in entries.map(\.content) {
            for relationship in table.relationships {
                let target = SQLIdentifier.parts(of: relationship.references).dropLast().joined(separator: ".")
                guard let from = self.relation(table.name), let to = catalog.relation(named: target) else { continue }
                if from == relation { found.append(to) }
                if to == relation { found.append(from) }
            }
        }
        return found
    }
}

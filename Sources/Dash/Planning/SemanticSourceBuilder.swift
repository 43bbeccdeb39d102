package import Planner

/// Puts together what the planner is made from: the live catalog, with what the knowledge files say about it.
///
/// Names are the database's; where a file spells one otherwise (`hrEmpName` for `hrempname`) its spelling is the first
/// synonym, because words are found in it. What the knowledge says of things that the catalog does not have is left out.
package struct SemanticSourceBuilder: Sendable {
    private let entries: [KnowledgeEntry]
    private let catalog: SchemaCatalog
    private let index: RelationIndex
    private let timeZone: String
    private let adjustments: [Adjustment]
    /// By the relation they describe.
    private let described: [TableID: TableKnowledge]
    private let personal: PersonalColumns

    /// - Parameter timeZone: an IANA name; where moments become days.
    package init(
        entries: [KnowledgeEntry], catalog: SchemaCatalog, timeZone: String = "UTC", adjustments: [Adjustment] = []
    ) {
        self.entries = entries
        self.catalog = catalog
        self.timeZone = timeZone
        self.adjustments = adjustments
        let index = RelationIndex(catalog)
        self.index = index
        let tables = entries.compactMap { if case .table(let table) = $0.content { table } else { nil } }
        described = Dictionary(
            tables.compactMap { table in index[table.name].map { ($0.tableID, table) } },
            uniquingKeysWith: { first, _ in first })
        personal = PersonalColumns(tables)
    }

    package var source: SemanticSource {
        SemanticSource(
            tables: catalog.relations.filter { !$0.columns.isEmpty }.map(table), metrics: metrics, calendar: calendar,
            adjustments: adjustments)
    }

    // MARK: - Tables

    private func table(_ relation: SchemaCatalog.Relation) -> SemanticSource.Table {
        let known = described[relation.tableID]
        let spelling = known.map { Self.lastPart($0.name) }
        return SemanticSource.Table(
            schema: relation.schema, name: relation.name, isView: relation.kind != .table,
            description: Self.first(known?.description, relation.comment),
            synonyms: Self.synonyms(known?.synonyms ?? [], spelling: spelling, name: relation.name),
            columns: columns(of: relation, known), primaryKey: relation.primaryKey,
            uniqueKeys: relation.uniqueKeys, foreignKeys: foreignKeys(of: relation, known),
            timeColumn: timeColumn(of: relation),
            estimatedRows: relation.estimatedRows)
    }

    private func columns(of relation: SchemaCatalog.Relation, _ known: TableKnowledge?) -> [SemanticSource.Column] {
        let isAboutPeople = PersonalDataGuess.isAboutPeople(relation.name)
        var descriptions: [String: TableKnowledge.Column] = [:]
        for column in known?.columns ?? [] {
            guard let live = relation.column(named: Self.lastPart(column.name)) else { continue }
            descriptions[live.name] = descriptions[live.name] ?? column
        }
        return relation.columns.map { column in
            let known = descriptions[column.name]
            let isGuessed =
                known == nil
                && PersonalDataGuess.isPersonal(
                    column.name, type: column.type, inTableAboutPeople: isAboutPeople)
            return SemanticSource.Column(
                name: column.name, type: column.type, isNullable: column.isNullable,
                description: Self.first(known?.description, column.comment),
                synonyms: Self.synonyms(
                    known?.synonyms ?? [], spelling: known.map { Self.lastPart($0.name) }, name: column.name),
                values: known.map(\.values).flatMap { $0.isEmpty ? nil : $0 } ?? column.labels ?? [], unit: known?.unit,
                isPersonal: isGuessed || personal.contains(column.name, in: relation))
        }
    }

    /// Those of the database first, then what the files add.
    private func foreignKeys(
        of relation: SchemaCatalog.Relation, _ known: TableKnowledge?
    ) -> [SemanticSource.ForeignKey] {
        var keys = relation.foreignKeys.compactMap { key -> SemanticSource.ForeignKey? in
            guard let target = index["\(key.referencedSchema).\(key.referencedTable)"] else { return nil }
            return .init(columns: key.columns, table: target.tableID, referencedColumns: key.referencedColumns)
        }
        for relationship in known?.relationships ?? [] {
            guard let column = relation.column(named: Self.lastPart(relationship.column)),
                let target = index.column(relationship.references)
            else { continue }
            let key = SemanticSource.ForeignKey(
                columns: [column.name], table: target.relation.tableID, referencedColumns: [target.column.name],
                isEnforced: false)
            let isKnown = keys.contains {
                $0.columns == key.columns && $0.table == key.table && $0.referencedColumns == key.referencedColumns
            }
            if !isKnown { keys.append(key) }
        }
        return keys
    }

    // MARK: - Metrics and calendar

    private var metrics: [SemanticSource.Metric] {
        var names: Set<String> = []
        return entries.compactMap { entry in
            guard case .metric(let metric) = entry.content, names.insert(metric.name).inserted else { return nil }
            // Prose is kept for people; what cannot be computed `knowledge check` tells.
            return try? MetricDefinition(metric, in: self).metric
        }
    }

    private var calendar: CalendarRules {
        var rules = CalendarRules(timeZone: timeZone)
        let profiles = entries.compactMap { if case .business(let profile) = $0.content { profile } else { nil } }
        if let month = profiles.lazy.compactMap(\.fiscalYearStart).first, (1...12).contains(month) {
            rules.fiscalYearStart = month
        }
        if let day = profiles.lazy.compactMap(\.weekStart).first { rules.weekStart = day.number }
        return rules
    }

    /// As SQL names it in one definition or in all of them.
    func relation(named name: String) -> SchemaCatalog.Relation? { index[name] }

    func column(_ reference: String) -> (relation: SchemaCatalog.Relation, column: SchemaCatalog.Column)? {
        index.column(reference)
    }

    /// When a row happened: what the files say, else the only column that can say it.
    func timeColumn(of relation: SchemaCatalog.Relation) -> String? {
        guard let name = described[relation.tableID]?.timeColumn else {
            return TimeColumnGuess.only(of: relation.columns)
        }
        return relation.column(named: Self.lastPart(name))?.name
    }

    /// Relations that the relation's keys lead to.
    func parents(of relation: SchemaCatalog.Relation) -> [SchemaCatalog.Relation] {
        foreignKeys(of: relation, described[relation.tableID]).compactMap { index[$0.table.description] }
    }

    // MARK: - Words

    static func lastPart(_ name: String) -> String { SQLIdentifier.parts(of: name).last ?? name }

    private static func first(_ texts: String?...) -> String {
        texts.compactMap(\.self).map { SourceText.trimmed($0) }.first { !$0.isEmpty } ?? ""
    }

    private static func synonyms(_ synonyms: [String], spelling: String?, name: String) -> [String] {
        var result: [String] = []
        for synonym in [spelling].compactMap(\.self) + synonyms where synonym != name && !result.contains(synonym) {
            result.append(synonym)
        }
        return result
    }
}

extension SchemaCatalog.Relation {
    var tableID: TableID { TableID(schema: schema, name: name) }
}

extension BusinessProfile.Weekday {
    /// 0 for Sunday to 6 for Saturday.
    fileprivate var number: Int {
        switch self {
        case .sunday: 0
        case .monday: 1
        case .tuesday: 2
        case .wednesday: 3
        case .thursday: 4
        case .friday: 5
        case .saturday: 6
        }
    }
}

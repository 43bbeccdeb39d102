import FoundationEssentials

/// Drafts `tables/*.json` from the live schema into a knowledge folder; never touches a file that exists.
package struct KnowledgeDrafting: Sendable {
    package struct Summary: Sendable, Equatable {
        /// Files written, relative to the folder.
        package var written: [String]
        /// Tables left alone because a file describes them, or has the name the draft would get.
        package var skipped: [String]

        package init(written: [String] = [], skipped: [String] = []) {
            self.written = written
            self.skipped = skipped
        }
    }

    /// A column with more values than this is no enumeration.
    private static let maximumValues = 20
    private static let maximumValueLength = 60

    private let warehouse: Warehouse
    private let folder: KnowledgeFolder

    package init(warehouse: Warehouse, folder: KnowledgeFolder) {
        self.warehouse = warehouse
        self.folder = folder
    }

    /// Writes a file for each company table that has none. Throws when the folder cannot be written, or the database
    /// not be reached.
    package func run() async throws -> Summary {
        let catalog = try await warehouse.introspection.catalog(refresh: true)
        let described = await described(in: catalog)
        let tables = "\(folder.path)/\(KnowledgeSection.tables.rawValue)"
        try FileManager.default.createDirectory(atPath: tables, withIntermediateDirectories: true)
        var summary = Summary()
        for relation in catalog.relations where relation.schema != "dash" {
            try Task.checkCancellation()
            let name = KnowledgeDraft.name(of: relation)
            let file = "\(KnowledgeSection.tables.rawValue)/\(Self.fileName(for: name))"
            guard !described.contains("\(relation.schema).\(relation.name)"),
                !FileManager.default.fileExists(atPath: "\(folder.path)/\(file)")
            else {
                summary.skipped.append(name)
                continue
            }
            let draft = KnowledgeDraft(of: relation, values: try await values(in: relation))
            try Data(TableFile.text(of: draft.table).utf8)
                .write(to: URL(fileURLWithPath: "\(folder.path)/\(file)"), options: .withoutOverwriting)
            summary.written.append(file)
        }
        return summary
    }

    private func described(in catalog: SchemaCatalog) async -> Set<String> {
        let names = await folder.read().entries.compactMap { entry in
            if case .table(let table) = entry.content { table.name } else { nil }
        }
        return Set(names.compactMap { catalog.relation(named: $0) }.map { "\($0.schema).\($0.name)" })
    }

    /// The values of text columns that have few. What cannot be read in time is left for a person to fill in.
    private func values(in relation: SchemaCatalog.Relation) async throws -> [String: [String]] {
        let isAboutPeople = PersonalDataGuess.isAboutPeople(relation.name)
        let columns = relation.columns.filter {
            TypeFamily($0.type) == .text && $0.labels == nil
                && !PersonalDataGuess.isPersonal($0.name, type: $0.type, inTableAboutPeople: isAboutPeople)
                && !relation.primaryKey.contains($0.name)
        }
        guard !columns.isEmpty else { return [:] }
        let name = "\(SQLIdentifier.sql(relation.schema)).\(SQLIdentifier.sql(relation.name))"
        guard
            let statistics = try await attempt({
                try await warehouse.introspection.statistics(
                    of: "\(relation.schema).\(relation.name)",
                    personalColumns: PersonalColumns([KnowledgeDraft(of: relation).table]))
            })
        else { return [:] }
        var values: [String: [String]] = [:]
        for column in columns {
            guard let distinct = statistics.columns.first(where: { $0.name == column.name })?.distinctValues,
                (1...Self.maximumValues).contains(distinct), statistics.rows >= 3 * distinct
            else { continue }
            let quoted = SQLIdentifier.sql(column.name)
            let result = try await attempt {
                try await warehouse.analyst.run(
                    """
                    SELECT DISTINCT \(quoted)::text AS value FROM \(name) WHERE \(quoted) IS NOT NULL
                    ORDER BY 1 LIMIT \(Self.maximumValues + 1)
                    """, keepingAs: "values")
            }
            let found = result?.rows.compactMap { $0.first ?? nil } ?? []
            if found.count <= Self.maximumValues,
                found.allSatisfy({ !$0.isEmpty && $0.count <= Self.maximumValueLength })
            {
                values[column.name] = found
            }
        }
        return values
    }

    private func attempt<Value>(_ body: () async throws -> Value) async throws -> Value? {
        do {
            return try await body()
        } catch let failure as SQLFailure {
            if failure.errorClass == .connection { throw failure }
            return nil
        }
    }

    private static func fileName(for table: String) -> String {
        String(table.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." ? $0 : "_" }) + ".json"
    }
}

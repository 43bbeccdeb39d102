import Agents
import LanguageModels
import Planner
import ServiceRuntime

/// `update_knowledge`: tells the Analyst about an object that the Engineer made.
///
/// Keeps the text as a document. Where the title names a relation of schema `dash` that exists, its columns become table
/// knowledge, and the content's example, once it has run, a query.
struct UpdateKnowledgeTool: Tool {
    let run: Run
    let warehouse: Warehouse
    let knowledge: KnowledgeStore
    private static let longestText = 8_000

    var definition: ToolDefinition {
        ToolDefinition(
            name: ToolName.updateKnowledge,
            description: """
                Records an object of schema dash so that the analyst finds and uses it. Title: dash.<name>. Content: what it \
                holds, what it is made of, and on a line of its own `Example: SELECT … FROM dash.<name>`.
                """,
            parameters: .schema(
                [
                    "title": .property("string", "dash.<name>, or a subject."),
                    "content": .property("string", "What to know about it."),
                ],
                required: ["title", "content"]))
    }

    var annotations: ToolAnnotations { ToolAnnotations(isReadOnly: false, isDestructive: false) }

    func call(_ arguments: JSONValue) async throws -> ToolOutput {
        guard let title = arguments.text("title"), let content = arguments.text("content") else {
            return ToolOutput(wrongArguments: "`title` and `content` must not be empty.")
        }
        guard content.utf8.count <= Self.longestText else {
            return ToolOutput(wrongArguments: "`content` is longer than \(Self.longestText) bytes; say less.")
        }
        var saved: [JSONValue] = ["document"]
        try await keep(.document(Document(title: title, text: content)))
        if let relation = try await relation(named: title) {
            let name = "\(relation.schema).\(relation.name)"
            let description = Self.description(content)
            let origin = origin()
            try await keep(.table(Self.table(relation, name, description, origin?.units ?? [:])))
            saved.append("table")
            if let example = Self.example(content) {
                try run.ledger.takeStatement()
                do {
                    let result = try await warehouse.analyst.run(example, keepingAs: run.nextResultID())
                    let query = ValidatedQuery(
                        name: name, description: description, sql: SQLOutline.body(example),
                        questions: [Words.title(relation.name)], tables: [name], columns: result.columns.map(\.name),
                        origin: origin.map { origin in
                            .init(name: origin.name, sql: origin.sql, units: units(result, origin))
                        })
                    try await keep(
                        .query(query),
                        source: origin == nil ? KnowledgeEntry.savedSource : KnowledgeEntry.engineerSource)
                    saved.append("query")
                } catch let failure as SQLFailure {
                    return ToolOutput(
                        content: JSONValue.object([
                            "saved": .array(saved), "error": .string(failure.errorClass.rawValue),
                            "message": .string("The example does not run: \(failure.message)"),
                        ]).encoded(), isError: true, summary: "example failed: \(failure.message)")
                }
            }
        }
        return ToolOutput(
            content: JSONValue.object(["saved": .array(saved), "title": .string(title)]).encoded(),
            summary: "\(title) recorded")
    }

    private func keep(_ content: KnowledgeContent, source: String = KnowledgeEntry.engineerSource) async throws {
        try await knowledge.save(KnowledgeEntry(content: content, source: source))
    }

    private func relation(named title: String) async throws -> SchemaCatalog.Relation? {
        let tokens = SQLToken.scan(title)
        let names = tokens.indices.compactMap { index -> String? in
            guard tokens[index].isWord("dash"), index + 2 < tokens.count, tokens[index + 1] == .symbol("."),
                case .word(let name, _) = tokens[index + 2]
            else { return nil }
            return "dash." + name
        }
        guard let name = names.first else { return nil }
        return try await warehouse.introspection.catalog(refresh: true).relation(named: name)
    }

    /// The curated query or metric that this run made the object of, word for word.
    private func origin() -> ValidatedQuery.Origin? {
        for change in run.changes {
            let tokens = SQLToken.scan(change)
            guard let start = tokens.firstIndex(where: { $0.isWord("as") }) else { continue }
            var body = Array(tokens[(start + 1)...])
            while body.last == .symbol(";") { body.removeLast() }
            for entry in run.knowledge {
                switch entry.content {
                case .query(let query) where entry.isCurated && Self.tokens(query.sql) == body:
                    return .init(name: query.name, sql: query.sql)
                default: continue
                }
            }
            for planned in run.planned where planned.isCurated && Self.tokens(planned.statement.sql) == body {
                guard case .metric(let name)? = planned.question.plan.measures.first else { continue }
                let units = planned.statement.columns.compactMap { column in column.unit.map { (column.name, $0) } }
                return .init(
                    name: name, sql: planned.statement.sql,
                    units: Dictionary(units, uniquingKeysWith: { first, _ in first }))
            }
        }
        return nil
    }

    /// What the columns are measured in, as it is known of what they were made from.
    private func units(_ result: ResultTable, _ origin: ValidatedQuery.Origin) -> [String: String] {
        let labels = ColumnLabels(knowledge: KnowledgeView(run.knowledge))
        let reads = SQLOutline(origin.sql).relations
        var units = origin.units
        for column in result.columns where units[column.name] == nil {
            units[column.name] = labels.unit(column, in: reads)
        }
        return units
    }

    private static func tokens(_ sql: String) -> [SQLToken] { SQLToken.scan(SQLOutline.body(sql)) }

    private static func table(
        _ relation: SchemaCatalog.Relation, _ name: String, _ description: String, _ units: [String: String]
    ) -> TableKnowledge {
        let time = relation.columns.first { $0.type.hasPrefix("date") || $0.type.hasPrefix("timestamp") }
        return TableKnowledge(
            name: name, description: description,
            columns: relation.columns.map {
                .init(
                    name: $0.name, type: $0.type, description: $0.comment ?? "", values: $0.labels ?? [],
                    unit: units[$0.name])
            },
            timeColumn: time?.name)
    }

    /// The content without its example.
    private static func description(_ content: String) -> String {
        content.split(separator: "\n").filter { !$0.lowercased().hasPrefix("example:") }.joined(separator: " ")
    }

    private static func example(_ content: String) -> String? {
        guard
            let start = content.split(separator: "\n", omittingEmptySubsequences: false).firstIndex(where: {
                $0.lowercased().hasPrefix("example:")
            })
        else { return nil }
        let lines = content.split(separator: "\n", omittingEmptySubsequences: false)[start...]
        let text = lines.joined(separator: "\n").dropFirst("example:".count)
        let sql = SQLOutline.body(String(text))
        return sql.isEmpty ? nil : sql
    }
}

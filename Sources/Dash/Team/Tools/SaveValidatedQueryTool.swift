import Agents
import LanguageModels
import Planner
import ServiceRuntime

/// `save_validated_query`: keeps a query for everybody, after running it.
///
/// Others find it by its name and by what its statement says, never by what the asker said.
struct SaveValidatedQueryTool: Tool {
    let run: Run
    let warehouse: Warehouse
    let knowledge: KnowledgeStore
    let provenance: ProvenanceBuilder

    var definition: ToolDefinition {
        ToolDefinition(
            name: ToolName.saveValidatedQuery,
            description:
                """
                Keeps a query that others will want, under a name. It is run first; one that fails is not kept. Name and \
                description say what it computes, not for whom or why.
                """,
            parameters: .schema(
                [
                    "name": .property("string", "Lower case with underscores, saying what it answers."),
                    "description": .property("string", "What it computes, with its filters and period."),
                    "sql": .property("string", "One SELECT statement."),
                ], required: ["name", "description", "sql"]))
    }

    var annotations: ToolAnnotations { ToolAnnotations(isReadOnly: false, isDestructive: false) }

    func call(_ arguments: JSONValue) async throws -> ToolOutput {
        guard let wanted = arguments.text("name"), let description = arguments.text("description"),
            let sql = arguments.text("sql")
        else { return ToolOutput(wrongArguments: "`name`, `description` and `sql` must not be empty.") }
        guard let name = Words.slug(Words.plain(wanted)) else {
            return ToolOutput(wrongArguments: "`name` needs letters or digits.")
        }
        if let problem = privacyProblem(wanted, description, sql) { return ToolOutput(wrongArguments: problem) }
        if let entry = try await knowledge.entry(kind: .query, name: name), entry.isCurated {
            return ToolOutput(wrongArguments: "\(name) is a curated query of \(entry.source); choose another name.")
        }
        try run.ledger.takeStatement()
        let table: ResultTable
        do {
            table = try await warehouse.analyst.run(sql, keepingAs: run.nextResultID())
        } catch let failure as SQLFailure {
            return ToolOutput(failure)
        }
        let query = ValidatedQuery(
            name: name, description: description, sql: SQLOutline.body(sql), questions: questions(name, sql),
            tables: await provenance.tables(of: [sql]), columns: table.columns.map(\.name))
        try await knowledge.save(KnowledgeEntry(content: .query(query), source: KnowledgeEntry.savedSource))
        return ToolOutput(
            content: JSONValue.object([
                "saved": .string(name), "columns": .array(query.columns.map(JSONValue.string)),
                "row_count": .integer(Int64(table.rows.count)), "tables": .array(query.tables.map(JSONValue.string)),
            ]).encoded(), summary: "query \(name) saved")
    }

    private func questions(_ name: String, _ sql: String) -> [String] {
        let title = Words.title(name)
        return [title] + [NeutralQuestion.text(for: sql)].compactMap(\.self).filter { $0 != title }
    }

    private func privacyProblem(_ name: String, _ description: String, _ sql: String) -> String? {
        if NormalisedText.namesSomebody(sql: sql) {
            return
                "The statement compares with a person's name, address or number. Queries are kept for everybody: leave that condition out, or do not save it."
        }
        let names = NeutralQuestion.names(in: name + " " + description, from: run.question.text, notIn: sql)
        guard names.isEmpty, !NormalisedText.namesSomebody(description) else {
            return
                "`name` and `description` are read by everybody: say what the query computes, without people and reasons\(names.isEmpty ? "" : " (\(names.prefix(5).joined(separator: ", ")))")."
        }
        return nil
    }
}

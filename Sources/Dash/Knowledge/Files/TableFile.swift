import ServiceRuntime

/// `tables/*.json`: one table and its columns.
///
/// The published fields are `table_name`, `table_description`, `use_cases`, `data_quality_notes` and
/// `table_columns[{name, type, description}]`. Optional: `relationships[{column, references}]` with
/// `references` as `table.column`, `time_column`, `synonyms`; on a column `synonyms`, `values`, `unit`, `pii`.
enum TableFile {
    static func parse(_ text: String, file: String) -> KnowledgeFolder.Contents {
        RecordReader.contents(of: text, file: file) { parse($0, file: file) }
    }

    private static func parse(_ members: [String: JSONValue], file: String) -> KnowledgeFolder.Contents {
        var reader = RecordReader(members, file: file, entry: nil)
        guard let name = reader.text("table_name", required: true) else { return .init(problems: reader.problems) }
        var table = TableKnowledge(name: name, description: reader.text("table_description") ?? "")
        table.useCases = reader.texts("use_cases")
        table.dataQualityNotes = reader.texts("data_quality_notes")
        table.synonyms = reader.texts("synonyms")
        table.timeColumn = reader.text("time_column")
        var problems: [KnowledgeProblem] = []
        for (index, column) in reader.records("table_columns") {
            if let column = self.column(column, index: index, file: file, problems: &problems) {
                if table.columns.contains(where: { $0.name == column.name }) {
                    reader.report("the column \"\(column.name)\" is described twice")
                } else {
                    table.columns.append(column)
                }
            }
        }
        for (index, relationship) in reader.records("relationships") {
            if let relationship = self.relationship(relationship, index: index, file: file, problems: &problems) {
                table.relationships.append(relationship)
            }
        }
        problems = reader.finish() + problems
        return .init(entries: [KnowledgeEntry(content: .table(table), source: file)], problems: problems)
    }

    private static func column(
        _ members: [String: JSONValue], index: Int, file: String, problems: inout [KnowledgeProblem]
    ) -> TableKnowledge.Column? {
        let label = members["name"]?.string.map { "column \"\($0)\"" } ?? "table_columns[\(index)]"
        var reader = RecordReader(members, file: file, entry: label)
        let name = reader.text("name", required: true)
        let column = TableKnowledge.Column(
            name: name ?? "", type: reader.text("type") ?? "", description: reader.text("description") ?? "",
            synonyms: reader.texts("synonyms"), values: reader.texts("values"), unit: reader.text("unit"),
            isPersonal: reader.flag("pii"))
        problems += reader.finish()
        return name == nil ? nil : column
    }

    private static func relationship(
        _ members: [String: JSONValue], index: Int, file: String, problems: inout [KnowledgeProblem]
    ) -> TableKnowledge.Relationship? {
        var reader = RecordReader(members, file: file, entry: "relationships[\(index)]")
        defer { problems += reader.finish() }
        guard let column = reader.text("column", required: true),
            let references = reader.text("references", required: true)
        else { return nil }
        guard references.split(separator: ".", omittingEmptySubsequences: false).count >= 2 else {
            reader.report("\"references\" must have the form table.column")
            return nil
        }
        return TableKnowledge.Relationship(column: column, references: references)
    }
}

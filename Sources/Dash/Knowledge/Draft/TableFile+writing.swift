import ServiceRuntime

extension TableFile {
    /// The file's text: fields in the order of the published format, a column per line, so that it reads and diffs well.
    static func text(of table: TableKnowledge) -> String {
        var lines = [
            member("table_name", .string(table.name)),
            member("table_description", .string(table.description)),
            list("use_cases", table.useCases.map { JSONValue.string($0).encoded() }),
            list("data_quality_notes", table.dataQualityNotes.map { JSONValue.string($0).encoded() }),
        ]
        if !table.synonyms.isEmpty {
            lines.append(list("synonyms", table.synonyms.map { JSONValue.string($0).encoded() }))
        }
        if let column = table.timeColumn { lines.append(member("time_column", .string(column))) }
        if !table.relationships.isEmpty {
            lines.append(
                list(
                    "relationships",
                    table.relationships.map {
                        object([("column", .string($0.column)), ("references", .string($0.references))])
                    }))
        }
        lines.append(list("table_columns", table.columns.map(column)))
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }

    private static func column(_ column: TableKnowledge.Column) -> String {
        var members: [(String, JSONValue)] = [
            ("name", .string(column.name)), ("type", .string(column.type)),
            ("description", .string(column.description)),
        ]
        if !column.synonyms.isEmpty { members.append(("synonyms", .array(column.synonyms.map { .string($0) }))) }
        if !column.values.isEmpty { members.append(("values", .array(column.values.map { .string($0) }))) }
        if let unit = column.unit { members.append(("unit", .string(unit))) }
        if column.isPersonal { members.append(("pii", true)) }
        return object(members)
    }

    private static func member(_ name: String, _ value: JSONValue) -> String {
        "  \(JSONValue.string(name).encoded()): \(value.encoded())"
    }

    private static func list(_ name: String, _ elements: [String]) -> String {
        let head = "  \(JSONValue.string(name).encoded()): ["
        return elements.isEmpty ? head + "]" : head + "\n    " + elements.joined(separator: ",\n    ") + "\n  ]"
    }

    private static func object(_ members: [(String, JSONValue)]) -> String {
        "{" + members.map { "\(JSONValue.string($0).encoded()): \($1.encoded())" }.joined(separator: ", ") + "}"
    }
}

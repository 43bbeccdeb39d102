/// A first `tables/*.json` for a table that nobody has described yet: what the schema tells, for a person to complete.
package struct KnowledgeDraft: Sendable, Equatable {
    package let table: TableKnowledge

    /// - Parameter values: the values that occur, per column, for those with few.
    package init(of relation: SchemaCatalog.Relation, values: [String: [String]] = [:]) {
        let isAboutPeople = PersonalDataGuess.isAboutPeople(relation.name)
        let references = Self.references(of: relation)
        var table = TableKnowledge(name: Self.name(of: relation), description: relation.comment ?? "")
        table.columns = relation.columns.map { column in
            let isPersonal = PersonalDataGuess.isPersonal(
                column.name, type: column.type, inTableAboutPeople: isAboutPeople)
            return TableKnowledge.Column(
                name: column.name, type: column.type,
                description: column.comment
                    ?? Self.keyDescription(of: column.name, in: relation, references: references),
                values: isPersonal ? [] : column.labels ?? values[column.name] ?? [], isPersonal: isPersonal)
        }
        table.relationships = references
        table.timeColumn = TimeColumnGuess.best(of: relation.columns)
        self.table = table
    }

    /// As people name it: with its schema only outside of `public`.
    package static func name(of relation: SchemaCatalog.Relation) -> String {
        relation.schema == "public" ? relation.name : "\(relation.schema).\(relation.name)"
    }

    private static func references(of relation: SchemaCatalog.Relation) -> [TableKnowledge.Relationship] {
        // A key over several columns has no form in the file format: one column of it alone would join wrongly.
        relation.foreignKeys.compactMap { key in
            guard key.columns.count == 1, let column = key.columns.first, let target = key.referencedColumns.first
            else { return nil }
            let table =
                key.referencedSchema == "public"
                ? key.referencedTable : "\(key.referencedSchema).\(key.referencedTable)"
            return TableKnowledge.Relationship(column: column, references: "\(table).\(target)")
        }
    }

    private static func keyDescription(
        of column: String, in relation: SchemaCatalog.Relation, references: [TableKnowledge.Relationship]
    ) -> String {
        if relation.primaryKey == [column] { return "Primary key" }
        if let reference = references.first(where: { $0.column == column }) {
            return "References \(reference.references)"
        }
        return ""
    }
}

/// The columns that hold personal data, as the knowledge about tables says.
package struct PersonalColumns: Sendable, Equatable {
    package static let none = PersonalColumns([])

    /// Lower-cased table name, as the knowledge writes it, to column to whether it is personal.
    private var tables: [String: [String: Bool]] = [:]
    private var names: Set<String> = []

    package init(_ knowledge: [TableKnowledge]) {
        for table in knowledge {
            for column in table.columns {
                tables[table.name.lowercased(), default: [:]][column.name.lowercased()] = column.isPersonal
                if column.isPersonal { names.insert(column.name.lowercased()) }
            }
        }
    }

    /// What is known about the column itself decides. Of a column that nobody has described, for example of a view over
    /// described tables, the name decides.
    package func contains(_ column: String, in relation: SchemaCatalog.Relation) -> Bool {
        let column = column.lowercased()
        let table =
            tables["\(relation.schema).\(relation.name)".lowercased()]
            ?? (relation.schema == "dash" ? nil : tables[relation.name.lowercased()])
        return table?[column] ?? names.contains(column)
    }
}

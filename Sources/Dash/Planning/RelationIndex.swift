/// Finds the relation that a name in knowledge means, as fast for thousands of relations as for ten.
///
/// As `SchemaCatalog.relation(named:)`: with a schema or without, quoted or not; a name written exactly comes first, then
/// one that differs in case, and of several schemas the first.
struct RelationIndex: Sendable {
    private let relations: [SchemaCatalog.Relation]
    private var exact: [String: Int] = [:]
    private var folded: [String: Int] = [:]

    init(_ catalog: SchemaCatalog) {
        relations = catalog.relations
        for (index, relation) in relations.enumerated() {
            for name in [relation.name, relation.qualifiedName] {
                exact[name] = exact[name] ?? index
                folded[name.lowercased()] = folded[name.lowercased()] ?? index
            }
        }
    }

    subscript(name: String) -> SchemaCatalog.Relation? {
        let parts = SQLIdentifier.parts(of: name)
        let wanted = parts.isEmpty ? name.filter { $0 != "\"" } : parts.joined(separator: ".")
        return (exact[wanted] ?? folded[wanted.lowercased()]).map { relations[$0] }
    }

    /// Finds `table.column` or `schema.table.column`.
    func column(_ reference: String) -> (relation: SchemaCatalog.Relation, column: SchemaCatalog.Column)? {
        let parts = SQLIdentifier.parts(of: reference)
        guard (2...3).contains(parts.count), let name = parts.last,
            let relation = self[parts.dropLast().joined(separator: ".")], let column = relation.column(named: name)
        else { return nil }
        return (relation, column)
    }
}

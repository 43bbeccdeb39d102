/// Tables that say of what kind the rows of another one are: "all barbers" of businesses and their categories.
extension QuestionReader {
    private static let kinds: Set<String> = [
        "category", "categories", "type", "types", "tag", "tags", "genre", "genres", "kind", "kinds",
    ]

    /// The table whose rows have the kind that a value names; the value's own table where it is no such table.
    func bearer(of filter: Draft.Filter) -> Int {
        let table = filter.table
        let columns = Self.columns(filter.condition).compactMap(model.column)
        guard columns.count == 1, let column = columns.first, [.label, .category].contains(column.role),
            !(model.tables[table].words + column.words).allSatisfy({ !Self.kinds.contains($0) }),
            model.tables[table].columns.count <= 4
        else { return table }
        let parents = relations.reachable(from: table).filter { $0.value == 1 }.map(\.key)
        return parents.count == 1 ? parents[0] : table
    }
}

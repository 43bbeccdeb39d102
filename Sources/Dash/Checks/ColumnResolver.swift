import SQLGuard

/// Finds the tables and columns that a statement's names stand for.
struct ColumnResolver: Sendable {
    struct Place: Sendable, Equatable {
        var relation: SchemaCatalog.Relation
        var column: SchemaCatalog.Column
    }

    let outline: SelectOutline
    let catalog: SchemaCatalog

    func relation(of source: SelectOutline.Source) -> SchemaCatalog.Relation? {
        guard case .table(let schema, let name) = source.origin else { return nil }
        return catalog.relation(named: (schema.map { $0 + "." } ?? "") + name)
    }

    /// The only source of the block that has the column.
    func source(of name: SelectOutline.ColumnName, in block: SelectOutline.Block) -> Int? {
        let found = block.sources.indices.filter { index in
            if let qualifier = name.qualifier { return block.sources[index].alias == qualifier }
            return block.sources.count == 1 || has(name.name, block.sources[index])
        }
        return found.count == 1 ? found[0] : nil
    }

    /// The column of a table or view that the name is, seen through queries that pass it on as it is.
    func place(of name: SelectOutline.ColumnName, in block: SelectOutline.Block, depth: Int = 0) -> Place? {
        guard depth < 8, let index = source(of: name, in: block) else { return nil }
        let source = block.sources[index]
        if let relation = relation(of: source) {
            return relation.columns.first { $0.name == name.name }.map { Place(relation: relation, column: $0) }
        }
        guard let inner = outline.block(of: source) else { return nil }
        for output in inner.outputs where output.name == name.name {
            guard case .column(let passed) = output.value else { return nil }
            return place(of: passed, in: inner, depth: depth + 1)
        }
        guard inner.hasStar, inner.sources.count == 1 else { return nil }
        return place(of: SelectOutline.ColumnName(nil, name.name), in: inner, depth: depth + 1)
    }

    /// The tables and views that the statement reads, wherever.
    var relations: [SchemaCatalog.Relation] {
        var found: [SchemaCatalog.Relation] = []
        for source in outline.blocks.flatMap(\.sources) {
            if let relation = relation(of: source), !found.contains(relation) { found.append(relation) }
        }
        return found
    }

    private func has(_ column: String, _ source: SelectOutline.Source) -> Bool {
        if source.origin == .series { return source.columns.contains(column) }
        if let relation = relation(of: source) { return relation.columns.contains { $0.name == column } }
        guard let inner = outline.block(of: source) else { return false }
        return inner.hasStar || inner.outputs.contains { $0.name == column }
    }
}

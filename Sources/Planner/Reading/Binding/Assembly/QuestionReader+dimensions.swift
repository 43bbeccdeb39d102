/// What numbers are split by.
extension QuestionReader {
    /// "which city", "the name of the customer": asked columns say what numbers are grouped by.
    mutating func groupByAsked(_ base: Int) throws {
        if let subject = draft.subject, draft.entities.isEmpty, draft.groups.isEmpty, draft.grain == nil,
            draft.rank != nil || !draft.having.isEmpty
                || subject != base && part == nil && asked.isEmpty && phrases.first?.count == nil
                    && !comparesSegments
        {
            if asked.isEmpty || asked.allSatisfy({ describes(subject, $0) }) {
                draft.entities = [subject]
                draft.columns = asked + draft.columns
                asked = []
            }
        }
        for column in asked {
            if draft.entities.contains(where: { describes($0, column) }) {
                draft.columns.append(column)
            } else if model.columns[column].role == .key || model.columns[column].role == .label,
                draft.groups.isEmpty || draft.entities.isEmpty, !draft.entities.contains(model.columns[column].table),
                asked.count(where: { model.columns[$0].table == model.columns[column].table }) > 1
            {
                draft.entities.append(model.columns[column].table)
                draft.columns.append(column)
            } else if !draft.groups.contains(.column(id(column))) {
                draft.groups.append(.column(id(column)))
            }
        }
        asked = []
    }

    /// Whether the column says something about a row of the table.
    func describes(_ table: Int, _ column: Int) -> Bool {
        relations.stepsUp(from: table, to: model.columns[column].table) != nil
    }

    mutating func addDimensions(to plan: inout Plan, base: Int, numbers: [Draft.Number]) throws {
        if let grain = draft.grain, try addCalendarColumns(grain, to: &plan, base: base) {
        } else if let grain = draft.grain {
            plan.dimensions.append(.time(try timeColumn(base: base, numbers: numbers), grain))
        }
        if let cycle = draft.cycle {
            plan.dimensions.append(.cycle(try timeColumn(base: base, numbers: numbers), cycle))
        }
        for entity in draft.entities {
            let table = model.tables[entity]
            guard let key = table.key ?? table.labels.first else {
                throw ReadFailure.unsound("Nothing tells the \(table.title) apart.")
            }
            try reach(entity, from: base)
            let shown = draft.columns.filter { describes(entity, $0) && !isDimension($0) }
            // A table that is called by its one label is grouped by its key and shown by its label.
            plan.dimensions.append(.column(try routed(key, base)))
            let labels = shown.isEmpty ? (table.key == nil ? [] : table.labels) : shown
            for column in labels where column != key { plan.columns.append(try routed(column, base)) }
        }
        for group in draft.groups {
            if case .column(let column) = group, let known = model.column(column) {
                try reach(known.table, from: base)
                plan.dimensions.append(.column(try routed(known.index, base)))
            } else {
                plan.dimensions.append(group)
            }
        }
        for column in draft.columns
        where !plan.columns.contains(where: { $0.name == id(column).name && $0.table == id(column).table }) {
            if isDimension(column) || draft.entities.contains(where: { model.tables[$0].key == column }) { continue }
            if draft.entities.contains(where: { describes($0, column) }) { continue }
            guard model.columns[column].role != .measure else {
                throw ReadFailure.unsound("It is not said how \(title(column)) is put together for each of them.")
            }
            try reach(model.columns[column].table, from: base)
            plan.dimensions.append(.column(try routed(column, base)))
        }
    }

    private func isDimension(_ column: Int) -> Bool { draft.groups.contains(.column(id(column))) }

    /// Makes sure that every row of the one belongs to one of the other.
    func reach(_ table: Int, from base: Int) throws {
        if let steps = relations.stepsUp(from: base, to: table), steps > 1,
            model.columns(of: base).contains(where: {
                $0.role == .code && $0.words.count > 1 && $0.words.last == "id" && $0.kind == .number
            }),
            !relations.reachable(from: base).contains(where: {
                $0.value < steps && $0.value > 0 && mentioned.contains($0.key)
            })
        {
            throw ReadFailure.unsound(
                "How \(model.tables[base].title) belong to \(model.tables[table].title) is not declared.")
        }
        guard relations.stepsUp(from: base, to: table) != nil else {
            throw ReadFailure.unsound(
                "\(model.tables[base].title) do not belong to one of \(model.tables[table].title) each.")
        }
    }

    /// The foreign key of one table that tells rows of the other apart.
    func keyColumn(of fact: Int, to table: Int) -> Int? {
        let edges = relations.graph.edges(from: model.tables[fact].id).filter {
            $0.to == model.tables[table].id && $0.isForward && $0.fromColumns.count == 1
        }
        guard edges.count == 1, let edge = edges.first, edge.isToOne, isIdentity(edge.toColumns, of: table) else {
            return nil
        }
        return model.columns(of: fact).first { $0.id.name == edge.fromColumns[0] }?.index
    }

    private func isIdentity(_ columns: [String], of table: Int) -> Bool {
        let source = model.source.tables[table]
        if let key = model.tables[table].key, columns == [model.columns[key].id.name] { return true }
        return ([source.primaryKey] + source.uniqueKeys).contains { $0 == columns }
    }
}

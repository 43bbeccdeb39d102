/// Signs that a plan is not what was asked, whatever way the words took to it.
///
/// Nobody asks for a number that is one by its make, or for an average of single rows: a word was lost on the way.
struct PlanDoubt {
    let model: SemanticModel

    /// A sentence for people; nil where nothing speaks against the plan.
    func cause(against plan: Plan) -> String? {
        if plan.measures.contains(where: isSelfRatio) {
            return "Both sides of the ratio come out as the same number; I did not understand what tells them apart."
        }
        if plan.measures.contains(where: isOfSingles) {
            return "There is one of what is counted in every group; I did not understand what is counted."
        }
        if let single = plan.measures.lazy.compactMap({ onlyOne($0, in: plan) }).first {
            return "Each row has one \(single.title) at most; I did not understand which ones are counted."
        }
        if let key = plan.dimensions.first(where: { isRow($0, of: plan) }), case .column(let column) = key {
            return "By \(column.name) every group would be a single row."
        }
        if plan.recipe == .value, !plan.order.isEmpty {
            return "One number has no order; I did not understand what is listed."
        }
        if let column = torn(plan.conditions) {
            return "No row has two of these as its \(column.name) at once; I did not understand which one is meant."
        }
        if plan.conditions.contains(where: { isDenied($0, by: plan.conditions) }) {
            return "What must not be there at all cannot be told apart by what happened to it."
        }
        if PlanContent(plan).conditions.contains(where: isOfTallies) {
            return "Each of these rows stands for several; how many there must be cannot be counted."
        }
        return nil
    }

    /// A column that is to have two values at once.
    private func torn(_ conditions: [Condition]) -> ColumnID? {
        var kept: [ColumnID: Set<String>] = [:]
        for case .oneOf(let held, let values) in conditions {
            let column = ownKey(held)
            guard let common = kept[column]?.intersection(values) ?? .some(Set(values)), !common.isEmpty else {
                return column
            }
            kept[column] = common
        }
        return nil
    }

    /// The key of the rows themselves, where it stands for the column that it leads to.
    private func ownKey(_ column: ColumnID) -> ColumnID {
        guard let role = column.role,
            let key = model.columns.first(where: { key in
                key.id.name == role && key.role == .foreignKey
                    && key.targets.contains { target in
                        model.tables[target].key.map { model.columns[$0].id.name == column.name } ?? false
                            && model.tables[target].id == column.table
                    }
            })
        else { return column }
        return key.id
    }

    /// No row at all of a table, and some rows of it.
    private func isDenied(_ condition: Condition, by others: [Condition]) -> Bool {
        guard case .not(.related(let table, let inner, let role)) = condition, inner.isEmpty else { return false }
        return others.contains { other in
            switch other {
            case .related(table, _, role): true
            case .counted(let rows, let comparator, _):
                rows.table == table && rows.role == role && [.greater, .atLeast].contains(comparator)
            default: false
            }
        }
    }

    private func isOfTallies(_ condition: Condition) -> Bool {
        guard case .counted(let rows, _, _) = condition, rows.distinct == nil else { return false }
        return model.tally(of: rows.table) != nil
    }

    private func isSelfRatio(_ measure: Measure) -> Bool {
        switch measure {
        case .ratio(let upper, let lower), .difference(let upper, let lower):
            upper == lower || isSelfRatio(upper) || isSelfRatio(lower)
        case .filtered(let inner, _), .shareOfTotal(let inner), .aggregateOfGroups(_, let inner, _),
            .running(let inner):
            isSelfRatio(inner)
        case .metric, .count, .countDistinct, .aggregate: false
        }
    }

    /// The average number of rows per row.
    private func isOfSingles(_ measure: Measure) -> Bool {
        guard case .aggregateOfGroups(_, .count(let counted), let column) = measure, counted == column.table,
            let table = model.tables.first(where: { $0.id == counted }), let key = table.key
        else { return false }
        return model.columns[key].id.name == column.name
    }

    /// Different values of a column, counted within single rows that have one each.
    private func onlyOne(_ measure: Measure, in plan: Plan) -> ColumnModel? {
        switch measure {
        case .filtered(let inner, _): return onlyOne(inner, in: plan)
        case .countDistinct(let column):
            guard let table = model.tables.first(where: { $0.id == column.table }), let key = table.key,
                plan.dimensions.contains(.column(model.columns[key].id))
            else { return nil }
            return model.column(column)
        default: return nil
        }
    }

    /// Whether the groups are the rows that are computed over.
    private func isRow(_ dimension: Dimension, of plan: Plan) -> Bool {
        guard case .column(let column) = dimension, plan.columns.isEmpty, !plan.measures.isEmpty,
            let table = model.tables.first(where: { $0.id == column.table }),
            let key = table.key, model.columns[key].id.name == column.name
        else { return false }
        return plan.measures.allSatisfy { isOver(column.table, $0) }
    }

    private func isOver(_ table: TableID, _ measure: Measure) -> Bool {
        switch measure {
        case .count(let own): own == table
        case .countDistinct(let column): column.table == table
        case .aggregate(let aggregate, .column(let column)): column.table == table && aggregate == .average
        case .filtered(let inner, _): isOver(table, inner)
        default: false
        }
    }
}

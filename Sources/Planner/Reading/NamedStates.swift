/// Curated numbers that are called as rows in a state are: "active customers".
struct NamedStates {
    let model: SemanticModel

    /// The state and the rows that the words are by themselves, where the number that they name leads nowhere.
    ///
    /// - Parameter shorter: pieces of which none is the whole name.
    func rows(_ name: Piece, in shorter: [Piece]) -> (state: Condition, table: Int)? {
        let parts = shorter.filter { name.range.overlaps($0.range) && !$0.isSilent }
        guard parts.count == 2, let table = parts[1].table, name.words.last.map({ $0.hasSuffix("s") }) == true else {
            return nil
        }
        for entry in parts[0].entries {
            guard case .value(let column, let values) = entry.sense, entry.quality >= 0.97,
                model.columns[column].table == table,
                model.columns[column].words.contains(where: SpokenForms.States.words.contains)
            else { continue }
            return (.oneOf(model.columns[column].id, values), table)
        }
        return nil
    }

    /// Whether a plan counts other rows than those that were called so, and asks of these what belongs to them.
    func isOfOthers(_ name: Piece, in shorter: [Piece], _ plan: Plan) -> Bool {
        guard let (_, table) = rows(name, in: shorter), plan.measures.count == 1,
            case .metric(let called) = plan.measures[0],
            let metric = model.source.metrics.first(where: { $0.name == called }),
            metric.tables != [model.tables[table].id]
        else { return false }
        return plan.conditions.contains { condition in
            switch condition {
            case .related, .counted, .not(.related): true
            default: false
            }
        }
    }

    /// What is told about the reading; nil where the plan is of other rows.
    func remark(_ name: Piece, in shorter: [Piece], _ plan: Plan) -> String? {
        guard let (state, table) = rows(name, in: shorter),
            plan.conditions.contains(state), case .oneOf(let column, let values) = state,
            plan.subject == model.tables[table].id || plan.measures == [.count(model.tables[table].id)]
        else { return nil }
        return "“\(name.text)” are here \(model.tables[table].title) whose \(column.name) is \(values[0]) today."
    }
}

/// What people have taught to count alone, unless the question says otherwise.
extension QuestionReader {
    mutating func addTaught(to plan: inout Plan, base: Int) throws {
        for filter in overlay.filters {
            if let metric = filter.metric { plan = called(metric, plan) }
            let columns = Set(Self.columns(filter.condition))
            if plan.conditions.contains(where: { !columns.isDisjoint(with: Self.columns($0)) }) { continue }
            if filter.table == model.tables[base].id {
                plan.conditions.append(filter.condition)
            } else if let metric = filter.metric, plan.measures.contains(.metric(metric)) {
                try checkHoldsThen(filter.condition, metric)
                if plan.measures.count == 1 {
                    plan.conditions.append(filter.condition)
                } else {
                    // It is said of this number and of none beside it.
                    plan.measures = plan.measures.map {
                        $0 == .metric(metric) ? .filtered($0, [filter.condition]) : $0
                    }
                }
            } else {
                continue
            }
            assume("Which rows count was taught; the filters say which.")
        }
    }

    /// A measure put together from columns that is this metric by its definition.
    private func called(_ metric: String, _ plan: Plan) -> Plan {
        guard !plan.measures.contains(.metric(metric)) else { return plan }
        let named = CuratedMeasures(model: model).named(plan)
        return named.measures.contains(.metric(metric)) ? named : plan
    }

    /// A stock is of any moment, and a state is that of today.
    private func checkHoldsThen(_ condition: Condition, _ metric: String) throws {
        guard let index = model.source.metrics.firstIndex(where: { $0.name == metric }),
            let rows = model.metricRows[index], rows.isStock
        else { return }
        for column in Self.columns(condition).compactMap(model.column)
        where column.words.contains(where: Self.states.contains) {
            throw ReadFailure.unsound("\(metric) is of what holds; \(column.title) says how things stand today.")
        }
    }
}

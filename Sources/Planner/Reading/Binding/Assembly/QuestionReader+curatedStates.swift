/// What somebody has defined of states and of dates goes before what the columns say by themselves.
extension QuestionReader {
    /// "how many tickets are open", where open tickets are a number of its own that counts more states than one.
    mutating func useDefinedState(_ plan: inout Plan) {
        plan.conditions = plan.conditions.map { condition in
            switch condition {
            case .related(let table, let inner, let role):
                .related(table, conditions: defined(inner, of: table), role: role)
            case .not(.related(let table, let inner, let role)):
                .not(.related(table, conditions: defined(inner, of: table), role: role))
            default: condition
            }
        }
        guard plan.measures.count == 1, plan.having.isEmpty, plan.comparison == nil, let table = countedTable(plan)
        else { return }
        for case .oneOf(let column, let values) in plan.conditions where values.count == 1 {
            guard column.table == table, !plan.dimensions.contains(.column(column)) else { continue }
            guard let metric = definition(of: values[0], column) else { continue }
            let name = model.source.metrics[metric].name
            plan.conditions.removeAll { $0 == .oneOf(column, values) }
            plan.measures = [.metric(name)]
            assume("“\(values[0])” counts as “\(name)” defines it.")
            return
        }
    }

    private mutating func defined(_ conditions: [Condition], of table: TableID) -> [Condition] {
        conditions.map { condition in
            guard case .oneOf(let column, let values) = condition, values.count == 1, column.table == table,
                let metric = definition(of: values[0], column), let rows = model.metricRows[metric]
            else { return condition }
            assume("“\(values[0])” counts as “\(model.source.metrics[metric].name)” defines it.")
            return rows.conditions[0]
        }
    }

    /// The number that is called as rows in the state are, and counts more states than this one.
    private func definition(of state: String, _ column: ColumnID) -> Int? {
        guard let known = model.column(column), known.words.contains(where: SpokenForms.States.words.contains) else {
            return nil
        }
        let defined = model.source.metrics.indices.filter { index in
            guard isCount(index), !isStockMetric(index), let rows = model.metricRows[index], rows.table == column.table,
                rows.conditions.count == 1, case .oneOf(column, let wide)? = rows.conditions.first
            else { return false }
            return wide.count > 1 && wide.contains(state) && isCalled(index, state, column.table)
        }
        return defined.count == 1 ? defined[0] : nil
    }

    private func countedTable(_ plan: Plan) -> TableID? {
        switch plan.measures[0] {
        case .count(let table): return table
        case .metric(let name):
            guard let index = model.source.metrics.firstIndex(where: { $0.name == name }),
                let rows = model.metricRows[index], rows.isCount, !rows.isStock, rows.conditions.isEmpty
            else { return nil }
            return rows.table
        default: return nil
        }
    }

    private func isCalled(_ metric: Int, _ state: String, _ table: TableID) -> Bool {
        guard let names = model.table(table)?.names.map({ $0.words.map(NameWords.base) }) else { return false }
        let said = Words.plain(state).map(NameWords.base)
        let metric = model.source.metrics[metric]
        return ([metric.name] + metric.synonyms).contains { text in
            let words = Words.plain(text).map(NameWords.base)
            return words.starts(with: said) && names.contains(Array(words.dropFirst(said.count)))
        }
    }

    /// "cancellation reasons in 2026": when it was cancelled, as the numbers that are split by it have it.
    mutating func useReasonDate(_ plan: inout Plan) {
        guard let time = plan.time?.column, let table = model.table(time.table),
            table.mainTime.map({ model.columns[$0].id }) == time, draft.timeColumn == nil,
            plan.measures.allSatisfy({ $0 == .count(time.table) })
        else { return }
        let shown =
            plan.columns + plan.dimensions.compactMap { if case .column(let column) = $0 { column } else { nil } }
        for column in shown where column.table == time.table {
            guard let known = model.column(column), known.isNullable, known.role == .category else { continue }
            let times = Set(
                model.source.metrics.compactMap { metric -> String? in
                    guard case .aggregate(let part, _) = metric.computation, part.table == time.table,
                        metric.dimensions.contains(where: { $0 == column.name || $0.hasSuffix(".\(column.name)") })
                    else { return nil }
                    return part.timeColumn
                })
            guard times.count == 1, let own = times.first, own != time.name,
                let moment = model.column(ColumnID(time.table, own))
            else { continue }
            plan.time?.column = moment.id
            assume("By \(moment.title).")
            return
        }
    }
}

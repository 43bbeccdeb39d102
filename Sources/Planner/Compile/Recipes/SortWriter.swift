/// The order of groups: as asked, else as the recipe reads best, and always down to the last tie.
struct SortWriter {
    let plan: Plan
    let shape: GroupedShape
    let names: [String]
    let columns: [CompiledPlan.Column]

    func order(
        _ rows: GroupedRows, hidden: HiddenFormulas, reader: MeasureReader
    ) throws(CompileError) -> [SQLSelect.Sort] {
        guard !shape.groupings.isEmpty else { return [] }
        var keys: [SQLSelect.Sort] = []
        for order in plan.order {
            switch order.key {
            case .measure(let index):
                guard shape.measures.indices.contains(index) else { throw outside }
                keys.append(.init(expression: .column(nil, names[index]), isDescending: order.isDescending))
            case .dimension(let index):
                guard shape.places.dimensions.indices.contains(index) else { throw outside }
                keys += sorts(shape.places.dimensions[index], rows, isDescending: order.isDescending)
            case .column(let index):
                guard shape.places.columns.indices.contains(index) else { throw outside }
                keys += sorts(shape.places.columns[index], rows, isDescending: order.isDescending)
            case .hidden(let column):
                guard let index = shape.groupings.firstIndex(where: { $0.kind == .column(column) }) else {
                    throw outside
                }
                keys += sorts(index, rows, isDescending: order.isDescending)
            case .hiddenMeasure(let measure):
                let formula = try reader.formula(measure, for: plan.recipe)
                guard let index = hidden.all.firstIndex(of: formula) else { throw outside }
                let expression: SQLExpression =
                    index < shape.measures.count ? .column(nil, names[index]) : rows.values[index]
                keys.append(.init(expression: expression, isDescending: order.isDescending))
            case .change:
                guard let change = columns.first(where: { $0.role == .change }) else { throw outside }
                keys.append(.init(expression: .column(nil, change.name), isDescending: order.isDescending))
            }
        }
        if keys.isEmpty { keys = usual(rows) }
        for index in shape.groupings.indices {
            for key in sorts(index, rows, isDescending: false)
            where !keys.contains(where: { $0.expression == key.expression }) { keys.append(key) }
        }
        return keys
    }

    /// Periods, ranges and segments in their own order; other groups by the number that is asked for, largest first.
    private func usual(_ rows: GroupedRows) -> [SQLSelect.Sort] {
        let ordered = shape.groupings.indices.filter { index in
            switch shape.groupings[index].kind {
            case .time, .cycle, .range, .segments: true
            case .column: false
            }
        }
        if !ordered.isEmpty, plan.recipe != .ranking {
            return ordered.flatMap { sorts($0, rows, isDescending: false) }
        }
        guard plan.recipe != .list, let first = names.first else { return [] }
        return [.init(expression: .column(nil, first), isDescending: true)]
    }

    private func sorts(_ index: Int, _ rows: GroupedRows, isDescending: Bool) -> [SQLSelect.Sort] {
        let grouping = shape.groupings[index]
        if case .segments(let segments) = grouping.kind, let expression = rows.groups[index].first {
            let labels = segments.map { SQLExpression.text($0.label) }
            return [
                .init(
                    expression: .call("array_position", [.array(labels), expression]), isDescending: isDescending)
            ]
        }
        if case .cycle(_, let cycle) = grouping.kind, cycle != .hourOfDay, let expression = rows.groups[index].first {
            let place = CycleWriter(days: shape.tools.days).place(cycle, expression)
            return [.init(expression: place, isDescending: isDescending)]
        }
        if grouping.isHidden {
            return rows.groups[index].map { .init(expression: $0, isDescending: isDescending) }
        }
        return [.init(expression: .column(nil, grouping.names[0]), isDescending: isDescending)]
    }

    private var outside: CompileError { CompileError("The order names what the result does not hold.") }
}

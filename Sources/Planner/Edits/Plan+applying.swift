extension Plan {
    /// The plan with the edit made; a pure function, so that following "by X" and taking it back gives the first plan.
    package func applying(_ edit: PlanEdit) -> Plan {
        var plan = self
        switch edit {
        case .explain: return plan
        case .present(let presentation):
            plan.presentation = presentation
            return plan
        case .split(let dimensions, let columns, let isAdded):
            plan.countRows()
            let kept = isAdded ? plan.dimensions : plan.dimensions.filter(\.isTime)
            plan.split(by: kept + dimensions.filter { !kept.contains($0) })
            plan.columns = isAdded ? plan.columns + columns.filter { !plan.columns.contains($0) } : columns
        case .removeSplit:
            let others = plan.dimensions.filter { !$0.isTime }
            plan.split(by: others.isEmpty ? [] : plan.dimensions.filter(\.isTime))
            if !plan.measures.isEmpty { plan.columns = [] }
        case .removeDimension(let dimension):
            plan.split(by: plan.dimensions.filter { $0 != dimension })
            if let table = dimension.table, !plan.dimensions.contains(where: { $0.table == table }) {
                plan.columns.removeAll { $0.table == table }
            }
        case .grain(let grain, let column):
            plan.countRows()
            if !plan.dimensions.contains(where: \.isTime) { plan.order = [] }
            plan.split(by: [.time(column, grain)] + plan.dimensions.filter { !$0.isTime })
        case .filter(let condition):
            plan.conditions.removeAll { !$0.columns.isEmpty && $0.columns == condition.columns }
            plan.conditions.append(condition)
        case .include(let condition): plan.include(condition)
        case .exclude(let condition): plan.exclude(condition)
        case .removeFilters:
            plan.conditions = []
            plan.having = []
        case .removeFiltersOf(let column): plan.conditions.removeAll { $0.columns == [column] }
        case .period(let scope):
            if plan.time == nil, let moved = plan.conditions(movedTo: scope.period) {
                plan.conditions = moved
                break
            }
            plan.time = TimeScope(column: scope.column ?? plan.time?.column, period: scope.period)
            plan.comparison = nil
        case .removePeriod:
            plan.time = nil
            plan.comparison = nil
        case .compare(let comparison): plan.comparison = comparison
        case .top(let count, let isDescending): plan.rank(count, isDescending: isDescending)
        case .removeLimit:
            plan.limit = nil
            plan.order = reordered ?? plan.order
            plan.reordered = nil
        case .next(let count):
            plan.offset = (offset ?? 0) + (limit ?? 0)
            plan.limit = count
            if count == nil { plan.reordered = nil }
            return plan
        case .sort(let isDescending): plan.sort(by: [Order(.measure(0), isDescending: isDescending)])
        case .order(let order): plan.sort(by: order)
        case .having(let having):
            plan.having.removeAll { $0.measure == having.measure }
            plan.having.append(having)
        case .addColumns(let columns): plan.columns += columns.filter { !plan.columns.contains($0) }
        case .addMeasure(let measure):
            if !plan.measures.contains(measure) { plan.measures.append(measure) }
        case .replaceMeasure(let measure):
            plan.measures = [measure]
            if plan.recipe == .review { plan.recipe = .comparison }
            plan.order = plan.order.filter { $0.key == .measure(0) || !$0.isOfMeasure }
            plan.having = []
        case .count:
            if plan.measures.isEmpty { plan.countRows() } else { plan = plan.applying(.removeSplit) }
        case .share:
            let isCourse = !plan.dimensions.isEmpty && plan.dimensions.allSatisfy(\.isTime)
            if isCourse, !plan.conditions.isEmpty {
                // What was picked is a part of all of its period.
                plan.measures = plan.measures.map { .ratio(.filtered($0, conditions), $0) }
                plan.conditions = []
            } else {
                plan.measures = plan.measures.map { .shareOfTotal($0) }
            }
            plan.recipe = .share
        case .drivers(let scope, let comparison, let measure, let dimension):
            plan = Plan(
                recipe: .comparison, measures: [measure], dimensions: dimension.map { [$0] } ?? [],
                conditions: plan.conditions, time: scope, comparison: comparison, presentation: plan.presentation)
        case .rows(let table, let columns, let conditions, let time):
            plan = Plan(
                recipe: .list, subject: table, columns: columns, conditions: conditions, time: time,
                presentation: presentation)
        case .numberOfRows(let measure):
            plan = Plan(
                recipe: .value, measures: [measure], conditions: conditions, time: time, presentation: presentation)
        case .countOf(let table, let conditions):
            plan = Plan(recipe: .value, measures: [.count(table)], conditions: conditions, presentation: presentation)
        case .numberOfEach(let measure, let key, let columns, let conditions):
            plan = Plan(
                recipe: .breakdown, measures: [measure], dimensions: [.column(key)], columns: columns,
                conditions: conditions, presentation: plan.presentation)
        case .removeMeasure(let measure):
            plan.measures.removeAll { $0 == measure }
            plan.order = plan.order.filter { !$0.isOfMeasure }
        }
        if !edit.keepsRows { plan.offset = nil }
        if plan.dimensions != dimensions || plan.columns != columns || plan.measures != measures || plan.limit != limit
        {
            plan.reordered = nil
        }
        if [.definition, .description].contains(plan.recipe), !plan.measures.isEmpty { plan.recipe = .value }
        plan.recipe = plan.shape
        return plan
    }

    /// Which rows come first is as it was where only some are shown.
    private mutating func sort(by order: [Order]) {
        if limit == nil { self.order = order } else { reordered = order == self.order ? nil : order }
    }

    /// A list is counted where it is split.
    private mutating func countRows() {
        guard measures.isEmpty, let subject else { return }
        self = Plan(
            recipe: .breakdown, measures: [.count(subject)], conditions: conditions, time: time,
            presentation: presentation)
    }

    /// What ordered or picked groups goes with them.
    private mutating func split(by others: [Dimension]) {
        let before = dimensions
        dimensions = others
        order = order.compactMap { order in
            guard case .dimension(let index) = order.key else { return order.isOfMeasure ? order : nil }
            guard before.indices.contains(index), let place = others.firstIndex(of: before[index]) else { return nil }
            return Order(.dimension(place), isDescending: order.isDescending)
        }
        guard others.isEmpty, !before.isEmpty else { return }
        order = []
        limit = nil
        having = []
        includesEmpty = false
    }

    private mutating func rank(_ count: Int, isDescending: Bool) {
        limit = count
        if measures.isEmpty {
            // The first of a list by its own order; the last the other way round.
            if !isDescending { order = order.map { Order($0.key, isDescending: !$0.isDescending) } }
        } else if let first = order.first(where: \.isOfMeasure) {
            order = [Order(first.key, isDescending: isDescending)]
        } else {
            order = [Order(.measure(0), isDescending: isDescending)]
        }
    }

    /// The conditions with the one that holds other rows to a period in that one; nil where none does, or several do.
    private func conditions(movedTo period: Period) -> [Condition]? {
        let moved = conditions.map { $0.moved(to: period) }
        guard moved.count(where: { $0 != nil }) == 1 else { return nil }
        return zip(conditions, moved).map { $1 ?? $0 }
    }

    private mutating func include(_ condition: Condition) {
        guard case .oneOf(let column, let values) = condition else { return }
        conditions = conditions.compactMap { known in
            switch known {
            case .oneOf(column, let others): .oneOf(column, others + values.filter { !others.contains($0) })
            case .not(.oneOf(column, let others)):
                others.allSatisfy(values.contains) ? nil : .not(.oneOf(column, others.filter { !values.contains($0) }))
            default: known
            }
        }
    }

    private mutating func exclude(_ condition: Condition) {
        if case .not(let inner) = condition { return self = applying(.filter(inner)) }
        let negated = Condition.not(condition)
        conditions.removeAll { $0 == condition }
        if case .oneOf(let column, let values) = condition,
            let index = conditions.firstIndex(where: { if case .oneOf(column, _) = $0 { true } else { false } }),
            case .oneOf(_, let known) = conditions[index]
        {
            let rest = known.filter { !values.contains($0) }
            if !rest.isEmpty { return conditions[index] = .oneOf(column, rest) }
            conditions.remove(at: index)
        }
        if !conditions.contains(negated) { conditions.append(negated) }
    }

    /// The recipe that fits what the plan holds.
    private var shape: Recipe {
        switch recipe {
        case .list, .distinct, .review, .definition, .description: return recipe
        case .share where !dimensions.isEmpty || !measures.isEmpty: return .share
        default: break
        }
        if comparison != nil { return .comparison }
        if dimensions.isEmpty { return .value }
        if limit != nil { return .ranking }
        let isRanked = recipe == .ranking && !order.isEmpty
        if dimensions.contains(where: \.isTime) {
            return recipe == .trend || measures.contains(where: \.isDefined) ? .trend : .breakdown
        }
        return recipe == .distribution ? .distribution : isRanked ? .ranking : .breakdown
    }
}

extension Dimension {
    var isTime: Bool {
        if case .time = self { true } else { false }
    }

    fileprivate var table: TableID? {
        if case .column(let column) = self { return column.table }
        return nil
    }
}

extension Plan.Order {
    fileprivate var isOfMeasure: Bool {
        switch key {
        case .measure, .hiddenMeasure, .change: true
        default: false
        }
    }
}

extension PlanEdit {
    /// Whether the same rows are shown as before.
    fileprivate var keepsRows: Bool {
        switch self {
        case .sort, .order: true
        default: false
        }
    }
}

extension Plan {
    /// The plan with the edit made; a pure function, so that following "by X" and taking it back gives the first plan.
    package func applying(_ edit: PlanEdit) -> Plan {
        var plan = self
        switch edit {
        case .split(let dimensions, let columns, let isAdded):
            if plan.measures.isEmpty, let subject { plan = Plan(counting: subject, of: self) }
            let kept = isAdded ? plan.dimensions : plan.dimensions.filter(\.isTime)
            plan.dimensions = kept + dimensions.filter { !kept.contains($0) }
            plan.columns = isAdded ? plan.columns + columns.filter { !plan.columns.contains($0) } : columns
            plan.order = plan.order.filter(\.isOfMeasure)
        case .removeSplit:
            let others = plan.dimensions.filter { !$0.isTime }
            plan.dimensions = others.isEmpty ? [] : plan.dimensions.filter(\.isTime)
            if !plan.measures.isEmpty { plan.columns = [] }
            plan.order = []
            plan.limit = nil
            plan.having = []
            plan.includesEmpty = false
        case .grain(let grain, let column):
            plan.dimensions = [.time(column, grain)] + plan.dimensions.filter { !$0.isTime }
            plan.order = plan.order.filter(\.isOfMeasure)
        case .filter(let condition):
            plan.conditions.removeAll { !$0.columns.isEmpty && $0.columns == condition.columns }
            plan.conditions.append(condition)
        case .exclude(let condition):
            let negated = Condition.not(condition)
            if !plan.conditions.contains(negated) { plan.conditions.append(negated) }
        case .removeFilters: plan.conditions = []
        case .period(let scope):
            plan.time = TimeScope(column: scope.column ?? plan.time?.column, period: scope.period)
            plan.comparison = nil
        case .removePeriod:
            plan.time = nil
            plan.comparison = nil
        case .compare(let comparison): plan.comparison = comparison
        case .top(let count, let isDescending):
            plan.limit = count
            if let first = plan.order.first(where: \.isOfMeasure) {
                plan.order = [Order(first.key, isDescending: isDescending)]
            } else if !plan.measures.isEmpty {
                plan.order = [Order(.measure(0), isDescending: isDescending)]
            }
        case .removeLimit: plan.limit = nil
        case .present(let presentation): plan.presentation = presentation
        case .addMeasure(let measure):
            if !plan.measures.contains(measure) { plan.measures.append(measure) }
        case .replaceMeasure(let measure):
            plan.measures = [measure]
            plan.order = plan.order.filter { $0.key == .measure(0) }
            plan.having = []
        case .explain: break
        }
        plan.recipe = plan.shape
        return plan
    }

    private init(counting subject: TableID, of plan: Plan) {
        self.init(
            recipe: .breakdown, measures: [.count(subject)], conditions: plan.conditions, time: plan.time,
            presentation: plan.presentation)
    }

    /// The recipe that fits what the plan holds.
    private var shape: Recipe {
        switch recipe {
        case .list, .distinct, .definition, .description: return recipe
        case .share where !dimensions.isEmpty || !measures.isEmpty: return .share
        default: break
        }
        if comparison != nil { return .comparison }
        if dimensions.isEmpty { return .value }
        if limit != nil { return .ranking }
        if dimensions.contains(where: \.isTime) { return .trend }
        return recipe == .distribution ? .distribution : recipe == .ranking && !order.isEmpty ? .ranking : .breakdown
    }
}

extension Dimension {
    var isTime: Bool {
        if case .time = self { return true }
        return false
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

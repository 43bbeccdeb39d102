/// A plan's measures and groups, named and completed by what its recipe implies.
struct GroupedShape {
    let tools: CompileTools
    let plan: Plan
    private(set) var groupings: [Grouping] = []
    private(set) var measures: [Measure]
    private(set) var names: [String] = []
    /// As the plan has them, or without those that a share takes as its part.
    private(set) var conditions: [Condition]
    /// By index of the plan's dimensions and columns, the place in `groupings`.
    private(set) var places: (dimensions: [Int], columns: [Int]) = ([], [])
    private(set) var maker: MeasureNames

    init(tools: CompileTools, plan: Plan) throws(CompileError) {
        self.tools = tools
        self.plan = plan
        measures = plan.measures
        conditions = plan.conditions
        maker = MeasureNames(schema: tools.schema)
        try addGroupings()
        try completeMeasures()
        for measure in measures { names.append(maker.name(of: measure, isShare: plan.recipe == .share)) }
    }

    var schema: CompileSchema { tools.schema }

    mutating func unique(_ name: String) -> String { maker.unique(name) }

    /// Keeps apart, or sorts, by what is not shown.
    mutating func hide(_ column: ColumnID) throws(CompileError) {
        guard !groupings.contains(where: { $0.kind == .column(column) }) else { return }
        groupings.append(Grouping(kind: .column(column), names: [maker.name(of: column)], isHidden: true))
    }

    // MARK: - Groups

    private mutating func addGroupings() throws(CompileError) {
        var dimensions = plan.dimensions
        if plan.recipe == .list, dimensions.isEmpty, let subject = plan.subject {
            dimensions = try schema.key(of: subject).map(Dimension.column)
        }
        for dimension in dimensions {
            places.dimensions.append(groupings.count)
            switch dimension {
            case .column(let column):
                _ = try schema.column(column)
                groupings.append(Grouping(kind: .column(column), names: [maker.name(of: column)]))
            case .time(let column, let grain):
                if let column { _ = try schema.column(column) }
                groupings.append(Grouping(kind: .time(column, grain), names: [maker.unique(grain.rawValue)]))
            case .cycle(let column, let cycle):
                if let column { _ = try schema.column(column) }
                groupings.append(
                    Grouping(kind: .cycle(column, cycle), names: [maker.unique(CycleWriter.name(cycle))]))
            case .range(let column):
                _ = try schema.column(column)
                let name = maker.unique("\(MeasureNames.slug(column.name))_from")
                let end = maker.unique("\(MeasureNames.slug(column.name))_to")
                groupings.append(Grouping(kind: .range(column), names: [name, end]))
            case .segments(let segments):
                groupings.append(Grouping(kind: .segments(segments), names: [maker.unique("segment")]))
            }
        }
        for column in plan.columns { try addAttribute(column) }
    }

    private mutating func addAttribute(_ column: ColumnID) throws(CompileError) {
        _ = try schema.column(column)
        if let known = groupings.firstIndex(where: { $0.kind == .column(column) }) {
            places.columns.append(known)
            return
        }
        places.columns.append(groupings.count)
        groupings.append(
            Grouping(kind: .column(column), names: [maker.name(of: column)], isAttribute: !groupings.isEmpty))
        guard plan.recipe != .distinct else { return }
        try determine(column)
    }

    /// A group must have one value of the column, so that it stays one group.
    private mutating func determine(_ column: ColumnID) throws(CompileError) {
        let owners = groupings.compactMap { grouping -> ColumnID? in
            if case .column(let owner) = grouping.kind, owner != column { owner } else { nil }
        }
        guard !owners.isEmpty else { return }
        for owner in owners {
            let keys = try schema.identities(of: owner.table)
            guard let key = keys.first, try follows(column, from: owner) else { continue }
            let isKeyed = keys.contains { key in
                key.allSatisfy { name in owners.contains(ColumnID(owner.table, name, role: owner.role)) }
            }
            if !isKeyed { for name in key { try hide(ColumnID(owner.table, name, role: owner.role)) } }
            return
        }
        throw CompileError("\(column.name) does not follow from what the result is split by.")
    }

    private func follows(_ column: ColumnID, from owner: ColumnID) throws(CompileError) -> Bool {
        if column.table == owner.table { return column.role == owner.role }
        return schema.graph.isReachableManyToOne(from: owner.table, to: column.table)
    }

    // MARK: - Measures

    private mutating func completeMeasures() throws(CompileError) {
        if measures.isEmpty {
            guard let subject = plan.subject ?? groupings.compactMap(\.column).first?.table else {
                throw CompileError("What to compute is not said.")
            }
            measures = [.count(subject)]
        }
        guard plan.recipe == .share, !measures.contains(where: \.isRelative) else { return }
        if groupings.isEmpty {
            guard measures.count == 1, !conditions.isEmpty else {
                throw CompileError("A share needs groups, or a condition that some of the rows meet.")
            }
            measures = [.ratio(.filtered(measures[0], conditions), measures[0])]
            conditions = []
        } else {
            measures.append(.shareOfTotal(measures[0]))
        }
    }
}

extension Measure {
    /// Whether it is one number divided by another one.
    var isQuotient: Bool {
        switch self {
        case .ratio: true
        case .filtered(let inner, _): inner.isQuotient
        case .metric, .count, .countDistinct, .aggregate, .difference, .shareOfTotal, .aggregateOfGroups, .running:
            false
        }
    }

    /// Whether it is a part of something already.
    var isRelative: Bool {
        switch self {
        case .ratio, .shareOfTotal: true
        case .filtered(let inner, _): inner.isRelative
        case .metric, .count, .countDistinct, .aggregate, .difference, .aggregateOfGroups, .running: false
        }
    }
}

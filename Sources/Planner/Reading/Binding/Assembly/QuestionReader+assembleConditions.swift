extension QuestionReader {
    mutating func addConditions(to plan: inout Plan, base: Int) throws {
        var relations = draft.relations
        for filter in draft.filters where !filter.givesWay(among: draft.filters) {
            if let index = nearer(filter, than: base, in: relations) {
                relations[index].filters.append(filter)
            } else if self.relations.stepsUp(from: base, to: filter.table) != nil {
                let condition = try routed(filter.condition, base)
                if !plan.conditions.contains(condition) { plan.conditions.append(condition) }
            } else if let index = relations.firstIndex(where: {
                self.relations.stepsUp(from: $0.table, to: filter.table) != nil
            }) {
                relations[index].filters.append(filter)
            } else {
                let fact =
                    self.relations.stepsUp(from: filter.table, to: base) != nil
                        || hasSameOwner(base, filter.table) ? filter.table : try between(base, filter.table)
                relations.append(.init(table: fact, isNegated: false, filters: [filter]))
            }
        }
        for index in relations.indices { relations[index] = holdingToday(relations[index]) }
        for relation in relations {
            if relation.table == base, !relation.isNegated {
                plan.conditions += relation.filters.map(\.condition)
                if let time = relation.time { draft.time = time }
                if let done = relation.timeColumn, relation.time == nil, draft.time == nil, draft.grain == nil,
                    model.columns[done].isNullable, model.tables[relation.table].mainTime != done
                {
                    // "launched more than three projects": those that were.
                    plan.conditions.append(.not(.isEmpty(id(done))))
                }
                continue
            }
            let condition = try condition(of: relation, base: base)
            if !plan.conditions.contains(condition) { plan.conditions.append(condition) }
        }
        if !plan.measures.isEmpty {
            try join(&plan)
        } else if contradicts(plan) {
            throw ReadFailure.unsound("No row has both of them.")
        }
        if let present = presentCondition(plan, base: base) { plan.conditions.append(present) }
        // Who has one of last month has one.
        plan.conditions = plan.conditions.filter { condition in
            guard case .related(let table, let own, let role) = condition, own.isEmpty else { return true }
            return !plan.conditions.contains { other in
                if case .related(table, let more, role) = other { !more.isEmpty } else { false }
            }
        }
        try addTaught(to: &plan, base: base)
    }

    /// "tools that Ada borrowed": Ada is of the loans, and not the manager of the tool's branch.
    private func nearer(_ filter: Draft.Filter, than base: Int, in relations: [Draft.Relation]) -> Int? {
        guard let steps = self.relations.stepsUp(from: base, to: filter.table), steps > 1 else { return nil }
        return relations.firstIndex { relation in
            guard !relation.isNegated, relation.table != base else { return false }
            return (self.relations.stepsUp(from: relation.table, to: filter.table) ?? 9) < steps
        }
    }

    private func contradicts(_ plan: Plan) -> Bool {
        var seen: Set<ColumnID> = []
        for case .oneOf(let column, _) in plan.conditions where !seen.insert(column).inserted { return true }
        return false
    }

    /// Two values of one column at once are both meant, side by side where they are compared.
    private mutating func join(_ plan: inout Plan) throws {
        var joined: [Condition] = []
        for condition in plan.conditions {
            if case .oneOf(let column, let values) = condition,
                let index = joined.firstIndex(where: { if case .oneOf(column, _) = $0 { true } else { false } }),
                case .oneOf(_, let known) = joined[index]
            {
                let common = known.filter(values.contains)
                guard !common.isEmpty || isJoined else { throw ReadFailure.unsound("No row has both of them.") }
                joined[index] = .oneOf(column, common.isEmpty ? known + values : common)
                if common.isEmpty, pieces.contains(where: { $0.words == ["both"] }) {
                    throw ReadFailure.unsound("No row has both of them.")
                }
            } else {
                joined.append(condition)
            }
        }
        plan.conditions = joined
        guard draft.isCompared, draft.comparison == nil, !draft.hasCycleParts else { return }
        for case .oneOf(let column, let values) in joined where values.count > 1 {
            if !plan.dimensions.contains(.column(column)), !plan.measures.isEmpty {
                plan.dimensions.append(.column(column))
                return
            }
        }
        if plan.dimensions.isEmpty { throw ReadFailure.unsound("It is not said what is compared with what.") }
    }

    /// Whether anything says that values stand side by side.
    private var isJoined: Bool {
        draft.isCompared || pieces.contains { [.and, .or, .comma, .versus].contains($0.grammar) }
    }

    func condition(of relation: Draft.Relation, base: Int) throws -> Condition {
        var conditions = relation.filters.map(\.condition)
        var columns: Set<ColumnID> = []
        for case .oneOf(let column, _) in conditions where !columns.insert(column).inserted {
            throw ReadFailure.unsound(
                "That both are there takes two conditions on \(model.tables[relation.table].title).")
        }
        if let time = relation.time {
            guard let column = relation.timeColumn ?? model.tables[relation.table].mainTime else {
                throw ReadFailure.unsound("\(model.tables[relation.table].title) have no one time that could be meant.")
            }
            conditions += try happened(column, time)
        } else if let column = relation.timeColumn, model.columns[column].isNullable,
            model.tables[relation.table].mainTime != column
        {
            conditions.append(.not(.isEmpty(id(column))))
        }
        let table = model.tables[relation.table].id
        let condition: Condition
        if let count = relation.count {
            let rows = CountedRows(
                table, conditions: conditions, distinct: count.distinct.map(id),
                role: try role(from: relation.table, to: base))
            condition = .counted(rows, count.comparator, count.number)
        } else {
            condition = .related(table, conditions: conditions, role: try role(from: relation.table, to: base))
        }
        return relation.isNegated ? .not(condition) : condition
    }
}

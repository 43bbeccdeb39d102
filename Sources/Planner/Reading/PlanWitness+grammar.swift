extension PlanWitness {
    func isSeen(_ grammar: Grammar, in plan: Plan, _ content: PlanContent) -> Bool {
        switch grammar {
        case .percent, .ratio:
            content.measures.contains { $0.isQuotient || $0.isShare } || metrics(content).contains { $0.isRate }
        case .difference:
            plan.comparison != nil
                || content.measures.contains { measure in
                    switch measure {
                    case .difference, .aggregate(_, .duration), .aggregate(_, .difference), .aggregate(_, .age): true
                    default: false
                    }
                }
        case .howLong: content.measures.contains(where: isDuration) || metrics(content).contains { isDuration($0) }
        case .howMuch where pieces.contains { $0.grammar == .howMany }:
            // "how many and how much": two numbers.
            plan.measures.count > 1 || plan.measures.contains { !$0.countsOnly }
        case .aggregate(let aggregate): isSeen(aggregate, in: plan, content)
        case .total: metrics(content).isEmpty || isSeen(.sum, in: plan, content)
        case .superlative:
            !plan.order.isEmpty || isSeen(.maximum, in: plan, content) || isSeen(.minimum, in: plan, content)
        case .distinct: [.distinct, .list].contains(plan.recipe) || countsRows(plan, content)
        case .countDistinct: countsRows(plan, content)
        case .not, .without, .except:
            !deniesOfSomeRows(plan)
                && (content.conditions.contains { $0.isNegative }
                    || plan.having.contains { [.less, .atMost, .notEqual, .equal].contains($0.comparator) })
        case .versus where isTrendOfOne(plan): false
        case .versus, .compare:
            plan.comparison != nil || !plan.dimensions.isEmpty || plan.measures.count > 1
                || content.measures.contains { $0.isQuotient }
        case .matches:
            content.conditions.contains { if case .text = $0 { true } else { false } } || !content.values.isEmpty
        case .overTime: plan.dimensions.contains { $0.isTime }
        case .orderBy, .ordered, .descending, .ascending, .alphabetical:
            !plan.order.isEmpty || plan.dimensions.contains { $0.isTime }
        case .empty:
            content.conditions.contains { if case .isEmpty = $0 { true } else { false } }
                || content.conditions.contains { $0.isNegative }
        default: true
        }
    }

    /// "billed vs collected by month": months alone hold nothing against anything.
    private func isTrendOfOne(_ plan: Plan) -> Bool {
        plan.comparison == nil && plan.measures.count == 1 && !plan.measures[0].isQuotient && !plan.dimensions.isEmpty
            && plan.dimensions.allSatisfy { if case .time = $0 { true } else { false } }
            && pieces.filter({ $0.isPeriod }).count < 2
    }

    private func isDuration(_ measure: Measure) -> Bool {
        switch measure {
        case .aggregate(_, .duration), .aggregate(_, .age): true
        case .filtered(let inner, _), .aggregateOfGroups(_, let inner, _): isDuration(inner)
        default: false
        }
    }

    private func isDuration(_ metric: SemanticSource.Metric) -> Bool {
        let units: Set<String> = ["seconds", "minutes", "hours", "days", "weeks", "months", "years"]
        return metric.unit.map { units.contains($0.lowercased()) } ?? false
            || metric.text.uppercased().contains("EPOCH")
    }

    func isSeen(_ aggregate: Measure.Aggregate, in plan: Plan, _ content: PlanContent) -> Bool {
        let isComputed = content.measures.contains { measure in
            switch measure {
            case .aggregate(let own, _), .aggregateOfGroups(let own, _, _): own == aggregate
            case .count: aggregate == .sum
            case .ratio: aggregate == .average
            default: false
            }
        }
        if isComputed || content.conditions.contains(where: { $0.isHeld(against: aggregate) }) { return true }
        if [.maximum, .minimum].contains(aggregate), !plan.order.isEmpty { return true }
        return metrics(content).contains { $0.has(aggregate) }
    }

    /// "Countries without trial customers": none of their rows may be one, which a condition on single rows does not say.
    private func deniesOfSomeRows(_ plan: Plan) -> Bool {
        guard plan.recipe == .distinct, plan.columns.count == 1, let shown = plan.columns.first else { return false }
        func denies(_ condition: Condition) -> Bool {
            switch condition {
            case .not(.oneOf(let column, _)): column.name != shown.name || column.table != shown.table
            case .not(.related): !isIdentity(shown) && !isNamed(shown.table)
            case .related(_, let conditions, _): conditions.contains(where: denies)
            default: false
            }
        }
        return plan.conditions.contains(where: denies)
    }

    private func isIdentity(_ column: ColumnID) -> Bool {
        guard let table = model.source.tables.first(where: { $0.id == column.table }) else { return false }
        return ([table.primaryKey] + table.uniqueKeys).contains([column.name])
            || [.label, .key].contains(model.column(column)?.role)
    }

    private func isNamed(_ table: TableID) -> Bool {
        pieces.contains { piece in
            piece.entries.contains { entry in
                if case .table(let index) = entry.sense { model.tables[index].id == table } else { false }
            }
        }
    }
}

/// Where every row stands for so many things, these are added up and the rows are not counted.
struct Tallies {
    let model: SemanticModel

    func summed(_ question: PlannedQuestion) -> PlannedQuestion {
        var question = question
        let plan = summed(question.plan)
        guard plan != question.plan else { return question }
        question.plan = plan
        let tallies = PlanContent(plan).measures.compactMap { measure -> String? in
            guard case .aggregate(.sum, .column(let column)) = measure, model.tally(of: column.table) == column else {
                return nil
            }
            return model.column(column).map { "The sum of \($0.title)." }
        }
        for text in tallies where !question.assumptions.contains(text) { question.assumptions.append(text) }
        return question
    }

    func summed(_ plan: Plan) -> Plan {
        var plan = plan
        plan.measures = plan.measures.map(summed)
        for index in plan.having.indices { plan.having[index].measure = summed(plan.having[index].measure) }
        for index in plan.order.indices {
            if case .hiddenMeasure(let measure) = plan.order[index].key {
                plan.order[index].key = .hiddenMeasure(summed(measure))
            }
        }
        return plan
    }

    private func summed(_ measure: Measure) -> Measure {
        switch measure {
        case .count(let table): model.tally(of: table).map { .aggregate(.sum, .column($0)) } ?? measure
        case .filtered(let inner, let conditions): .filtered(summed(inner), conditions)
        case .ratio(let upper, let lower): .ratio(summed(upper), summed(lower))
        case .difference(let upper, let lower): .difference(summed(upper), summed(lower))
        case .shareOfTotal(let inner): .shareOfTotal(summed(inner))
        case .running(let inner): .running(summed(inner))
        case .aggregateOfGroups(let aggregate, let inner, let column):
            .aggregateOfGroups(aggregate, summed(inner), by: column)
        case .metric, .countDistinct, .aggregate: measure
        }
    }
}

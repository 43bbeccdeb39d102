extension QuestionReader {
    mutating func addOrder(to plan: inout Plan, numbers: [Draft.Number], base: Int) throws {
        if let rank = draft.rank {
            let key = draft.rankNumber ?? numbers[0]
            if let column = draft.rankColumn {
                plan.order.append(.init(.hidden(id(column)), isDescending: rank.isDescending))
            } else if let index = numbers.firstIndex(of: key) {
                plan.order.append(.init(.measure(index), isDescending: rank.isDescending))
            }
            plan.limit = rank.limit
            guard !plan.dimensions.isEmpty else { throw ReadFailure.unsound("It is not said what is ranked.") }
        }
        for (key, isDescending) in draft.order {
            switch key {
            case .number(let number):
                if let index = numbers.firstIndex(of: number) {
                    append(.init(.measure(index), isDescending: isDescending), to: &plan)
                } else {
                    append(.init(.hiddenMeasure(try measure(number)), isDescending: isDescending), to: &plan)
                }
            case .period:
                guard let index = plan.dimensions.firstIndex(where: \.isTime) else {
                    throw ReadFailure.unsound("The result has no periods to be ordered by.")
                }
                append(.init(.dimension(index), isDescending: isDescending), to: &plan)
            case .column(let column):
                if let index = plan.dimensions.firstIndex(of: .column(try routed(column, base))) {
                    append(.init(.dimension(index), isDescending: isDescending), to: &plan)
                } else if let index = plan.columns.firstIndex(of: try routed(column, base)) {
                    append(.init(.column(index), isDescending: isDescending), to: &plan)
                } else {
                    throw ReadFailure.unsound("The result cannot be ordered by \(model.columns[column].title).")
                }
            }
        }
    }

    func append(_ order: Plan.Order, to plan: inout Plan) {
        if !plan.order.contains(where: { $0.key == order.key }) { plan.order.append(order) }
    }
}

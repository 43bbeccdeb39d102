/// Words that pick one of several, or so many of them, and were read as something else.
extension PlanObjection {
    /// "from sign-up to the first pledge", where the time to every pledge is averaged.
    func firstOfEach(_ plan: Plan) -> String? {
        for case .aggregate(_, .duration(let from, let to, _)) in plan.measures where from.table != to.table {
            for index in pieces.indices.dropLast()
            where ["first", "last", "latest"].contains(pieces[index].words.joined()) {
                guard let next = pieces.follower(of: index), let table = pieces[next].table,
                    [from.table, to.table].contains(model.tables[table].id)
                else { continue }
                return model.tables[table].title
            }
        }
        return nil
    }

    /// "the 5 clients with the largest budget" are not those of which there are five.
    func isNumberOfRanked(_ plan: Plan) -> Bool {
        guard plan.limit != nil, plan.having.contains(where: { $0.comparator == .equal && $0.measure.countsOnly }),
            let number = pieces.firstIndex(where: {
                if case .number? = $0.quantity?.meaning { true } else { false }
            })
        else { return false }
        return pieces[number...].contains { if case .superlative? = $0.grammar { true } else { false } }
    }
}

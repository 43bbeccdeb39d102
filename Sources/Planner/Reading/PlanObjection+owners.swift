/// Numbers of other rows than those that were named.
extension PlanObjection {
    /// "usage by month": of what has several numbers, called by a word that is no plural, how many rows there are is
    /// none that anybody asks for.
    func countsMass(_ plan: Plan) -> TableModel? {
        guard plan.measures.count == 1, case .count(let counted) = plan.measures[0], !plan.dimensions.isEmpty,
            let table = model.table(counted), !pieces.contains(where: { $0.grammar == .howMany })
        else { return nil }
        let numbers = model.columns(of: table.index).filter { $0.role == .measure && $0.defaultAggregate == .sum }
        guard numbers.count > 1 else { return nil }
        let name = table.words.last.map(NameWords.base)
        let said = pieces.filter { $0.namedTable == table.index }.compactMap(\.words.last)
        guard !said.isEmpty, said.allSatisfy({ NameWords.base($0) == $0 && $0 != name }) else { return nil }
        return table
    }

    /// "total amount of calls", where bills or orders have a total amount: theirs, and not that of calls.
    func sumOfOthers(_ plan: Plan) -> (number: ColumnModel, owner: TableModel)? {
        let summed = PlanContent(plan).measures.compactMap { measure -> ColumnModel? in
            guard case .aggregate(let aggregate, .column(let column)) = measure, [.sum, .average].contains(aggregate)
            else { return nil }
            return model.column(column)
        }
        guard !summed.isEmpty else { return nil }
        for index in pieces.indices {
            guard let of = pieces.follower(of: index), pieces[of].grammar == .of,
                let first = pieces.follower(of: of),
                let owner = (first..<pieces.endOfTerms(from: first)).last(where: { pieces[$0].namedTable != nil }),
                let table = pieces[owner].namedTable
            else { continue }
            for number in summed where number.table != table {
                let isNamed = pieces[index].entries.contains { $0.sense == .column(number.index) }
                if isNamed, model.relations.stepsUp(from: number.table, to: table) == nil {
                    return (number, model.tables[table])
                }
            }
        }
        return nil
    }
}

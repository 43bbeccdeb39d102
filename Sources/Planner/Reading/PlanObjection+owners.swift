/// Numbers of other rows than those that were named.
extension PlanObjection {
    /// "usage by month": of what has several numbers, called by a word that is no plural, how many rows there are is
    /// none that anybody asks for.
    func countsMass(_ plan: Plan) -> TableModel? {
        guard plan.measures.count == 1, case .count(let counted) = plan.measures[0], !plan.dimensions.isEmpty,
            let table = model.table(counted), plan.order.isEmpty, plan.limit == nil, plan.having.isEmpty,
            plan.conditions.isEmpty, !pieces.contains(where: { $0.grammar == .howMany || isRanking($0) })
        else { return nil }
        let numbers = model.columns(of: table.index).filter { $0.role == .measure && $0.defaultAggregate == .sum }
        guard numbers.count > 1 else { return nil }
        let name = table.words.last.map(NameWords.base)
        let said = pieces.filter { $0.namedTable == table.index && !isSplit(by: $0, plan) }.compactMap(\.words.last)
        guard !said.isEmpty, said.allSatisfy({ NameWords.base($0) == $0 && $0 != name }) else { return nil }
        return table
    }

    private func isRanking(_ piece: Piece) -> Bool {
        if case .superlative? = piece.grammar { true } else { false }
    }

    /// "which plan", where contracts are called plans as well: the groups, and not what is counted.
    private func isSplit(by piece: Piece, _ plan: Plan) -> Bool {
        piece.entries.contains { entry in
            guard case .column(let column) = entry.sense else { return false }
            return plan.dimensions.contains(.column(model.columns[column].id))
        }
    }

    /// "customers who ordered a lamp and a desk": one of the two is less than was asked.
    func eitherOfBoth(_ plan: Plan) -> String? {
        for case .related(_, let inner, _) in plan.conditions {
            for case .oneOf(let column, let values) in inner where values.count > 1 {
                let said = pieces.indices.filter { isValue(pieces[$0], column, values) }
                for (first, second) in zip(said, said.dropFirst())
                where pieces[first..<second].contains(where: { $0.grammar == .and })
                    && !pieces[first..<second].contains(where: { $0.grammar == .or })
                {
                    return "“\(pieces[first].text)” and “\(pieces[second].text)”"
                }
            }
        }
        return nil
    }

    private func isValue(_ piece: Piece, _ column: ColumnID, _ values: [String]) -> Bool {
        piece.entries.contains { entry in
            guard case .value(let index, let own) = entry.sense else { return false }
            return model.columns[index].id.table == column.table && model.columns[index].id.name == column.name
                && !Set(own).isDisjoint(with: values)
        }
    }

    /// "MRR of churned customers": rows that hold today, of those that have left.
    func endedOfToday(_ plan: Plan) -> String? {
        let content = PlanContent(plan)
        var held: Set<TableID> = []
        for case .metric(let name) in content.measures {
            guard let index = model.source.metrics.firstIndex(where: { $0.name == name }),
                let rows = model.metricRows[index], rows.isStock
            else { continue }
            held.insert(rows.table)
        }
        guard plan.time == nil, plan.comparison == nil else { return nil }
        for case .isEmpty(let column) in content.conditions where model.stockEnd(of: column.table) == column {
            held.insert(column.table)
        }
        for case .oneOf(let column, let values) in content.conditions where !held.isEmpty {
            guard !held.contains(column.table), let known = model.column(column),
                known.words.contains(where: SpokenForms.States.words.contains),
                values.allSatisfy({ Self.ended.contains($0.lowercased()) }),
                held.contains(where: { isAbove(column.table, $0) })
            else { continue }
            return values[0]
        }
        return nil
    }

    private func isAbove(_ owner: TableID, _ table: TableID) -> Bool {
        guard let owner = model.table(owner)?.index, let table = model.table(table)?.index else { return false }
        return model.relations.stepsUp(from: table, to: owner) != nil
    }

    private static let ended: Set<String> = [
        "churned", "cancelled", "canceled", "left", "former", "inactive", "closed", "lapsed", "terminated", "expired",
        "ended", "lost", "departed", "resigned", "dismissed", "deactivated", "withdrawn", "quit",
    ]

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

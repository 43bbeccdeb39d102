/// "total sales", "top farms by sales": rows that are called by what they bring mean their money, and not their number.
struct MoneyNouns {
    let model: SemanticModel
    let pieces: [Piece]

    /// The table that is counted although its money is asked for, and the word that it is called by.
    func asked(in plan: Plan) -> (table: TableModel, word: String)? {
        guard !pieces.contains(where: isNumber) else { return nil }
        let measures = PlanContent(plan).measures
        guard !measures.contains(where: \.isQuotient) else { return nil }
        for index in pieces.indices where pieces[index].words.count == 1 {
            guard let word = pieces[index].words.first, Self.nouns.contains(word),
                let named = pieces[index].namedTable, isAdded(index, word)
            else { continue }
            let table = model.tables[named]
            if measures.contains(.count(table.id)), model.tally(of: table.id) == nil { return (table, word) }
        }
        return nil
    }

    /// The plan with the sum of the one amount of its rows; nil where there is none, or several.
    func summed(_ plan: Plan, _ table: TableModel) -> (plan: Plan, amount: ColumnModel)? {
        guard let amount = Amounts(model: model).money(of: table.index) else { return nil }
        let column = model.columns[amount]
        func summed(_ measure: Measure) -> Measure {
            switch measure {
            case .count(table.id): .aggregate(.sum, .column(column.id))
            case .filtered(let inner, let conditions): .filtered(summed(inner), conditions)
            case .shareOfTotal(let inner): .shareOfTotal(summed(inner))
            case .running(let inner): .running(summed(inner))
            case .aggregateOfGroups(let aggregate, let inner, let group):
                .aggregateOfGroups(aggregate, summed(inner), by: group)
            default: measure
            }
        }
        var plan = plan
        plan.measures = plan.measures.map(summed)
        for index in plan.having.indices { plan.having[index].measure = summed(plan.having[index].measure) }
        for index in plan.order.indices {
            if case .hiddenMeasure(let measure) = plan.order[index].key {
                plan.order[index].key = .hiddenMeasure(summed(measure))
            }
        }
        return (plan, column)
    }

    /// "total sales", "highest sales", "by sales", "average sales per farm".
    private func isAdded(_ index: Int, _ word: String) -> Bool {
        guard let before = pieces.preceding(index) else { return false }
        let piece = pieces[before]
        switch piece.grammar {
        case .total?: return true
        case .by?, .group?, .orderBy?, .ordered?: return piece.words.last == "by" || piece.words.last == "of"
        case .aggregate(.average)?: return word == "sales"
        case .superlative?: return piece.words.contains(where: Self.sizes.contains)
        default: return piece.words == ["total"] || piece.words == ["overall"]
        }
    }

    private func isNumber(_ piece: Piece) -> Bool {
        piece.grammar == .howMany || piece.grammar == .countDistinct
            || piece.words.contains { ["number", "numbers", "count", "counts", "many"].contains($0) }
    }

    private static let nouns: Set<String> = [
        "sales", "purchases", "payments", "donations", "contributions", "expenses", "payouts", "repayments",
    ]
    private static let sizes: Set<String> = ["highest", "largest", "biggest", "greatest", "lowest", "smallest"]
}

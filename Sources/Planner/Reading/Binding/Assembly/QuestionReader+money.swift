/// Rows that stand for money: what is not paid of them, and what they come to.
extension QuestionReader {
    /// "which buyers haven't paid": by what they have to pay.
    mutating func useUnpaidRows(_ plan: inout Plan) {
        let unpaid = UnpaidRows(model: model, pieces: pieces)
        guard unpaid.isSaid else { return }
        for index in plan.conditions.indices {
            guard let waiting = unpaid.waiting(plan.conditions[index]), case .related(let table, _, _) = waiting
            else { continue }
            plan.conditions[index] = waiting
            if let rows = model.table(table) { assume("Those with \(rows.title) that are not paid are meant.") }
        }
    }

    /// "top 3 farms by sales": by how much they came to.
    mutating func sumMoney(_ plan: inout Plan) {
        let nouns = MoneyNouns(model: model, pieces: pieces)
        guard let (table, word) = nouns.asked(in: plan), let (summed, amount) = nouns.summed(plan, table) else {
            return
        }
        plan = summed
        assume("“\(word)” is taken as the sum of \(amount.title), and not as the number of \(table.title).")
    }
}

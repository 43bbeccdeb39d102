/// "which buyers haven't paid": those who have something that is not paid, and not those who never bought.
struct UnpaidRows {
    let model: SemanticModel
    let pieces: [Piece]

    /// Whether it is denied that somebody has paid; "never" denies every payment, and is taken at its word.
    var isSaid: Bool {
        pieces.indices.contains { index in
            guard pieces[index].grammar == .not, !pieces[index].words.contains("never"),
                let deed = pieces.follower(of: index)
            else { return false }
            return pieces[deed].words.contains(where: Self.deeds.contains)
        }
    }

    /// The rows that wait for it, where those are denied that have it; nil where they are not known by an empty date.
    func waiting(_ condition: Condition) -> Condition? {
        guard case .not(.related(let table, var inner, let role)) = condition,
            let place = inner.firstIndex(where: { isDone($0, table) }), case .not(let open) = inner[place],
            !inner.contains(where: \.isTemporal), let known = model.table(table),
            !Amounts(model: model).hasState(known.index)
        else { return nil }
        inner[place] = open
        return .related(table, conditions: inner, role: role)
    }

    /// Rows that are not there at all are no sign that something is not paid, unless they are the payments themselves
    /// and a time is said.
    func isUnclear(_ plan: Plan) -> Bool {
        isSaid
            && PlanContent(plan).conditions.contains { condition in
                guard case .not(.related(let table, let inner, _)) = condition else { return false }
                return !(isPayment(table) && inner.contains { $0.isTemporal })
            }
    }

    private func isDone(_ condition: Condition, _ table: TableID) -> Bool {
        guard case .not(.isEmpty(let column)) = condition, let known = model.column(column) else { return false }
        return column.table == table && known.isTime && known.id.name != mainTime(of: table)
    }

    private func mainTime(of table: TableID) -> String? {
        model.table(table)?.mainTime.map { model.columns[$0].id.name }
    }

    private func isPayment(_ table: TableID) -> Bool {
        guard let known = model.table(table), !Amounts(model: model).hasState(known.index) else { return false }
        return known.names.contains { $0.words.last.map { NameWords.base($0) == "payment" } ?? false }
    }

    private static let deeds: Set<String> = ["paid", "pay", "repaid", "repay", "settled", "settle", "prepaid"]
}

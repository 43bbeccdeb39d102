/// Writes what tells whether a limit has cut through rows of the same value: the last row again, and those behind it.
struct CutWriter {
    let plan: Plan
    let rows: CompiledRows

    var cut: CompiledPlan.Cut? {
        guard let limit = plan.limit, isRanked, let first = rows.select.order.first,
            let column = rows.columns.firstIndex(where: { first.expression == .column(nil, $0.name) })
        else { return nil }
        var select = rows.select
        select.offset = (plan.offset ?? 0) + limit - 1
        select.limit = CompiledPlan.Cut.mostRows + 1
        return CompiledPlan.Cut(
            sql: SQLPrinter.text(select), column: column, name: rows.columns[column].name, rows: limit)
    }

    /// Whether one value decides which rows come first; rows in no order of their own are not cut by any.
    private var isRanked: Bool {
        guard plan.order.count <= 1 else { return false }
        return !plan.order.isEmpty || !plan.measures.isEmpty
    }
}

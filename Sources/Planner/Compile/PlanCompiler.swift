/// Writes a plan as one SELECT.
///
/// The same plan on the same day gives the same bytes. What cannot be computed soundly over the declared keys is refused.
package struct PlanCompiler: Sendable {
    /// Of a statement, in bytes: what the guard takes.
    package static let longestStatement = 65_536

    private let schema: CompileSchema
    private let clock: DataClock
    private let isMoving: Bool

    /// - Parameters:
    ///   - graph: of the source's tables, where it is at hand already.
    ///   - isMoving: statements count from the day on which they run, as a view must; plans with periods are refused.
    package init(source: SemanticSource, graph: JoinGraph? = nil, clock: DataClock, isMoving: Bool = false) {
        schema = CompileSchema(source, graph: graph ?? JoinGraph(tables: source.tables))
        self.clock = clock
        self.isMoving = isMoving
    }

    package func compile(_ plan: Plan) throws(CompileError) -> CompiledPlan {
        try Self.checkSize(plan)
        if isMoving, plan.hasPeriods {
            throw CompileError("What the period of this question holds is another one every day.")
        }
        let notes = CompileNotes()
        let tools = tools(plan, notes)
        let picked = try rows(plan, tools)
        let result =
            try plan.reordered.map { order throws(CompileError) in try ordered(picked, plan, by: order) } ?? picked
        let sql = SQLPrinter.text(result.select)
        guard sql.utf8.count <= Self.longestStatement else {
            throw CompileError("The statement would be longer than \(Self.longestStatement) bytes.")
        }
        let words = ConditionWords(days: tools.days)
        return CompiledPlan(
            sql: sql, columns: result.columns, tables: notes.tables.sorted(),
            filters: plan.conditions.map(words.text) + notes.filters, period: notes.period, caveats: notes.caveats,
            cut: CutWriter(plan: plan, rows: picked).cut)
    }

    private func tools(_ plan: Plan, _ notes: CompileNotes) -> CompileTools {
        CompileTools(
            schema: schema, days: PeriodDays(schema: schema, clock: clock, isMoving: isMoving, notes: notes),
            notes: notes, subject: plan.subject)
    }

    private func rows(_ plan: Plan, _ tools: CompileTools) throws(CompileError) -> CompiledRows {
        switch plan.recipe {
        case .definition, .description:
            throw CompileError("A question about meaning is answered from knowledge, without a statement.")
        case .list where plan.measures.isEmpty, .distinct where plan.measures.isEmpty:
            return try RowsCompiler(tools: tools, plan: plan).compile()
        case .review: return try ReviewCompiler(tools: tools, plan: plan).compile()
        case .list, .distinct, .value, .breakdown, .trend, .ranking, .share, .comparison, .distribution:
            return try GroupedCompiler(tools: tools, plan: plan).compile()
        }
    }

    /// The rows that were picked, as the same plan would sort them by something else.
    private func ordered(
        _ picked: CompiledRows, _ plan: Plan, by order: [Plan.Order]
    ) throws(CompileError) -> CompiledRows {
        var sorted = plan
        sorted.order = order
        let tools = tools(plan, CompileNotes())
        let keys = try rows(sorted, tools).select.order
        let names = picked.columns.map(\.name)
        let isShown = keys.allSatisfy { key in names.contains { key.expression == .column(nil, $0) } }
        guard isShown else { throw CompileError("Rows that were picked are sorted by what is shown of them only.") }
        return picked.sorted(by: keys, in: tools.commonName("results"))
    }

    private static func checkSize(_ plan: Plan) throws(CompileError) {
        guard plan.measures.count <= 30, plan.dimensions.count <= 8, plan.columns.count <= 60,
            plan.conditions.count <= 60, plan.having.count <= 20, plan.order.count <= 20
        else { throw CompileError("The question asks for too much at once.") }
        if let limit = plan.limit, limit < 1 { throw CompileError("A limit is at least 1.") }
        if let offset = plan.offset, !(0...1_000_000).contains(offset) {
            throw CompileError("So many rows are not passed over.")
        }
    }
}

/// A statement and what its columns are.
struct CompiledRows {
    var select: SQLSelect
    var columns: [CompiledPlan.Column]

    fileprivate func sorted(by keys: [SQLSelect.Sort], in name: String) -> CompiledRows {
        var inner = select
        inner.common = []
        let outer = SQLSelect(
            common: select.common, items: columns.map { .init(.column(nil, $0.name), $0.name) },
            from: .select(inner, name: name), order: keys)
        return CompiledRows(select: outer, columns: columns)
    }
}

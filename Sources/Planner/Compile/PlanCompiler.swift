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
        let tools = CompileTools(
            schema: schema, days: PeriodDays(schema: schema, clock: clock, isMoving: isMoving, notes: notes),
            notes: notes,
            subject: plan.subject)
        let result: CompiledRows
        switch plan.recipe {
        case .definition, .description:
            throw CompileError("A question about meaning is answered from knowledge, without a statement.")
        case .list where plan.measures.isEmpty, .distinct where plan.measures.isEmpty:
            result = try RowsCompiler(tools: tools, plan: plan).compile()
        case .review: result = try ReviewCompiler(tools: tools, plan: plan).compile()
        case .list, .distinct, .value, .breakdown, .trend, .ranking, .share, .comparison, .distribution:
            result = try GroupedCompiler(tools: tools, plan: plan).compile()
        }
        let sql = SQLPrinter.text(result.select)
        guard sql.utf8.count <= Self.longestStatement else {
            throw CompileError("The statement would be longer than \(Self.longestStatement) bytes.")
        }
        let words = ConditionWords(days: tools.days)
        return CompiledPlan(
            sql: sql, columns: result.columns, tables: notes.tables.sorted(),
            filters: plan.conditions.map(words.text) + notes.filters, period: notes.period, caveats: notes.caveats)
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
}

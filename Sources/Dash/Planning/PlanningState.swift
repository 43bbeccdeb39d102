package import Planner
package import ServiceRuntime

/// Everything that a question is planned with, as of one moment.
package struct PlanningState: Sendable {
    package let source: SemanticSource
    package let planner: Planner
    /// The newest day of time columns, where it is cheap to know.
    package let newest: [ColumnID: CivilDate]
    /// Of keys that only the knowledge files declare: which columns hold each value once.
    package let keys: [ColumnID: Bool]
    private let graph: JoinGraph
    /// The questions of validated queries that leave values open.
    let openQuestions: [OpenQuestion]

    /// Takes a while: words and indexes are made.
    ///
    /// - Parameter queries: those with parameters are found in questions.
    init(
        source: SemanticSource, values: ValueIndex, newest: [ColumnID: CivilDate], keys: [ColumnID: Bool] = [:],
        queries: [ValidatedQuery] = []
    ) {
        let source = source.observing(keys)
        self.source = source
        self.newest = newest
        self.keys = keys
        openQuestions = queries.flatMap { OpenQuestion.all(of: $0, source) }
        planner = Planner(model: SemanticModel(source), values: values)
        graph = JoinGraph(tables: source.tables)
    }

    /// - Parameter today: in the company's time zone.
    package func clock(today: CivilDate) -> DataClock { DataClock(today: today, newest: newest) }

    package func compiler(today: CivilDate) -> PlanCompiler {
        PlanCompiler(source: source, graph: graph, clock: clock(today: today))
    }

    /// The statement of a plan, where a sound one exists; definitions and descriptions have none.
    func statement(of planned: PlannedQuestion, today: CivilDate) -> Result<PlannedStatement, CompileError> {
        do {
            return .success(
                PlannedStatement(
                    question: planned, statement: try compiler(today: today).compile(planned.plan),
                    isCurated: PlanCuration(source).isCurated(planned.plan)))
        } catch {
            return .failure(error)
        }
    }
}

extension PlanningState {
    /// The statement of a plan as a view has it: it counts from the day on which it is read. Nil where only days that stay
    /// as they are compute it.
    func viewStatement(of planned: PlannedQuestion, today: CivilDate) -> PlannedStatement? {
        let compiler = PlanCompiler(source: source, graph: graph, clock: clock(today: today), isMoving: true)
        guard let statement = try? compiler.compile(planned.plan) else { return nil }
        return PlannedStatement(
            question: planned, statement: statement, isCurated: PlanCuration(source).isCurated(planned.plan))
    }

    /// Columns with the value that is exactly the text, but for case and punctuation.
    func values(called text: String) -> [(column: ColumnID, value: String)] {
        let tokens = Tokenizer.tokens(of: text)
        return planner.values.lookup(tokens: tokens).filter { $0.tokens == tokens.indices }.flatMap(\.candidates)
            .filter { $0.match == .exact }.map { ($0.column, $0.value) }
    }

    /// The same number by a dimension that is declared for it, to say what it is made of.
    func parts(of planned: PlannedQuestion) -> PlannedQuestion? {
        guard planned.plan.recipe == .value, planned.plan.comparison == nil, planned.plan.measures.count == 1,
            case .metric(let name) = planned.plan.measures[0],
            let metric = source.metrics.first(where: { $0.name == name })
        else { return nil }
        let table: TableID
        switch metric.computation {
        case .aggregate(let part, isAdditive: true), .snapshot(let part, _, _, isAdditive: true): table = part.table
        default: return nil
        }
        let own = source.tables.first { $0.id == table }?.columns.map(\.name) ?? []
        guard let dimension = metric.dimensions.first(where: own.contains) else { return nil }
        var parts = planned
        parts.plan.recipe = .breakdown
        parts.plan.dimensions = [.column(ColumnID(table, dimension))]
        return parts
    }

    /// Takes a while with many values: indexes are built.
    ///
    /// - Parameter profiles: by `schema.name`; of what the source calls personal, or a name calls a secret, nothing is
    ///   taken, whatever they hold.
    @concurrent
    static func made(
        of source: SemanticSource, _ queries: [ValidatedQuery], _ profiles: [String: TableProfile.Stored]
    ) async -> PlanningState {
        var values = ValueIndex.Builder()
        var newest: [ColumnID: CivilDate] = [:]
        var keys: [ColumnID: Bool] = [:]
        for table in source.tables {
            let profile = profiles[table.id.description]?.profile
            for (column, isUnique) in profile?.isUnique ?? [:] { keys[ColumnID(table.id, column)] = isUnique }
            for column in table.columns {
                let id = ColumnID(table.id, column.name)
                newest[id] = profile?.newest[column.name].flatMap { Day($0)?.date }
                guard !column.isPersonal, !SecretColumnGuess.isSecret(column.name) else { continue }
                if !column.values.isEmpty { values.add(column.values, of: id) }
                if let texts = profile?.texts[column.name]?.values { values.add(texts, of: id) }
            }
        }
        return PlanningState(
            source: source, values: values.build(), newest: newest, keys: keys, queries: queries)
    }
}

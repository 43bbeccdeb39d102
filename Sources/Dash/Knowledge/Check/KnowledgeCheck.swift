import FoundationEssentials
package import Planner
package import ServiceRuntime

/// Holds knowledge against the live database: runs every query and every metric, looks up every name, and compares what
/// queries say with what the planner makes of the questions that they answer.
package struct KnowledgeCheck: Sendable {
    private let warehouse: Warehouse
    private let values: ValueIndex
    private let newest: [ColumnID: CivilDate]
    private let keys: [ColumnID: Bool]
    private let today: CivilDate
    private let timeZone: String

    /// - Parameters:
    ///   - values: what the planner knows of the data's texts.
    ///   - newest: the newest day of time columns.
    ///   - keys: of keys that only the files declare, which columns hold each value once.
    ///   - timeZone: whose day `today` is.
    package init(
        warehouse: Warehouse, values: ValueIndex = ValueIndex(), newest: [ColumnID: CivilDate] = [:],
        keys: [ColumnID: Bool] = [:], today: CivilDate = TimeZoneRules.utc.civil(at: Date.now).date,
        timeZone: String = "UTC"
    ) {
        self.warehouse = warehouse
        self.values = values
        self.newest = newest
        self.keys = keys
        self.today = today
        self.timeZone = timeZone
    }

    /// What no longer holds, in the order of the entries; what can be found without running anything comes first.
    ///
    /// - Parameter learnings: taught changes among them are read again with their question.
    ///
    /// Throws only what keeps it from checking at all: a database that cannot be reached, and `CancellationError`.
    package func problems(
        in entries: [KnowledgeEntry], replaying learnings: [Learning] = []
    ) async throws -> [KnowledgeProblem] {
        let catalog = try await warehouse.introspection.catalog(refresh: true)
        var problems = KnowledgeLint(
            entries: entries, catalog: catalog, allowedTables: warehouse.allowedTables
        ).problems()
        let builder = SemanticSourceBuilder(entries: entries, catalog: catalog, timeZone: timeZone)
        let queries = entries.compactMap { if case .query(let query) = $0.content { query } else { nil } }
        let planning = await Self.planning(builder, queries, values, newest, keys)
        let compiler = planning.compiler(today: today)
        // What a name already explains is not said again in the database's words.
        let broken = Set(problems.filter { $0.severity == .error }.map(Self.place))
        for entry in entries {
            try Task.checkCancellation()
            guard !broken.contains([entry.source, entry.content.label]) else { continue }
            switch entry.content {
            case .query(let query): problems += try await check(query, of: entry, planning)
            case .metric(let metric): problems += try await check(metric, of: entry, in: builder, compiler)
            case .table(let table): problems += turned(table, of: entry, in: builder, planning)
            case .rule, .gotcha, .document, .business: break
            }
        }
        return problems + Self.replayed(learnings, planning.planner)
    }

    @concurrent
    private static func planning(
        _ builder: SemanticSourceBuilder, _ queries: [ValidatedQuery], _ values: ValueIndex,
        _ newest: [ColumnID: CivilDate], _ keys: [ColumnID: Bool]
    ) async -> PlanningState {
        PlanningState(source: builder.source, values: values, newest: newest, keys: keys, queries: queries)
    }

    /// Relationships that the rows say lead the other way.
    private func turned(
        _ table: TableKnowledge, of entry: KnowledgeEntry, in builder: SemanticSourceBuilder, _ planning: PlanningState
    ) -> [KnowledgeProblem] {
        var problems: [KnowledgeProblem] = []
        for relationship in table.relationships {
            let own = "\(table.name).\(SemanticSourceBuilder.lastPart(relationship.column))"
            guard let (from, column) = builder.column(own), let (to, named) = builder.column(relationship.references),
                let table = planning.source.tables.first(where: { $0.id == to.tableID })
            else { continue }
            let isTurned = table.foreignKeys.contains { key in
                key.namesOne == true && key.columns == [named.name] && key.table == from.tableID
                    && key.referencedColumns == [column.name]
            }
            guard isTurned else { continue }
            let cause =
                "\(relationship.references) holds a value several times and \(relationship.column) each once, so the "
                + "relationship is read the other way round; declare it in the file of \(to.name)"
            problems.append(
                KnowledgeProblem(.notice, file: entry.source, entry: entry.content.label, cause: cause))
        }
        return problems
    }

    private static func place(_ problem: KnowledgeProblem) -> [String] { [problem.file, problem.entry ?? ""] }

    // MARK: - Queries

    private func check(
        _ query: ValidatedQuery, of entry: KnowledgeEntry, _ planning: PlanningState
    ) async throws -> [KnowledgeProblem] {
        let open = OpenQueryCheck(planning: planning, today: today)
        let example: ValidatedQuery
        do {
            example = try open.example(of: query)
        } catch {
            return [KnowledgeProblem(file: entry.source, entry: entry.content.label, cause: error.description)]
        }
        do {
            let result = try await warehouse.analyst.run(example.sql, keepingAs: "check")
            let texts =
                query.parameters.isEmpty
                ? [Words.title(query.name), query.description] + query.questions : example.questions
            let remarks = open.remarks(query, example).map { remark in
                KnowledgeProblem(.notice, file: entry.source, entry: entry.content.label, cause: remark)
            }
            return try await remarks + disagreements(texts, result, of: entry, planning)
        } catch let failure as SQLFailure {
            return [try problem(failure, in: example.sql, of: entry)]
        }
    }

    /// Where a question that the query answers has a plan that leaves no word out, and the two give other numbers.
    ///
    /// Only plans of curated definitions count: what is inferred from columns contradicts nobody.
    private func disagreements(
        _ texts: [String], _ result: ResultTable, of entry: KnowledgeEntry, _ planning: PlanningState
    ) async throws -> [KnowledgeProblem] {
        var problems: [KnowledgeProblem] = []
        var seen: Set<String> = []
        for text in texts {
            guard case .plan(let planned) = planning.planner.plan(text), planned.unused.isEmpty,
                seen.insert(planned.plan.hash).inserted,
                case .success(let statement) = planning.statement(of: planned, today: today), statement.isCurated,
                let own = try await rows(of: statement.statement.sql)
            else { continue }
            guard
                case .different(let number, let other, let group) = ResultAgreement(
                    planned: own, columns: statement.statement.columns, other: result)
            else { continue }
            let place = group.map { " for \($0)" } ?? ""
            problems.append(
                KnowledgeProblem(
                    .notice, file: entry.source, entry: entry.content.label,
                    cause: """
                        it gives \(other)\(place), and the definitions give \(number) for “\(text)”: neither is shown as \
                        verified until they agree
                        """))
        }
        return problems
    }

    /// Nil where it fails or has more rows than are kept: then there is nothing to compare.
    private func rows(of sql: String) async throws -> ResultTable? {
        do {
            let table = try await warehouse.analyst.run(sql, keepingAs: "check")
            return table.isTruncated ? nil : table
        } catch let failure as SQLFailure {
            if failure.errorClass == .connection { throw failure }
            return nil
        }
    }

    // MARK: - Metrics

    private func check(
        _ metric: Metric, of entry: KnowledgeEntry, in builder: SemanticSourceBuilder, _ compiler: PlanCompiler
    ) async throws -> [KnowledgeProblem] {
        func found(_ cause: String, _ severity: KnowledgeProblem.Severity = .error) -> [KnowledgeProblem] {
            [KnowledgeProblem(severity, file: entry.source, entry: entry.content.label, cause: cause)]
        }
        do {
            _ = try MetricDefinition(metric, in: builder)
        } catch {
            // Without any of the optional fields the calculation is prose: kept for people, not for computing.
            return found("it cannot be computed: \(error.cause)", error.isProse ? .notice : .error)
        }
        let sql: String
        do {
            sql = try compiler.compile(Plan(recipe: .value, measures: [.metric(metric.name)])).sql
        } catch {
            return found("it cannot be computed: \(error)")
        }
        do {
            // A definition of one number gives one row; a second one shows that it does not.
            let result = try await warehouse.analyst.run(sql, keepingAs: "check")
            guard result.rows.count > 1 || result.isTruncated else { return [] }
            return found("its expression gives several rows instead of one value; it needs an aggregate such as SUM")
        } catch let failure as SQLFailure {
            return [try problem(failure, in: sql, of: entry)]
        }
    }

    // MARK: - Learnings

    private static func replayed(_ learnings: [Learning], _ planner: Planner) -> [KnowledgeProblem] {
        LearningReplay.problems(learnings) { question, adjustments in
            planner.plan(question, context: PlanContext(remembered: adjustments))
        }.map { problem in
            KnowledgeProblem(.notice, file: "learnings", entry: "learning \(problem.learning)", cause: problem.text)
        }
    }

    private func problem(
        _ failure: SQLFailure, in sql: String, of entry: KnowledgeEntry
    ) throws -> KnowledgeProblem {
        if failure.errorClass == .connection { throw failure }
        var cause = failure.message
        if let position = failure.position, position > 0 {
            let before = sql.prefix(position - 1)
            let line = before.count(where: { $0 == "\n" }) + 1
            if sql.contains("\n") { cause += ", in line \(line) of the statement" }
        }
        if let hint = failure.hint { cause += " (\(hint))" }
        return KnowledgeProblem(file: entry.source, entry: entry.content.label, cause: cause)
    }
}

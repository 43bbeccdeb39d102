import Agents
import LanguageModels
import Planner
import ServiceRuntime

/// `plan_question`: a question as a plan, with the statement that computes it and what each of its words was taken for.
struct PlanQuestionTool: Tool {
    let run: Run
    let planning: PlanningService
    let learnings: LearningStore
    let warehouse: Warehouse
    /// In the company's time zone.
    let today: CivilDate
    let logger: Logger

    var definition: ToolDefinition {
        ToolDefinition(
            name: ToolName.planQuestion,
            description: """
                Reads a question with the company's definitions, without a language model. Returns a plan with its SQL, the \
                evidence for every word, words that were not used, what was assumed; or the readings to choose from; or why \
                there is no plan. A result of its SQL, run unchanged, keeps the plan as its source. `validated_query` is the \
                query that is known to answer the very question, with its values: run its SQL unchanged rather than the plan's. \
                `view_sql` is the plan's SQL as a view needs it. `leans_back` says that the words go on from an earlier \
                answer: without a plan for that, they are no question of their own.
                """,
            parameters: .schema(
                ["question": .property("string", "In the person's words; a follow-up as it was said.")],
                required: ["question"]))
    }

    func call(_ arguments: JSONValue) async throws -> ToolOutput {
        guard let question = arguments.text("question") else {
            return ToolOutput(wrongArguments: "`question` is empty.")
        }
        let state: PlanningState
        do {
            state = try await planning.current()
        } catch let failure as SQLFailure {
            // What knowledge says can be told without the company's database; a statement will say that it is away.
            return ToolOutput(failure)
        }
        let taught = await adjustments()
        var context = PlanContext(
            earlier: run.conversation.earlier?.plan, remembered: taught + run.conversation.decisions)
        let leansBack = await Self.leansBack(question, context, state)
        if context.earlier == nil, leansBack, let agreeing = try await agreeingPlan(state) {
            run.conversation.earlier = agreeing
            context.earlier = agreeing.plan
        }
        let isReworded = !isOwn(question)
        let outcome: PlanOutcome
        var isTaught = false
        if let choice = run.conversation.choice(for: question) {
            if !isReworded { run.took(choice) }
            outcome = .plan(choice.question)
        } else {
            let read = await Self.outcome(of: question, context, state)
            isTaught = await Self.isTaught(read, question, context, state)
            outcome = settled(read, state)
            // A model may plan parts of the question as well.
            if run.outcome == nil, !isReworded { run.outcome = outcome }
        }
        let reading = Reading(state: state, isReworded: isReworded, filters: Self.filters(taught))
        var members: [String: JSONValue]
        switch outcome {
        case .plan(let planned):
            members = try plan(planned, reading)
            members["outcome"] = "plan"
            if isTaught { members["taught"] = true }
        case .clarify(let clarification):
            members = [
                "outcome": "clarify",
                "clarification": [
                    "text": .string(clarification.text),
                    "choices": .array(clarification.choices.map { .string($0.label) }),
                ],
                // Which of them is meant only the person can say.
                "readings": .array(
                    try clarification.choices.map {
                        .object(
                            try plan($0.question, Reading(state: state, isReworded: true, filters: reading.filters)))
                    }),
            ]
        case .declined(let decline):
            members = [
                "outcome": "declined", "decline": try JSONValue(encoding: decline),
                "gaps": .array(decline.unknown.map(JSONValue.string)),
            ]
        }
        // A fixed query follows nothing that was taught.
        if !isTaught, let query = await Self.query(asked: question, state, today) {
            // Of the reworded the values are the model's choice.
            run.bind(.query(query, isCurated: !isReworded))
            members["validated_query"] = try JSONValue(encoding: query)
        }
        if leansBack { members["leans_back"] = true }
        return ToolOutput(content: JSONValue.object(members).encoded(), summary: Self.summary(of: outcome))
    }

    @concurrent
    private static func leansBack(
        _ question: String, _ context: PlanContext, _ state: PlanningState
    ) async -> Bool { state.planner.leansBack(question, context: context) }

    /// A fixed query gave the answer before: the plan of that question which gives the same numbers.
    private func agreeingPlan(_ state: PlanningState) async throws -> PlannedQuestion? {
        guard let statement = run.conversation.explained?.provenance.statements.first else { return nil }
        return try await AgreeingPlan(
            candidates: run.conversation.likely ?? [], statement: statement, state: state, today: today,
            analyst: warehouse.analyst, run: run, logger: logger
        ).found()
    }

    /// Whether the words are the person's: only then is what they say in full what was asked. The built-in model plans
    /// nothing else.
    private func isOwn(_ question: String) -> Bool {
        func words(_ text: String) -> [String] {
            var words = text.split(whereSeparator: \.isWhitespace).map { String($0) }
            while let last = words.last, let end = last.last, "?.!".contains(end) {
                words[words.count - 1].removeLast()
                if last.count == 1 { words.removeLast() }
            }
            return words
        }
        return run.isGrounded || words(question) == words(run.question.text)
    }

    @concurrent
    private static func outcome(
        of question: String, _ context: PlanContext, _ state: PlanningState
    ) async -> PlanOutcome {
        state.planner.plan(question, context: context)
    }

    /// Whether what people taught, or chose in this conversation, gives the question another plan.
    @concurrent
    private static func isTaught(
        _ outcome: PlanOutcome, _ question: String, _ context: PlanContext, _ state: PlanningState
    ) async -> Bool {
        guard case .plan(let planned) = outcome, !context.remembered.isEmpty else { return false }
        let plain = state.planner.plan(question, context: PlanContext(earlier: context.earlier))
        guard case .plan(let untaught) = plain else { return true }
        return untaught.plan != planned.plan
    }

    private static func filters(_ taught: [Adjustment]) -> [Condition] {
        taught.compactMap { if case .defaultFilter(_, _, let condition) = $0 { condition } else { nil } }
    }

    @concurrent
    private static func query(
        asked question: String, _ state: PlanningState, _ today: CivilDate
    ) async -> ValidatedQuery? {
        state.query(asked: question, today: today)
    }

    /// Of several readings the only one that stands on curated definitions alone, and says so.
    private func settled(_ outcome: PlanOutcome, _ state: PlanningState) -> PlanOutcome {
        guard case .clarify(let clarification) = outcome else { return outcome }
        let curated = clarification.choices.filter { choice in
            if case .success(let planned) = state.statement(of: choice.question, today: today) {
                planned.isCurated
            } else {
                false
            }
        }
        guard curated.count == 1, let choice = curated.first else { return outcome }
        var question = choice.question
        question.assumptions.append("Read as “\(choice.label)”; other readings are not part of a curated definition.")
        return .plan(question)
    }

    /// Without what was learned a question is still a question.
    private func adjustments() async -> [Adjustment] {
        do {
            return try await learnings.adjustments(
                asker: run.question.asker.id, place: run.question.origin.place)
        } catch {
            logger.warning("what was learned could not be read for a plan", ["run": run.id.short])
            return []
        }
    }

    // MARK: - What is returned

    /// What a plan is compiled with.
    private struct Reading {
        var state: PlanningState
        var isReworded: Bool
        /// What was taught to count alone: a definition that is narrowed by it is no curated one.
        var filters: [Condition]
    }

    /// The statement's own members beside the plan, its hash, and what it leaves open.
    private func plan(_ planned: PlannedQuestion, _ reading: Reading) throws -> [String: JSONValue] {
        let state = reading.state
        var members: [String: JSONValue] = [:]
        var gaps = planned.unused.map { "“\($0)” is not used." }
        switch compiled(planned, reading) {
        case .success(let statement):
            members = try JSONValue(encoding: statement.statement).object ?? [:]
            // Whoever reads the plan has no use for it.
            members["cut"] = nil
            members["curated"] = .bool(statement.isCurated)
            if var view = state.viewStatement(of: planned, today: today) {
                view.isReworded = statement.isReworded
                view.isCurated = statement.isCurated
                run.plan(view)
                members["view_sql"] = .string(view.statement.sql)
            }
            if run.isGrounded, let parts = state.parts(of: planned),
                case .success(let parts) = compiled(parts, reading)
            {
                members["parts"] = try JSONValue(encoding: parts.statement)
            }
        case .failure(let error):
            gaps.append(error.description)
            members["failure"] = .string(error.description)
        }
        members["planned"] = try JSONValue(encoding: planned)
        members["hash"] = .string(planned.plan.hash)
        members["gaps"] = .array(gaps.map(JSONValue.string))
        return members
    }

    private func compiled(
        _ planned: PlannedQuestion, _ reading: Reading
    ) -> Result<PlannedStatement, CompileError> {
        reading.state.statement(of: planned, today: today).map { statement in
            var statement = statement
            if reading.isReworded { statement.isReworded = true }
            if planned.plan.conditions.contains(where: reading.filters.contains) { statement.isCurated = false }
            run.plan(statement)
            return statement
        }
    }

    private static func summary(of outcome: PlanOutcome) -> String {
        switch outcome {
        case .plan(let planned): "plan \(planned.plan.hash.prefix(8)), \(planned.plan.recipe.rawValue)"
        case .clarify(let clarification): "\(clarification.choices.count) readings"
        case .declined(let decline): "no plan: \(decline.reason.rawValue)"
        }
    }
}

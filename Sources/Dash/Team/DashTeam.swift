import Agents
import FoundationEssentials
import LanguageModels
import SQLGuard
import ServiceRuntime

/// Leader, Analyst and Engineer, put together anew for every question.
struct DashTeam: Sendable {
    /// On behalf of whoever asks.
    var warehouse: Warehouse
    let knowledge: KnowledgeStore
    let learnings: LearningStore
    let context: ContextBuilder
    let planning: PlanningService
    let confirmations: ConfirmationStore
    let maximumRetries: Int
    let budget: RunBudget
    /// What the checks of results may ask the warehouse for.
    let probes: ProbeLimits
    /// Decides which day "today" is.
    let timeZone: TimeZoneRules
    let now: @Sendable () -> Date
    let logger: Logger

    /// Where a person has to decide before the run can go on, the answer asks for that and the run is stored.
    ///
    /// - Parameter model: plays all roles; nil for the built-in one.
    func answer(
        _ question: Question, _ turns: [Turn], _ id: RunID, _ model: (any LanguageModel)?, _ recorder: RunEventRecorder
    ) async throws -> Answer {
        let run = Run(
            id: id, question: question, maximumRetries: maximumRetries, ledger: BudgetLedger(budget),
            isGrounded: model == nil)
        run.conversation = ConversationMemory(turns)
        let messages = turns.compactMap(Self.message)
        let ready = try await team(run, messages, model)
        return try await answer(run, messages, heard: ready.heard) {
            try await ready.team.run(messages + [.user(question.text)], ledger: run.ledger, recorder: recorder)
        }
    }

    /// Goes on with a run that a person has decided about. May end in a further confirmation.
    func resume(
        _ suspended: SuspendedRun, _ confirmation: Confirmation, _ model: (any LanguageModel)?,
        _ recorder: RunEventRecorder
    ) async throws -> Answer {
        let run = Run(
            id: confirmation.runID, question: suspended.question, maximumRetries: maximumRetries,
            ledger: BudgetLedger(budget(after: confirmation), spent: suspended.spent), isGrounded: suspended.isGrounded)
        run.restore(suspended.run)
        let resolution = ConfirmedCall(confirmation: confirmation, run: run, store: confirmations)
        let ready = try await team(run, suspended.context, model)
        return try await answer(run, suspended.context, heard: ready.heard) {
            try await ready.team.resume(
                suspended.loop, resolving: { try await resolution.output(of: $0, run: $1) }, ledger: run.ledger,
                recorder: recorder)
        }
    }

    /// Who has agreed to wait for a statement waits for it.
    private func budget(after confirmation: Confirmation) -> RunBudget {
        var budget = budget
        if confirmation.decision == .approved, confirmation.action.effects.contains(where: { $0.kind == .run }) {
            budget.seconds += Int(CostGate.approvedTimeLimit / .seconds(1))
        }
        return budget
    }

    private func answer(
        _ run: Run, _ context: [Message], heard: [String], _ work: () async throws -> AgentOutcome
    ) async throws -> Answer {
        let outcome: AgentOutcome
        do {
            outcome = try await work()
        } catch let suspension as RunSuspended {
            return try await ask(suspension.loop, run, context)
        }
        return run.remembering(try await answer(from: outcome, run, heard: heard))
    }

    private func ask(_ loop: SuspendedLoop, _ run: Run, _ context: [Message]) async throws -> Answer {
        guard let action = try loop.request?.decode(as: ProposedAction.self) else { throw BrokenSuspension() }
        // An outsider may not decide about what belongs to others, nor have others decide for them.
        guard !run.question.isByOutsider else {
            return Answer(
                kind: .refusal, runID: run.id, headline: "I do this for members of the organisation only.",
                meaning: "It needs somebody's confirmation, so nothing was done.", answeredAt: now())
        }
        let confirmation = try await confirmations.add(
            action, by: loop.waitingAgent,
            of: SuspendedRun(
                question: run.question, isGrounded: run.isGrounded, context: context, loop: loop, run: run.snapshot,
                spent: run.ledger.spent), run: run.id)
        return Answer(
            kind: .confirmation, runID: run.id, headline: "Please confirm: \(action.sentence)", meaning: action.risk,
            confirmation: confirmation, answeredAt: now())
    }

    private struct ReadyTeam {
        var team: Team
        /// What its agents are told: numbers in there need no result.
        var heard: [String]
    }

    private func team(_ run: Run, _ messages: [Message], _ model: (any LanguageModel)?) async throws -> ReadyTeam {
        let question = run.question
        let today = timeZone.civil(at: question.askedAt).date
        let model =
            model ?? GroundedModel(today: today, person: question.asker.displayName, conversation: run.conversation)
        // The built-in model retrieves with its tools; only a model that reads prompts needs the layers in one.
        let layers = run.isGrounded ? [] : try await context.layers(for: question) + planLayer(run, today)
        let rendered = ContextBuilder.rendered(layers)
        let members = [
            Agent(
                name: "analyst",
                purpose: "answers questions about the data with read-only SQL, and takes corrections of meaning",
                instructions: AnalystInstructions(today: today, context: rendered).text, model: model,
                tools: try await analystTools(run, run.isGrounded)),
            Agent(
                name: "engineer", purpose: "builds, changes and drops views and tables in schema dash",
                instructions: EngineerInstructions(today: today, context: rendered).text, model: model,
                tools: engineerTools(run)),
        ]
        let leader = Agent(
            name: "leader", purpose: "speaks with the person",
            instructions: LeaderInstructions(
                askerName: question.asker.displayName, today: today,
                subjects: run.isGrounded ? [] : try await subjects()
            ).text, model: model, tools: [])
        return ReadyTeam(
            team: Team(leader: leader, members: members, context: messages, endingTools: [ToolName.giveAnswer]),
            heard: messages.map(\.text) + [rendered, "\(today)"])
    }

    /// The plan of the question, or what there is of one, so that a model need not ask for it.
    private func planLayer(_ run: Run, _ today: CivilDate) async -> [ContextLayer] {
        do {
            let output = try await planTool(run, today).call(["question": .string(run.question.text)])
            return [ContextLayer(name: "plan", entries: 1, text: String(output.content.prefix(Self.longestPlan)))]
        } catch {
            logger.warning("a question could not be planned for its context", ["run": run.id.short])
            return []
        }
    }

    private static let longestPlan = 8_000

    // MARK: - Tools

    private func planTool(_ run: Run, _ today: CivilDate) -> PlanQuestionTool {
        PlanQuestionTool(
            run: run, planning: planning, learnings: learnings, warehouse: warehouse, today: today, logger: logger)
    }

    private func saveTool(_ run: Run, _ today: CivilDate) -> SaveLearningTool {
        SaveLearningTool(run: run, learnings: learnings, planning: planning, today: today, logger: logger)
    }

    private func analystTools(_ run: Run, _ isGrounded: Bool) async throws -> [any Tool] {
        let provenance = ProvenanceBuilder(warehouse: warehouse, knowledge: knowledge, logger: logger)
        let today = timeZone.civil(at: run.question.askedAt).date
        var tools: [any Tool] = [
            SearchKnowledgeTool(run: run, knowledge: knowledge), SearchLearningsTool(run: run, learnings: learnings),
            planTool(run, today), sql(.analyst, run), IntrospectSchemaTool(introspection: warehouse.introspection),
            saveTool(run, today),
            GiveAnswerTool(
                run: run, knowledge: knowledge, learnings: learnings, provenance: provenance, now: now, logger: logger),
        ]
        // What an outsider causes must not become what others build on.
        if !run.question.isByOutsider {
            tools.append(
                SaveValidatedQueryTool(run: run, warehouse: warehouse, knowledge: knowledge, provenance: provenance))
        }
        if !isGrounded {
            let described = try await knowledge.entries(of: .table).compactMap { entry in
                if case .table(let table) = entry.content { table } else { nil }
            }
            let personal = PersonalColumns(described)
            tools += [
                TableStatisticsTool(introspection: warehouse.introspection, personalColumns: personal),
                SampleDataTool(warehouse: warehouse, personalColumns: personal),
                ColumnDistributionTool(warehouse: warehouse, personalColumns: personal),
            ]
        }
        return tools
    }

    private func engineerTools(_ run: Run) -> [any Tool] {
        let today = timeZone.civil(at: run.question.askedAt).date
        let reading: [any Tool] = [
            SearchKnowledgeTool(run: run, knowledge: knowledge), planTool(run, today),
            IntrospectSchemaTool(introspection: warehouse.introspection), saveTool(run, today),
        ]
        guard !run.question.isByOutsider else { return reading }
        return reading + [
            sql(.engineer, run), UpdateKnowledgeTool(run: run, warehouse: warehouse, knowledge: knowledge),
        ]
    }

    private func sql(_ role: SQLRole, _ run: Run) -> RunSQLTool {
        RunSQLTool(
            role: role, run: run, warehouse: warehouse, knowledge: knowledge, learnings: learnings, probes: probes,
            logger: logger)
    }

    private func subjects() async throws -> [String] {
        try await knowledge.entries(of: .metric).prefix(12).compactMap { entry in
            if case .metric(let metric) = entry.content { metric.shortName } else { nil }
        }
    }

    // MARK: - Conversation

    private static func message(_ turn: Turn) -> Message? {
        switch turn.content {
        case .question(let text, _): .user(text)
        case .answer(let answer):
            .assistant(
                ([answer.headline, answer.meaning].compactMap { $0 } + answer.choices.map { "- \($0)" }).joined(
                    separator: "\n"))
        }
    }

    // MARK: - Outcome

    /// - Parameter heard: what the model was told, besides the question and what its tools returned.
    private func answer(from outcome: AgentOutcome, _ run: Run, heard: [String]) async throws -> Answer {
        if let answer = run.answer { return answer }
        let text = outcome.text
        func plain(_ kind: Answer.Kind, _ headline: String, _ meaning: String? = nil) -> Answer {
            Answer(
                kind: kind, runID: run.id, headline: headline, meaning: meaning,
                badge: kind == .unanswered ? .needsInput : nil, answeredAt: now())
        }
        switch outcome.stop {
        case .budget(let limit):
            return plain(
                .unanswered, "I stopped before I had an answer: \(budget.sentence(for: limit)).",
                "A narrower question, or one part of it at a time, usually gets through; each question has the whole limit."
            )
        case .gaveUp(.refused):
            let isSayable = run.isGrounded || !hasLooseNumbers(text, run, heard)
            return plain(.refusal, isSayable && !text.isEmpty ? text : "I can't help with that.")
        case .gaveUp(let cause):
            return plain(
                .failure, "I could not finish this: \(cause.sentence).",
                "Please ask again in other words; this was run \(run.id.short).")
        case .finished: break
        }
        if run.isGrounded {
            if !run.changes.isEmpty { return await change(text, run) }
            let isUnanswered = run.declined.isEmpty ? try await isUnmade(run.question) : false
            return plain(isUnanswered ? .unanswered : .message, text)
        }
        let isLoose = hasLooseNumbers(text, run, heard)
        if !run.changes.isEmpty {
            return await change(isLoose ? "I changed schema dash; the statements show how." : text, run)
        }
        if isLoose { return await ungrounded(run) }
        guard run.resultIDs.isEmpty else {
            var answer = await spoken(text, run)
            if !run.declined.isEmpty { answer.caveats.append(Self.nothingConfirmed) }
            return answer
        }
        // A model may say that it did what it did not.
        if !run.declined.isEmpty { return plain(.message, Self.nothingConfirmed) }
        if try await isUnmade(run.question) {
            return plain(.unanswered, text, "Nothing was built or changed for this.")
        }
        return plain(.message, text)
    }

    private static let nothingConfirmed = "It was not confirmed, so nothing was changed."

    /// Whether the question orders something to be built that is not there, or something to be done with what was built.
    private func isUnmade(_ question: Question) async throws -> Bool {
        guard Intent(question.text) == .build else { return false }
        guard BuiltObjectRequest(question.text) == nil, let name = ViewRequest(question.text).name else { return true }
        return try await warehouse.introspection.catalog(refresh: false).relation(named: "dash.\(name)") == nil
    }

    private func change(_ text: String, _ run: Run) async -> Answer {
        let tables = run.resultIDs.compactMap(run.result).map(\.table).filter { $0.change == nil }
        return Answer(
            kind: .change, runID: run.id, headline: text, tables: Array(tables.suffix(1)),
            provenance: Provenance(
                tables: await ProvenanceBuilder(warehouse: warehouse, knowledge: knowledge, logger: logger).tables(
                    of: run.changes),
                statements: run.changes), answeredAt: now())
    }

    // MARK: - A model's own words

    /// Whether a model that did not end with `give_answer` says numbers that nothing accounts for.
    private func hasLooseNumbers(_ text: String, _ run: Run, _ heard: [String]) -> Bool {
        let words = OwnWords(
            run.resultIDs.compactMap(run.result).map(\.table), statements: run.changes,
            heard: [run.question.text] + heard + run.knowledge.map(KnowledgeText.text) + run.notes.map(\.text))
        return !words.unknown(in: text).isEmpty
    }

    /// Words about statements that ran, all numbers accounted for.
    private func spoken(_ text: String, _ run: Run) async -> Answer {
        let last = Array(run.resultIDs.compactMap(run.result).suffix(1))
        return Answer(
            kind: .result, runID: run.id, headline: text, tables: last.map(\.table), badge: .generated,
            provenance: await provenance(of: last), caveats: run.caveats(of: last.map(\.table)), answeredAt: now())
    }

    /// What is shown instead of words with numbers from nowhere: what the last statement gave, where one ran.
    private func ungrounded(_ run: Run) async -> Answer {
        logger.notice("a model's numbers had no source and were left out", ["run": run.id.short])
        let last = Array(run.resultIDs.compactMap(run.result).suffix(1))
        return Answer(
            kind: .unanswered, runID: run.id, headline: "I could not ground this in your data.",
            meaning: "I had numbers for it that no statement gave, so I leave them out. "
                + "Ask for one measure with its period, or say which table holds it.",
            tables: last.map(\.table), badge: .needsInput,
            provenance: last.isEmpty ? nil : await provenance(of: last), answeredAt: now())
    }

    private func provenance(of results: [(table: ResultTable, evidence: Evidence)]) async -> Provenance {
        await ProvenanceBuilder(warehouse: warehouse, knowledge: knowledge, logger: logger).provenance(of: results)
    }
}

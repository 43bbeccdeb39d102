import Agents
import FoundationEssentials
import LanguageModels
import ServiceRuntime

/// Leader, Analyst and Engineer, put together anew for every question.
struct DashTeam: Sendable {
    let warehouse: Warehouse
    let knowledge: KnowledgeStore
    let learnings: LearningStore
    let context: ContextBuilder
    let maximumRetries: Int
    let budget: RunBudget
    /// Decides which day "today" is.
    let timeZone: TimeZoneRules
    let now: @Sendable () -> Date
    let logger: Logger

    /// - Parameter model: plays all roles; nil for the built-in one.
    func answer(
        _ question: Question, _ turns: [Turn], _ id: RunID, _ model: (any LanguageModel)?, _ recorder: RunEventRecorder
    ) async throws -> Answer {
        let isGrounded = model == nil
        let today = timeZone.civil(at: question.askedAt).date
        let model = model ?? GroundedModel(today: today, person: question.asker.displayName)
        let ledger = BudgetLedger(budget)
        let run = Run(
            id: id, question: question, maximumRetries: maximumRetries, ledger: ledger, isGrounded: isGrounded)
        let messages = turns.compactMap(Self.message)
        // The built-in model retrieves with its tools; only a model that reads prompts needs the layers in one.
        let layers = isGrounded ? [] : try await context.layers(for: question)
        let rendered = ContextBuilder.rendered(layers)
        let members = [
            Agent(
                name: "analyst",
                purpose: "answers questions about the data with read-only SQL, and takes corrections of meaning",
                instructions: AnalystInstructions(today: today, context: rendered).text, model: model,
                tools: try await analystTools(run, isGrounded)),
            Agent(
                name: "engineer", purpose: "builds and changes views and tables in schema dash",
                instructions: EngineerInstructions(today: today, context: rendered).text, model: model,
                tools: engineerTools(run)),
        ]
        let leader = Agent(
            name: "leader", purpose: "speaks with the person",
            instructions: LeaderInstructions(
                askerName: question.asker.displayName, today: today, subjects: isGrounded ? [] : try await subjects()
            ).text, model: model, tools: [])
        let outcome = try await Team(
            leader: leader, members: members, context: messages, endingTools: [ToolName.giveAnswer]
        ).run(messages + [.user(question.text)], ledger: ledger, recorder: recorder)
        return try await answer(from: outcome, run, heard: messages.map(\.text) + [rendered, "\(today)"])
    }

    // MARK: - Tools

    private func analystTools(_ run: Run, _ isGrounded: Bool) async throws -> [any Tool] {
        let provenance = ProvenanceBuilder(warehouse: warehouse, knowledge: knowledge, logger: logger)
        var tools: [any Tool] = [
            SearchKnowledgeTool(run: run, knowledge: knowledge), SearchLearningsTool(run: run, learnings: learnings),
            sql(.analyst, run), IntrospectSchemaTool(introspection: warehouse.introspection),
            SaveValidatedQueryTool(run: run, warehouse: warehouse, knowledge: knowledge, provenance: provenance),
            SaveLearningTool(run: run, learnings: learnings),
            GiveAnswerTool(
                run: run, knowledge: knowledge, learnings: learnings, provenance: provenance, now: now, logger: logger),
        ]
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
        [
            SearchKnowledgeTool(run: run, knowledge: knowledge),
            IntrospectSchemaTool(introspection: warehouse.introspection), sql(.engineer, run),
            UpdateKnowledgeTool(run: run, warehouse: warehouse, knowledge: knowledge),
            SaveLearningTool(run: run, learnings: learnings),
        ]
    }

    private func sql(_ role: RunSQLTool.Role, _ run: Run) -> RunSQLTool {
        RunSQLTool(
            role: role, run: run, warehouse: warehouse, knowledge: knowledge, learnings: learnings, logger: logger)
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
                "A narrower question, or one part of it at a time, usually gets through.")
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
            return plain(try await isUnmade(run.question) ? .unanswered : .message, text)
        }
        let isLoose = hasLooseNumbers(text, run, heard)
        if !run.changes.isEmpty {
            return await change(isLoose ? "I changed schema dash; the statements show how." : text, run)
        }
        if isLoose { return await ungrounded(run) }
        return run.resultIDs.isEmpty ? plain(.message, text) : await spoken(text, run)
    }

    /// Whether the question orders something to be built that is not there, or something to be done with what was built.
    private func isUnmade(_ question: Question) async throws -> Bool {
        guard Intent(question.text) == .build else { return false }
        guard BuiltObjectRequest(question.text) == nil, let name = ViewRequest(question.text).name else { return true }
        return try await warehouse.introspection.catalog(refresh: false).relation(named: "dash.\(name)") == nil
    }

    private func change(_ text: String, _ run: Run) async -> Answer {
        let tables = run.resultIDs.compactMap(run.result).map(\.table).filter { !EngineerCommand.isChange($0.sql) }
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
            provenance: await provenance(of: last), answeredAt: now())
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

package import Agents
package import FoundationEssentials
import LanguageModels
import Postgres
package import ServiceRuntime

/// The way of a question: conversation → team → answer, the same from every surface.
package struct QuestionRunner: Sendable {
    private let warehouse: WarehouseAccess
    private let team: DashTeam
    private let conversations: ConversationStore
    private let runs: RunStore
    private let confirmations: ConfirmationStore
    private let models: TeamModels
    private let usage: UsageStore?
    private let metrics: RunMetrics?
    private let now: @Sendable () -> Date
    private let logger: Logger
    /// Turns of a conversation that a question can refer to.
    private static let rememberedTurns = 12

    /// - Parameters:
    ///   - planning: what plans are made with; nil for one that nobody else uses.
    ///   - timeZone: whose day "today" is; the one that statements run in.
    package init(
        warehouse: WarehouseAccess, knowledge: KnowledgeStore, learnings: LearningStore,
        conversations: ConversationStore, runs: RunStore, confirmations: ConfirmationStore, context: ContextBuilder,
        planning: PlanningService? = nil, models: TeamModels, maximumRetries: Int = 2, budget: RunBudget = RunBudget(),
        probes: ProbeLimits = ProbeLimits(), usage: UsageStore? = nil,
        timeZone: TimeZoneRules = .utc, metrics: RunMetrics? = nil, logger: Logger,
        now: @escaping @Sendable () -> Date = { Date.now }
    ) {
        self.warehouse = warehouse
        team = DashTeam(
            warehouse: warehouse(for: .system("team")), knowledge: knowledge, learnings: learnings, context: context,
            planning: planning
                ?? PlanningService(
                    warehouse: warehouse, knowledge: knowledge, client: knowledge.client,
                    timeZone: timeZone.identifier, logger: logger, now: now),
            confirmations: confirmations, maximumRetries: maximumRetries, budget: budget, probes: probes,
            timeZone: timeZone, now: now,
            logger: logger)
        self.conversations = conversations
        self.runs = runs
        self.confirmations = confirmations
        self.models = models
        self.usage = usage
        self.metrics = metrics
        self.now = now
        self.logger = logger
    }

    /// Runs the team and returns its answer; failures are answers of kind `failure` with the run's id.
    ///
    /// What looks like a secret is removed from the question before anything is done with it, and from the answer. With
    /// the day's tokens used up the built-in model goes on alone, and the answer says so.
    ///
    /// Stores both turns, the run and its events; run again after a crash, a question with a key does not see and does not
    /// repeat its own turns. Throws `CancellationError` (a cancelled run stops its SQL and its model
    /// calls) and `PostgresError` where Dash's own database is away for now: nothing was answered, ask again later.
    package func run(
        _ question: Question, id: RunID, onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async throws -> Answer {
        var question = question
        question.text = SecretScan.process.clean(question.text)
        question.asker.displayName = question.asker.displayName.map { SecretScan.process.clean($0) }
        return try await Logger.withContext(["run": id.short]) { [question] in
            let log = RunLog(runs: runs, logger: logger)
            let attempt = await log.begin(id, question)
            return try await record(question, id, attempt, in: log, onEvent: onEvent) {
                try await decide(question, id, $0)
            }
        }
    }

    /// Goes on with the run that waited for this decision: does what was approved, once, or says that it was not done.
    /// Where nobody decided in time the run ends with that, and no model is asked.
    ///
    /// May be called again after a crash: what was done is not done again. Throws as `run` does.
    package func resume(
        _ id: ConfirmationID, onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async throws -> Answer {
        guard let confirmation = try await confirmations.confirmation(id), confirmation.decision != nil,
            let suspended = try await confirmations.suspendedRun(of: id)
        else { return try await endedAnswer(to: id) }
        return try await Logger.withContext(["run": confirmation.runID.short]) {
            let (attempt, position) = try await runs.reopen(confirmation.runID)
            let answer = try await record(
                suspended.question, confirmation.runID, attempt, in: RunLog(runs: runs, logger: logger),
                after: position, onEvent: onEvent
            ) { recorder in
                guard confirmation.decision != .expired else { return expiredAnswer(to: confirmation) }
                return try await team(for: suspended.question, confirmation.runID)
                    .resume(suspended, confirmation, try model(toGoOnWith: suspended), recorder)
            }
            await confirmations.close(id)
            return answer
        }
    }

    /// What was begun is brought to its end where the day's tokens are used up in the meantime; they are counted.
    private func model(toGoOnWith suspended: SuspendedRun) throws -> (any LanguageModel)? {
        if suspended.isGrounded { return nil }
        guard let model = models.model else { throw ModelGone() }
        return usage.map { MeteredModel(base: model, usage: $0, refusesOverLimit: false, logger: logger) } ?? model
    }

    private struct ModelGone: Error {}

    private func expiredAnswer(to confirmation: Confirmation) -> Answer {
        Answer(
            kind: .refusal, runID: confirmation.runID, headline: "Nobody decided in time, so it was not done.",
            meaning: "It was about this: \(confirmation.action.sentence) Ask again if it is still wanted.",
            answeredAt: now())
    }

    /// The answer of a run that has ended already, for whoever did not live to deliver it.
    private func endedAnswer(to id: ConfirmationID) async throws -> Answer {
        let confirmation = try await confirmations.confirmation(id)
        if let confirmation, let answer = try await runs.run(confirmation.runID)?.answer, answer.confirmation?.id != id
        {
            return answer
        }
        return Answer(
            kind: .refusal, runID: confirmation?.runID ?? RunID(), headline: "This confirmation is no longer active.",
            meaning: "Nothing was changed. Please ask again.", answeredAt: now())
    }

    /// Runs the work with its trace, and stores what came of it, without what looks like a secret.
    private func record(
        _ question: Question, _ id: RunID, _ attempt: RunAttempt?, in log: RunLog,
        after position: RunEventRecorder.Position? = nil, onEvent: @escaping @Sendable (RunEvent) -> Void,
        _ work: @escaping @Sendable (RunEventRecorder) async throws -> Answer
    ) async throws -> Answer {
        let (events, feed) = AsyncStream.makeStream(of: RunEvent.self)
        let recorder = RunEventRecorder(runID: id, after: position ?? .init(), now: now) { event in
            onEvent(event)
            feed.yield(event)
        }
        let start = ContinuousClock.now
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await log.store(events) }
            let result: Result<Answer, any Error>
            do {
                let answer = try await answer(question, id, recorder, work).withoutSecrets
                await finish(question, answer, attempt, log)
                result = .success(answer)
            } catch {
                result = .failure(error)
            }
            metrics?.note(result, after: start.duration(to: .now))
            feed.finish()
            try await group.waitForAll()
            return try result.get()
        }
    }

    /// Runs the question and times it. Everything but cancellation and an absent database becomes an answer.
    private func answer(
        _ question: Question, _ id: RunID, _ recorder: RunEventRecorder,
        _ work: (RunEventRecorder) async throws -> Answer
    ) async throws -> Answer {
        let start = ContinuousClock.now
        recorder.record(.started(question: question.text))
        do {
            let answer = try await work(recorder)
            try Task.checkCancellation()
            let elapsed = start.duration(to: .now)
            if answer.kind == .failure {
                recorder.record(.failed(reason: answer.headline))
            } else {
                recorder.record(.finished(milliseconds: elapsed.inMilliseconds))
            }
            return answer
        } catch {
            if error is CancellationError || Task.isCancelled {
                recorder.record(.failed(reason: "cancelled"))
                throw CancellationError()
            }
            if error is WarehouseAway || (error as? PostgresError)?.isPassing == true {
                return try await answer(toAbsence: error, id, recorder)
            }
            if let off = error as? SQLToolsOff {
                recorder.record(.failed(reason: off.sentence))
                return Answer(
                    kind: .failure, runID: id, headline: off.sentence, meaning: SQLToolsOff.advice,
                    answeredAt: now())
            }
            logger.error("a question failed", ["run": id.short, "error": Self.kind(of: error)])
            let sentence = Self.sentence(for: error)
            recorder.record(.failed(reason: sentence))
            return Answer(
                kind: .failure, runID: id, headline: sentence,
                meaning: "Please try again. If it stays like this, name the run \(id.short) to your administrator.",
                answeredAt: now())
        }
    }

    /// Without Dash's own database the question waits until it is back; without the company's it is answered with that.
    private func answer(toAbsence error: any Error, _ id: RunID, _ recorder: RunEventRecorder) async throws -> Answer {
        let isOwn = error is PostgresError && !warehouse.isElsewhere
        guard !isOwn, await runs.isReachable() else {
            let own = error as? PostgresError ?? PostgresError(.connectionLost, message: "the server is away")
            recorder.record(.failed(reason: Self.sentence(for: own)))
            throw own
        }
        logger.warning("the company's database cannot be reached", ["run": id.short])
        recorder.record(.failed(reason: WarehouseAway.sentence))
        return Answer(
            kind: .failure, runID: id, headline: WarehouseAway.sentence, meaning: WarehouseAway.advice,
            answeredAt: now())
    }

    private func decide(_ question: Question, _ id: RunID, _ recorder: RunEventRecorder) async throws -> Answer {
        guard !Question.isTooLong(question.text) else {
            return Answer(
                kind: .refusal, runID: id,
                headline:
                    "That is more than I can read at once: \(question.text.count) characters; I take up to \(Question.maximumLength).",
                meaning: "Please ask in a few sentences.", answeredAt: now())
        }
        let turns = try await conversations.turns(
            in: question.conversation, limit: Self.rememberedTurns, exceptOf: Self.key(question, id))
        let team = team(for: question, id)
        guard let model = models.model else {
            return try await team.answer(question, turns, id, nil, recorder)
        }
        guard models.usesFastPath else { return try await modelAnswer(question, turns, id, model, recorder, team, nil) }
        let quick = try await team.answer(question, turns, id, nil, recorder)
        switch quick.kind {
        case .message, .change, .confirmation, .refusal: return quick
        case .result where quick.badge == .verified: return quick
        case .failure: return try await modelAnswer(question, turns, id, model, recorder, team, nil)
        case .result, .clarification, .unanswered:
            return try await modelAnswer(question, turns, id, model, recorder, team, quick)
        }
    }

    /// What the language model says; what the built-in one said, with a caveat, where the other cannot be asked.
    private func modelAnswer(
        _ question: Question, _ turns: [Turn], _ id: RunID, _ model: any LanguageModel, _ recorder: RunEventRecorder,
        _ team: DashTeam, _ quick: Answer?
    ) async throws -> Answer {
        do {
            guard let usage else { return try await team.answer(question, turns, id, model, recorder) }
            if let refusal = try await usage.tokensRefusal() { throw DailyTokensUsed(refusal: refusal) }
            let metered = MeteredModel(base: model, usage: usage, logger: logger)
            return try await team.answer(question, turns, id, metered, recorder)
        } catch let used as DailyTokensUsed {
            logger.notice("the day's tokens are used up", ["run": id.short])
            var answer: Answer
            if let quick {
                answer = quick
            } else {
                answer = try await team.answer(question, turns, id, nil, recorder)
            }
            answer.caveats.append(used.refusal.sentence)
            return answer
        } catch let error as LanguageModelError {
            guard var answer = quick else { throw error }
            // The code alone: a service's own words may repeat what it was asked.
            logger.warning(
                "the language model failed; the built-in one answered", ["run": id.short, "error": "\(error.code)"])
            answer.caveats.append("The language model could not be reached, so this is what I know without it.")
            return answer
        }
    }

    /// The team, with a warehouse that knows on whose behalf.
    private func team(for question: Question, _ id: RunID) -> DashTeam {
        var team = team
        team.warehouse = warehouse(for: StatementContext(question, id))
        return team
    }

    /// Stores what was said, also where the task is cancelled in the meantime: the answer exists.
    private func finish(
        _ question: Question, _ answer: Answer, _ attempt: RunAttempt?, _ log: RunLog
    ) async {
        let conversations = conversations
        let logger = logger
        await Task {
            do {
                try await conversations.store(
                    question, answer, key: Self.key(question, answer.runID), attempt: attempt)
            } catch {
                logger.error("the turns of a conversation could not be stored", ["run": answer.runID.short])
            }
            await log.finish(answer, attempt)
        }.value
    }

    private static func key(_ question: Question, _ id: RunID) -> String { question.key ?? id.description }

    /// For the log: errors' own words may repeat what was asked.
    private static func kind(of error: any Error) -> String {
        switch error {
        case let error as LanguageModelError: "LanguageModelError \(error.code)"
        case let error as PostgresError: "PostgresError \(error.code) \(error.sqlState ?? "")"
        case let error as SQLFailure: "SQLFailure \(error.errorClass)"
        default: "\(type(of: error))"
        }
    }

    /// What a person can do with it; never the error's own text where that may show statements or settings.
    private static func sentence(for error: any Error) -> String {
        switch error {
        case let error as LanguageModelError: "The language model could not answer: \(error)"
        case let error as SQLFailure where error.isBusy:
            "The company's database is busy right now with statements that take long or cannot be stopped."
        case let error as SQLFailure where error.errorClass == .connection: WarehouseAway.sentence
        case let error as PostgresError:
            switch error.code {
            case .connectionFailed, .poolTimeout, .notRunning: "I can't reach my database right now."
            default: "Something went wrong in my own database."
            }
        case is ModelGone: "The language model that began this is not configured any more."
        case is BrokenSuspension: "I cannot continue what was begun before I was updated. Please ask again."
        case let error as BudgetReached: "I stopped before I had an answer: \(error)."
        default: "Something went wrong while I worked on this."
        }
    }
}

import Agents
import Dash
import FoundationEssentials
package import Jobs
import Postgres
import ServiceRuntime
package import SlackAPI

/// Answers one question: placeholder, run, answer; the answer and the end of the job commit together.
package struct QuestionJob: JobHandler {
    package static let jobKind: JobKind<SlackQuestion> = "slack.question"

    package struct Options: Sendable {
        /// Between two edits of the placeholder.
        package var progressInterval: Duration = .milliseconds(1500)
        /// An answer to a question that was found this long after it was asked says so.
        package var lateAfter: Duration = .seconds(300)
        /// Which addresses in answers may be clicked.
        package var links: LinkPolicy = .none
        package var access = AccessPolicy()
        /// So long a question waits for Slack to say who asks; then the person is told that it did not.
        package var identityPatience: Duration = .seconds(86_400)
        package init() {}
    }

    private let answering: any Answering
    private let postgres: PostgresClient
    private let outbox: Outbox
    private let confirmations: SlackConfirmations
    private let installations: any SlackInstallations
    private let users: UserDirectory
    private let access: AccessCheck
    private let refusals = RefusalStore()
    private let usage: UsageStore?
    private let status: StatusIndicator
    private let catchUp: ThreadCatchUp
    private let options: Options
    private let logger: Logger

    init(
        answering: any Answering, postgres: PostgresClient, outbox: Outbox, confirmations: SlackConfirmations,
        installations: any SlackInstallations, users: UserDirectory, channels: ChannelDirectory, usage: UsageStore?,
        status: StatusIndicator, catchUp: ThreadCatchUp, options: Options = Options(), logger: Logger
    ) {
        self.answering = answering
        self.postgres = postgres
        self.outbox = outbox
        self.confirmations = confirmations
        self.installations = installations
        self.users = users
        access = AccessCheck(policy: options.access, users: users, channels: channels)
        self.usage = usage
        self.status = status
        self.catchUp = catchUp
        self.options = options
        self.logger = logger
    }

    package var kind: JobKind<SlackQuestion> { Self.jobKind }

    package func run(_ question: SlackQuestion, _ context: JobContext) async throws {
        try await Logger.withContext(["run": context.run.short]) { try await answer(question, context) }
    }

    private func answer(_ question: SlackQuestion, _ context: JobContext) async throws {
        guard let installation = installations.installation(for: question.team) else {
            // Nobody can be asked who wrote it. The outbox keeps the sentence until an installation is known again.
            return try await publish([SlackTexts.unknownAsker], for: question, context)
        }
        let isOutsider: Bool
        switch try await verdict(for: question, context, installation) {
        case .allowed(let outsider): isOutsider = outsider
        case .refused(let refusal): return try await refuse(question, refusal, context)
        case nil: return try await publish([SlackTexts.unknownAsker], for: question, context)
        }
        guard !question.isTooLong else {
            return try await publish([SlackTexts.tooLong], for: question, context)
        }
        let own = installation.identity?.user ?? question.own
        let text = Mrkdwn.decode(question.text, own: own) { users.knownName(of: $0, in: question.team) }
        guard !text.isEmpty else {
            // Applause in the thread asks for nothing.
            if question.kind == .reply { return }
            return try await publish([SlackTexts.help], for: question, context)
        }
        if let refusal = try await usage?.admit(
            question.answerKey, asker: question.askerID, place: question.origin.place)
        {
            logger.notice("a question is over a limit", ["limit": refusal.limit.rawValue])
            return try await publish([SlackTexts.limitReached(refusal.sentence)], for: question, context)
        }
        try await run(text, question, isOutsider: isOutsider, context, installation)
    }

    /// nil where Slack does not say who asks. While it cannot be asked the question waits: an answer could not be
    /// delivered either.
    private func verdict(
        for question: SlackQuestion, _ context: JobContext, _ installation: SlackInstallation
    ) async throws -> AccessPolicy.Verdict? {
        do {
            return try await access.verdict(for: question, installation)
        } catch let error as SlackError {
            logger.warning("Slack does not say who asks", ["error": "\(error)"])
            let age = Date(postgresText: context.enqueuedAt).map { Date.now.timeIntervalSince($0) } ?? 0
            guard error.reaction == .retry, age < options.identityPatience.inSeconds else { return nil }
            var delay = Duration.seconds(min(max(age / 8, 1), 60))
            if case .rateLimited(let wait) = error.code { delay = max(delay, wait) }
            throw JobPostponed(for: delay, because: error.description)
        }
    }

    /// One sentence, once an hour to a person in a channel; none to bots, and none to talk among people.
    private func refuse(
        _ question: SlackQuestion, _ refusal: AccessPolicy.Refusal, _ context: JobContext
    ) async throws {
        logger.notice("somebody may not ask", ["reason": refusal.rawValue])
        try await postgres.withTransaction { connection in
            try await context.complete(on: connection)
            try await refusals.leaveThread(of: question, on: connection)
            guard let message = SlackTexts.refused(refusal), question.kind != .reply,
                try await refusals.shouldTell(question, on: connection)
            else { return }
            try await outbox.publish(
                [message], key: question.answerKey, to: question.destination, run: context.run, on: connection)
        }
        outbox.wake()
    }

    package func gaveUp(_ question: SlackQuestion, _ context: JobContext, because failure: JobFailure) async throws {
        let text: SlackText =
            switch failure {
            case .cancelled: "Stopped."
            case .failed, .crashed:
                """
                Something went wrong on my side and I could not answer this, although I tried more than once. Please ask \
                again, or tell your administrator (run \(SlackText.code(context.run.short))).
                """
            }
        try await postgres.withTransaction { connection in
            if case .cancelled = failure {
                try await context.complete(on: connection)
            } else {
                try await context.fail(on: connection, error: "given up")
            }
            try await outbox.publish(
                [SlackMessage(text: text, isNotice: true)], key: question.answerKey, to: question.destination,
                run: context.run, on: connection)
        }
        outbox.wake()
    }

    private func run(
        _ text: String, _ question: SlackQuestion, isOutsider: Bool, _ context: JobContext,
        _ installation: SlackInstallation
    ) async throws {
        let editor = ProgressEditor(
            question: question, client: installation.client, outbox: outbox, postgres: postgres,
            interval: options.progressInterval, logger: logger)
        async let placeholder: Void = showPlaceholder(question, context)
        async let isStatusShown = status.show(question, installation)
        async let progress: Void = editor.run()
        async let recovered: Void = catchUp.recover(after: question, installation)
        let answer: Answer
        do {
            answer = try await self.answer(
                text, question, isOutsider: isOutsider, context, installation, onEvent: editor.note)
        } catch {
            editor.stop()
            throw error
        }
        editor.stop()
        await progress
        try await placeholder
        await recovered
        // An edit of progress by an execution that died may be on its way as well.
        try await publish(
            answer, for: question, context, repeatsUpdate: editor.mayArriveLate || !context.isFirstExecution)
        // The rest does not hold up the answer, but keeps this job's place until it is done.
        if await isStatusShown { await status.clear(question, installation) }
    }

    private func showPlaceholder(_ question: SlackQuestion, _ context: JobContext) async throws {
        try await postgres.withConnection { connection in
            try await outbox.placeholder(
                SlackMessage(text: SlackText(ProgressText.waiting), isNotice: true), key: question.answerKey,
                to: question.destination, run: context.run, on: connection)
        }
        outbox.wake()
    }

    private func answer(
        _ text: String, _ question: SlackQuestion, isOutsider: Bool, _ context: JobContext,
        _ installation: SlackInstallation, onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> Answer {
        let name = users.knownName(of: question.user, in: question.team)
        let run = context.run
        context.logger.info("answering a question")
        return try await answering.run(
            Question(
                text: text, conversation: question.conversation,
                asker: Asker(id: question.askerID, displayName: name),
                origin: question.origin,
                askedAt: question.ts.seconds.map(Date.init(timeIntervalSince1970:)) ?? .now, key: question.answerKey,
                isByOutsider: isOutsider),
            id: run, onEvent: onEvent)
    }

    private func publish(
        _ answer: Answer, for question: SlackQuestion, _ context: JobContext, repeatsUpdate: Bool = false
    ) async throws {
        try await postgres.withTransaction { connection in
            try await context.complete(on: connection)
            try await confirmations.publish(
                answer, key: question.answerKey, to: question.destination, under: lateness(of: question),
                repeatsUpdate: repeatsUpdate, on: connection)
        }
        outbox.wake()
    }

    /// A line for whoever has waited because Dash was away.
    private func lateness(of question: SlackQuestion) -> SlackText? {
        guard question.isRecovered == true, let asked = question.ts.seconds,
            Date.now.timeIntervalSince1970 - asked > options.lateAfter.inSeconds
        else { return nil }
        return SlackText.time(question.ts).map(SlackTexts.late)
    }

    private func publish(
        _ messages: [SlackMessage], for question: SlackQuestion, _ context: JobContext
    ) async throws {
        try await postgres.withTransaction { connection in
            try await context.complete(on: connection)
            try await outbox.publish(
                messages, key: question.answerKey, to: question.destination, run: context.run, on: connection)
        }
        outbox.wake()
    }
}

extension JobContext {
    /// The run that answers the question in this attempt.
    fileprivate var run: RunID { RunID(rawValue: executionID) }
}

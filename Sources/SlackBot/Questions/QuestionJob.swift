import Agents
import Dash
import FoundationEssentials
package import Jobs
package import Postgres
package import ServiceRuntime
import SlackAPI

/// Answers one question: placeholder, run, answer; the answer and the end of the job commit together.
package struct QuestionJob: JobHandler {
    package static let jobKind: JobKind<SlackQuestion> = "slack.question"

    package struct Options: Sendable {
        /// Between two edits of the placeholder.
        package var progressInterval: Duration = .milliseconds(1500)
        package init() {}
    }

    private let answering: any Answering
    private let postgres: PostgresClient
    private let outbox: Outbox
    private let installations: any SlackInstallations
    private let users: UserDirectory
    private let status: StatusIndicator
    private let catchUp: ThreadCatchUp
    private let options: Options
    private let logger: Logger

    package init(
        answering: any Answering, postgres: PostgresClient, outbox: Outbox, installations: any SlackInstallations,
        users: UserDirectory, status: StatusIndicator, catchUp: ThreadCatchUp, options: Options = Options(),
        logger: Logger
    ) {
        self.answering = answering
        self.postgres = postgres
        self.outbox = outbox
        self.installations = installations
        self.users = users
        self.status = status
        self.catchUp = catchUp
        self.options = options
        self.logger = logger
    }

    package var kind: JobKind<SlackQuestion> { Self.jobKind }

    package func run(_ question: SlackQuestion, _ context: JobContext) async throws {
        guard !question.isTooLong else {
            return try await publish([SlackTexts.tooLong], for: question, context)
        }
        let own = installations.installation(for: question.team)?.identity?.user ?? question.own
        let text = Mrkdwn.decode(question.text, own: own) { users.knownName(of: $0, in: question.team) }
        guard !text.isEmpty else {
            // Applause in the thread asks for nothing.
            if question.kind == .reply { return }
            return try await publish([SlackTexts.help], for: question, context)
        }
        guard let installation = installations.installation(for: question.team) else {
            // Nothing can be sent there; the outbox keeps the answer until an installation is known again.
            let answer = try await answer(text, question, context, onEvent: { _ in })
            return try await publish(AnswerRenderer.messages(for: answer), for: question, context)
        }
        try await run(text, question, context, installation)
    }

    package func gaveUp(_ question: SlackQuestion, _ context: JobContext, because failure: JobFailure) async throws {
        let text =
            switch failure {
            case .cancelled: "Stopped."
            case .failed, .crashed:
                "Something went wrong on my side and I could not answer this, although I tried more than once. "
                    + "Please ask again, or tell whoever runs me (run `\(RunID(rawValue: context.executionID).short)`)."
            }
        try await postgres.withTransaction { connection in
            if case .cancelled = failure {
                try await context.complete(on: connection)
            } else {
                try await context.fail(on: connection, error: "given up")
            }
            try await outbox.publish(
                [SlackMessage(text: text)], key: question.answerKey, to: question.destination, on: connection)
        }
        outbox.wake()
    }

    private func run(
        _ text: String, _ question: SlackQuestion, _ context: JobContext, _ installation: SlackInstallation
    ) async throws {
        let editor = ProgressEditor(
            question: question, client: installation.client, outbox: outbox, postgres: postgres,
            interval: options.progressInterval, logger: logger)
        async let placeholder: Void = showPlaceholder(question)
        async let isStatusShown = status.show(question, installation)
        async let progress: Void = editor.run()
        async let recovered: Void = catchUp.recover(after: question, installation)
        let answer: Answer
        do {
            answer = try await self.answer(text, question, context, installation, onEvent: editor.note)
        } catch {
            editor.stop()
            throw error
        }
        editor.stop()
        await progress
        try await placeholder
        try await publish(
            AnswerRenderer.messages(for: answer), for: question, context, repeatsUpdate: editor.mayArriveLate)
        // The rest does not hold up the answer, but keeps this job's place until it is done.
        if await isStatusShown { await status.clear(question, installation) }
        await recovered
    }

    private func showPlaceholder(_ question: SlackQuestion) async throws {
        try await postgres.withConnection { connection in
            try await outbox.placeholder(
                SlackMessage(text: ProgressText.waiting), key: question.answerKey, to: question.destination,
                on: connection)
        }
        outbox.wake()
    }

    private func answer(
        _ text: String, _ question: SlackQuestion, _ context: JobContext, _ installation: SlackInstallation? = nil,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> Answer {
        var name: String?
        if let installation { name = await users.name(of: question.user, in: question.team, installation) }
        let run = RunID(rawValue: context.executionID)
        context.logger.info("answering a question", ["run": run.short])
        return try await answering.run(
            Question(
                text: text, conversation: question.conversation,
                asker: Asker(id: question.askerID, displayName: name),
                askedAt: question.ts.seconds.map(Date.init(timeIntervalSince1970:)) ?? .now, key: question.answerKey),
            id: run, onEvent: onEvent)
    }

    private func publish(
        _ messages: [SlackMessage], for question: SlackQuestion, _ context: JobContext, repeatsUpdate: Bool = false
    ) async throws {
        try await postgres.withTransaction { connection in
            try await context.complete(on: connection)
            try await outbox.publish(
                messages, key: question.answerKey, to: question.destination, repeatsUpdate: repeatsUpdate,
                on: connection)
        }
        outbox.wake()
    }
}

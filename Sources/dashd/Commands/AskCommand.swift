import Agents
import Dash
import FoundationEssentials
import ServiceRuntime

/// One question from the command line, or many from standard input.
struct AskCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["ask"], summary: "Ask one question",
        positionals: [.init(name: "question", help: "What you want to know, in quotes", isOptional: true)],
        options: [
            .init(name: "json", value: nil, help: "Print the whole answer as JSON"),
            .init(name: "session", value: "NAME", help: "Continue the conversation of this name"),
            .init(name: "sql", value: nil, help: "Show the SQL behind the answer"),
            .init(name: "explain", value: nil, help: "Show first what Dash knew, layer by layer"),
            .init(
                name: "jsonl", value: nil,
                help: "Read lines {\"id\", \"question\", \"session\"?} from standard input, write a line for each"),
        ],
        discussion: """
            Example: dashd ask "What's our current MRR?"
            What would drop or lose something is asked about first; without a terminal, and with --json, it is refused.
            Exit code 0 with an answer, 1 where something broke or had to be refused for want of somebody to confirm it.
            With --jsonl, lines of one session are a conversation, others stand alone; each line is answered before the next
            is read, also one that is no question, and the exit code is 0 at the end of the input.
            """)

    /// Nil with --jsonl.
    private let text: String?
    private let session: String?
    private let asJSON: Bool
    private let showsStatements: Bool
    private let explains: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        session = arguments[option: "session"]
        asJSON = arguments.has("json")
        showsStatements = arguments.has("sql")
        explains = arguments.has("explain")
        guard !arguments.has("jsonl") else {
            guard arguments[positional: 0] == nil, session == nil, !asJSON, !showsStatements, !explains else {
                throw UsageError("--jsonl takes its questions and sessions from standard input alone", command: "ask")
            }
            text = nil
            return
        }
        guard let question = arguments[positional: 0]?.trimmed else {
            throw UsageError("<question> is missing", command: "ask")
        }
        guard !question.isEmpty else { throw UsageError("the question is empty", command: "ask") }
        guard !Question.isTooLong(question) else {
            throw UsageError("the question is longer than \(Question.maximumLength) characters", command: "ask")
        }
        text = question
    }

    func run() async throws {
        let settings = try Settings.current()
        guard let text else {
            try await Application.with(settings, logger: settings.commandLogger) { application in
                try await BatchAsker(application: application).run()
            }
            return
        }
        let asker = LocalAsker.current
        let question = Question(
            text: text, conversation: asker.conversation(named: session ?? UUID().uuidString.lowercased()),
            asker: asker.asker, askedAt: .now)
        let answer = try await Application.with(settings, logger: settings.commandLogger) { application in
            if explains { try await explain(question, application) }
            let first = try await ProgressLine.showing { progress in
                try await application.runner.run(question, id: RunID(), onEvent: progress.show)
            }
            return try await TerminalConfirmation(
                application: application, asker: asker.asker, prompt: asJSON ? nil : .terminal
            ).settle(first)
        }
        if asJSON {
            Terminal.write(try JSONValue(encoding: answer).encoded() + "\n")
        } else {
            Terminal.write(AnswerText(answer, showsStatements: showsStatements).rendered + "\n")
        }
        guard answer.kind != .confirmation else { throw CommandFailure("a person has to confirm this first") }
        guard answer.kind != .failure else { throw CommandFailure("the question could not be answered") }
    }

    private func explain(_ question: Question, _ application: Application) async throws {
        for layer in try await application.context.layers(for: question) {
            Terminal.writeError("── \(layer.name) (\(layer.entries)) ──\n\(VisibleText.clean(layer.text))\n\n")
        }
    }
}

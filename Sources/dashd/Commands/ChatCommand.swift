import Agents
import Dash
import FoundationEssentials
import ServiceRuntime

/// A conversation in the terminal, with history, line editing and progress while Dash works.
struct ChatCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["chat"], summary: "Talk with Dash in the terminal",
        options: [.init(name: "session", value: "NAME", help: "Continue the conversation of this name")],
        discussion: """
            Follow-up questions see what was said before. '/sql' shows the SQL behind the last answer. Ctrl-C drops a line or
            stops a question; Ctrl-D or 'exit' leaves.
            """)

    /// Ctrl-C stops a question, not the conversation.
    static let cancellingSignals = [UnixSignal.terminate, .hangup]

    private let session: String

    init(_ arguments: Arguments) {
        session = arguments[option: "session"] ?? UUID().uuidString.lowercased()
    }

    func run() async throws {
        let settings = try Settings.current()
        try await Application.with(settings, logger: settings.commandLogger) { application in
            let editor = try LineEditor(prompt: "› ", historyFile: settings.home + "/history")
            if Terminal.isInteractive {
                Terminal.write("Ask about your data. 'help' says what I can answer, Ctrl-D leaves.\n\n")
            }
            try await converse(application, editor)
        }
    }

    private func converse(_ application: Application, _ editor: LineEditor) async throws {
        var last: AnswerText?
        while true {
            switch await editor.readLine() {
            case .end:
                if Terminal.isInteractive { Terminal.write("\n") }
                return try Task.checkCancellation()
            case .interrupted: Terminal.write("^C\n")
            case .line("exit"), .line("quit"): return
            case .line(""): continue
            case .line("/sql"):
                let statements = last?.statements ?? ""
                Terminal.write((statements.isEmpty ? "No SQL was run for the last answer." : statements) + "\n\n")
            case .line(let text):
                guard !Question.isTooLong(text) else {
                    Terminal.write("Please ask in at most \(Question.maximumLength) characters.\n\n")
                    continue
                }
                guard let answer = try await answer(to: text, application, editor) else { continue }
                let rendered = AnswerText(answer, statementsHint: "/sql")
                Terminal.write(rendered.rendered + "\n\n")
                last = rendered
            }
        }
    }

    private static func prompt(_ editor: LineEditor) -> AgreementPrompt? {
        guard Terminal.isInteractive else { return nil }
        return AgreementPrompt { prompt in
            Terminal.write(prompt)
            return await editor.readLine()
        }
    }

    /// nil where the person stopped it.
    private func answer(
        to text: String, _ application: Application, _ editor: LineEditor
    ) async throws -> Answer? {
        let asker = LocalAsker.current
        let question = Question(
            text: text, conversation: asker.conversation(named: session), asker: asker.asker, askedAt: .now)
        do {
            let first = try await Interruption.cancelling(on: [.interrupt]) {
                try await ProgressLine.showing { progress in
                    try await application.runner.run(question, id: RunID(), onEvent: progress.show)
                }
            }
            return try await TerminalConfirmation(
                application: application, asker: asker.asker, prompt: Self.prompt(editor)
            ).settle(first)
        } catch is CancellationError {
            try Task.checkCancellation()
            Terminal.write("Stopped.\n\n")
            return nil
        }
    }
}

import Agents
import Dash
import FoundationEssentials
import Glibc
import ServiceRuntime

/// A conversation in the terminal, with history, line editing and progress while Dash works.
struct ChatCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["chat"], summary: "Talk with Dash in the terminal",
        options: [.init(name: "session", value: "NAME", help: "Continue a conversation")],
        discussion: "Follow-up questions see what was said before. Leave with Ctrl-D or 'exit'.")

    private let session: String

    init(_ arguments: Arguments) {
        session = arguments[option: "session"] ?? UUID().uuidString.lowercased()
    }

    func run() async throws {
        let settings = try Settings.current()
        try await Application.with(settings, logger: settings.commandLogger) { application in
            let editor = LineEditor(historyFile: settings.home + "/history")
            let asker = LocalAsker.current
            let conversation = asker.conversation(named: session)
            Terminal.write("Ask about your data; 'help' says what I can answer, Ctrl-D leaves.\n")
            while let line = await editor.readLine(prompt: "› ") {
                let text = line.trimmed
                if text == "exit" || text == "quit" { break }
                if text.isEmpty { continue }
                let question = Question(
                    text: text, conversation: conversation, asker: asker.asker, askedAt: .now)
                let answer = try await ProgressLine.showing { progress in
                    try await application.runner.run(question, id: RunID(), onEvent: progress.show)
                }
                Terminal.write(AnswerText(answer).rendered + "\n\n")
            }
            Terminal.write("\n")
        }
    }
}

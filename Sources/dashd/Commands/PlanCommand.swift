import Dash
import FoundationEssentials
import Planner
import ServiceRuntime

/// How a question is read: its plan, and what each of its words was taken for. Nothing is run.
struct PlanCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["plan"], summary: "Show how a question is read, and its SQL",
        positionals: [.init(name: "question", help: "A question, in quotes")],
        options: [.init(name: "json", value: nil, help: "As JSON")],
        discussion: """
            Example: dashd plan "Revenue by country last quarter"
            Shows what each word was taken for, the plan and its statement; or the readings to choose from; or why there is
            no plan. No language model is asked and no statement of the plan is run. Exit code 0 whatever the outcome is.
            """)

    private let text: String
    private let asJSON: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        text = (arguments[positional: 0] ?? "").trimmed
        asJSON = arguments.has("json")
        guard !text.isEmpty else { throw UsageError("the question is empty", command: "plan") }
        guard !Question.isTooLong(text) else {
            throw UsageError("the question is longer than \(Question.maximumLength) characters", command: "plan")
        }
    }

    func run() async throws {
        let settings = try Settings.current()
        let asker = LocalAsker.current.asker
        let preview = try await Application.with(settings, logger: settings.commandLogger) { application in
            let learned = try await application.learnings.adjustments(asker: asker.id)
            return try await application.planning.current().preview(
                text, remembering: learned, today: settings.timeZone.civil(at: .now).date)
        }
        Terminal.write(asJSON ? try JSONValue(encoding: preview).encoded() + "\n" : PlanText(preview).rendered + "\n")
    }
}

import Dash

/// Take a learning out of use.
struct LearningsRevertCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["learnings", "revert"], summary: "Take a learning out of use",
        positionals: [.init(name: "id", help: "As 'dashd learnings list' shows it")])

    private let id: Int64

    init(_ arguments: Arguments) throws(UsageError) {
        guard let id = arguments[positional: 0].flatMap({ Int64($0) }) else {
            throw UsageError("<id> must be a number as 'dashd learnings list' shows it", command: "learnings revert")
        }
        self.id = id
    }

    func run() async throws {
        let settings = try Settings.current()
        let isKnown = try await Application.with(settings, logger: settings.commandLogger) { application in
            try await application.learnings.revert(id, by: LocalAsker.current.asker.id)
        }
        guard isKnown else { throw CommandFailure("there is no learning \(id); see 'dashd learnings list --all'") }
        Terminal.write("Learning \(id) is out of use.\n")
    }
}

import Dash

/// Make a learning apply to everyone.
struct LearningsApproveCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["learnings", "approve"], summary: "Make a learning apply to everyone",
        positionals: [.init(name: "id", help: "As 'dashd learnings list' shows it")],
        options: [.init(name: "channel", value: nil, help: "Only in the channel where it was said")])

    private let id: Int64
    private let scope: Learning.Scope

    init(_ arguments: Arguments) throws(UsageError) {
        guard let id = arguments[positional: 0].flatMap({ Int64($0) }) else {
            throw UsageError("<id> must be a number as 'dashd learnings list' shows it", command: "learnings approve")
        }
        self.id = id
        scope = arguments.has("channel") ? .channel : .everyone
    }

    func run() async throws {
        let settings = try Settings.current()
        let isKnown = try await Application.with(settings, logger: settings.commandLogger) { application in
            try await application.learnings.approve(id, for: scope, by: LocalAsker.current.asker.id)
        }
        guard isKnown else {
            let reason = scope == .channel ? ", or it was said in no channel" : ""
            throw CommandFailure("there is no learning \(id)\(reason); see 'dashd learnings list --all'")
        }
        Terminal.write(
            "Learning \(id) now applies to everyone\(scope == .channel ? " in the channel where it was said" : "").\n")
    }
}

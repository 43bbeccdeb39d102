import Dash

/// Brings the knowledge folder into the database.
struct KnowledgeLoadCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["knowledge", "load"], summary: "Load the knowledge folder",
        options: [.init(name: "recreate", value: nil, help: "Forget everything known first, saved queries too")],
        discussion: """
            Only what changed is written; entries whose file is gone are removed. A file that cannot be read is named with
            line and cause, the rest is loaded, and the exit code is 1. The folder is DASH_KNOWLEDGE_DIR.
            """)

    private let recreates: Bool

    init(_ arguments: Arguments) {
        recreates = arguments.has("recreate")
    }

    func run() async throws {
        let settings = try Settings.current()
        let contents = await KnowledgeFolder(path: settings.knowledgeDirectory).read()
        let summary = try await Application.with(settings, logger: settings.commandLogger) { application in
            let summary = try await application.knowledge.load(contents, recreating: recreates)
            try await Self.readTexts(application)
            return summary
        }
        Terminal.write(
            "Knowledge: \(summary.added) added, \(summary.changed) changed, \(summary.unchanged) unchanged, "
                + "\(summary.removed) removed.\n")
        for problem in contents.problems { Terminal.writeError("\(problem)\n") }
        guard !contents.hasErrors else {
            throw CommandFailure("not everything in \(settings.knowledgeDirectory) could be loaded; see above")
        }
    }

    /// So that the first question need not. The knowledge is loaded, whatever becomes of it.
    private static func readTexts(_ application: Application) async throws {
        do {
            try await application.planning.refresh()
        } catch let failure as SQLFailure {
            Terminal.writeError("The texts of the company's tables could not be read: \(failure.message)\n")
        }
    }
}

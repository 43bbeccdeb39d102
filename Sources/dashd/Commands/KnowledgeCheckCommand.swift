import Dash
import FoundationEssentials
import Planner
import ServiceRuntime

/// Runs everything the knowledge folder claims against the live database.
struct KnowledgeCheckCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["knowledge", "check"], summary: "Run every query and definition against the database",
        discussion: """
            Names file, entry and cause of everything that does not hold; exit code 1 then. Also said, with exit code 0: where
            a query and the definitions give different numbers for the same question, and corrections that no longer do what
            they were taught.
            """)

    init(_ arguments: Arguments) {}

    func run() async throws {
        let settings = try Settings.current()
        let contents = await KnowledgeFolder(path: settings.knowledgeDirectory).read()
        let found = try await Application.with(settings, logger: settings.commandLogger) { application in
            let planning = try await application.planning.refresh()
            return try await KnowledgeCheck(
                warehouse: application.warehouseAccess(for: .system("knowledge check")),
                values: planning.planner.values, newest: planning.newest, keys: planning.keys,
                today: settings.timeZone.civil(at: .now).date, timeZone: settings.timeZone.identifier
            ).problems(in: contents.entries, replaying: try await application.learnings.list())
        }
        let problems = contents.problems + found
        for problem in problems { Terminal.writeError("\(problem)\n") }
        let errors = problems.count { $0.severity == .error }
        let count = contents.entries.count == 1 ? "1 entry" : "\(contents.entries.count) entries"
        guard errors == 0 else {
            throw CommandFailure(
                "\(errors) problem\(errors == 1 ? "" : "s") in \(settings.knowledgeDirectory), which has "
                    + "\(count); see above")
        }
        let holding = contents.entries.count == 1 ? "The 1 entry holds" : "All \(count) hold"
        // What is told above concerns learnings and numbers that differ, which no entry is wrong for.
        let told = problems.count == 1 ? "1 thing is" : "\(problems.count) things are"
        Terminal.write(
            contents.entries.isEmpty
                ? "There are no entries in \(settings.knowledgeDirectory).\n"
                : problems.isEmpty
                    ? "\(holding).\n" : "Nothing fails in \(count), but \(told) to be looked at; see above.\n")
    }
}

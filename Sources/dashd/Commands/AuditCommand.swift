import Dash
import FoundationEssentials
import ServiceRuntime

/// Who ran which statement, and what became of it.
struct AuditCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["audit"], summary: "Show the statements that ran, for whom, and what was refused",
        options: [
            .init(name: "since", value: "WHEN", help: "2h, yesterday, 2026-11-20; the default is everything"),
            .init(name: "user", value: "ID", help: "Only of this person: slack:T1:U1, U1, local:ada, ada"),
            .init(name: "limit", value: "N", help: "At most the latest N; the default is 100"),
            .init(name: "json", value: nil, help: "One JSON object a line, whole"),
        ])

    private var filter = AuditLog.Filter()
    private let asJSON: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        if let text = arguments[option: "since"] {
            guard let since = Since(text) else {
                throw UsageError("--since is not a moment: write 2h, yesterday or 2026-11-20", command: "audit")
            }
            filter.since = since.date
        }
        filter.user = arguments[option: "user"]
        if let text = arguments[option: "limit"] {
            guard let limit = Int(text), (1...1_000_000).contains(limit) else {
                throw UsageError("--limit is a number from 1", command: "audit")
            }
            filter.limit = limit
        }
        asJSON = arguments.has("json")
    }

    func run() async throws {
        let settings = try Settings.current()
        let entries = try await Application.with(settings, logger: settings.commandLogger) {
            try await $0.audit.entries(filter)
        }
        if entries.count == filter.limit {
            Terminal.writeError("These are the latest \(filter.limit); --limit shows more.\n")
        }
        if asJSON {
            for entry in entries { Terminal.write(entry.json.encoded() + "\n") }
        } else if entries.isEmpty {
            Terminal.write("No statement is recorded\(filter.since == nil && filter.user == nil ? "" : " for that").\n")
        } else {
            Terminal.write(AuditText(entries).rendered + "\n")
        }
    }
}

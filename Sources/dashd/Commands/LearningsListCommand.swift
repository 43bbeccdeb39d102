import Dash
import ServiceRuntime

/// What Dash has learned, newest first.
struct LearningsListCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["learnings", "list"], summary: "List what Dash has learned",
        options: [
            .init(name: "all", value: nil, help: "Reverted ones too"),
            .init(name: "json", value: nil, help: "As JSON"),
        ])

    private let includesReverted: Bool
    private let asJSON: Bool

    init(_ arguments: Arguments) {
        includesReverted = arguments.has("all")
        asJSON = arguments.has("json")
    }

    func run() async throws {
        let settings = try Settings.current()
        let (learnings, decisions) = try await Application.with(settings, logger: settings.commandLogger) {
            application in
            let learnings = try await application.learnings.list(includingReverted: includesReverted)
            return (learnings, try await application.learnings.decisions(on: learnings.map(\.id)))
        }
        if asJSON {
            Terminal.write(try JSONValue(encoding: learnings).encoded() + "\n")
        } else if learnings.isEmpty {
            Terminal.write("Nothing learned yet.\n")
        } else {
            let table = TextTable(
                header: ["id", "state", "applies to", "author", "decided by", "learning"],
                rows: learnings.map { learning in
                    [
                        String(learning.id), learning.state.rawValue,
                        Self.audience(of: learning), VisibleText.clean(learning.author),
                        VisibleText.clean(Self.decider(decisions[learning.id])), VisibleText.clean(Self.text(learning)),
                    ]
                }, rightAligned: [0])
            Terminal.write(table.rendered() + "\n")
        }
    }

    /// The last decision and whose it was, for example `approved by ada`.
    private static func decider(_ decisions: [LearningDecision]?) -> String {
        decisions?.last.map { "\($0.kind.rawValue) by \($0.person)" } ?? ""
    }

    /// What a person said, in one line; what Dash found by itself has its error as title.
    private static func text(_ learning: Learning) -> String {
        guard learning.correction == nil else { return learning.title }
        let line = learning.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.isEmpty ? learning.title : line.count > 120 ? line.prefix(119) + "…" : line
    }

    private static func audience(of learning: Learning) -> String {
        switch learning.scope {
        case .everyone: "everyone"
        case .channel: VisibleText.clean(learning.place ?? "its channel")
        case .asker: "its author"
        }
    }
}

package import Agents

/// On whose behalf statements run.
package struct StatementContext: Sendable {
    package var asker: Asker
    package var origin: Origin
    package var runID: RunID?
    package var question: String?

    package init(asker: Asker, origin: Origin, runID: RunID? = nil, question: String? = nil) {
        self.asker = asker
        self.origin = origin
        self.runID = runID
        self.question = question
    }

    init(_ question: Question, _ runID: RunID) {
        self.init(asker: question.asker, origin: question.origin, runID: runID, question: question.text)
    }

    /// Dash's own work, by a command of the person at the terminal or by the daemon; `purpose` says which.
    package static func system(_ purpose: String) -> StatementContext {
        StatementContext(asker: Asker(id: "dash"), origin: .system, question: purpose)
    }
}

import Agents

/// What the confirmed call gave back and how the run stood then: a process that goes on after a crash runs nothing twice.
struct ConfirmedOutcome: Sendable, Codable {
    var output: ToolOutput
    var run: Run.Snapshot
}

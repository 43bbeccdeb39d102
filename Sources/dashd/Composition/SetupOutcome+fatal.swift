import Dash

extension SetupOutcome {
    /// Throws `CommandFailure` where a sandbox role can do what it must not: then no agent's SQL may run.
    func refuseFatalFindings() throws {
        guard let fatal = fatalFindings.first else { return }
        throw CommandFailure("\(fatal.message)" + (fatal.remedy.map { ". Remedy: \($0)" } ?? ""))
    }
}

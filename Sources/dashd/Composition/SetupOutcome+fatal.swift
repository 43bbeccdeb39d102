import Dash

extension SetupOutcome {
    /// Throws `CommandFailure` with the first thing that somebody has to mend before anything can work.
    func refuseFatalFindings() throws {
        guard let fatal = fatalFindings.first else { return }
        throw CommandFailure("\(fatal.message)" + (fatal.remedy.map { ". Remedy: \($0)" } ?? ""))
    }
}

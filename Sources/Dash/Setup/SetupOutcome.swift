/// What a run of setup changed and what it could not.
package struct SetupOutcome: Sendable, Equatable {
    /// The statements that ran, in order, passwords masked; empty where everything was as planned.
    package var changes: [String] = []
    package var findings: [SetupFinding] = []
    /// Roles that were there before and got another password: who else logs in as them has to learn it.
    package var renewedPasswords: [String] = []
    /// `server_version_num`, for example 150020.
    package var serverVersion = 0

    package init(serverVersion: Int = 0) {
        self.serverVersion = serverVersion
    }

    package mutating func add(_ other: SetupOutcome) {
        changes += other.changes
        findings += other.findings
        renewedPasswords += other.renewedPasswords
    }

    package var fatalFindings: [SetupFinding] { findings.filter(\.isFatal) }
}

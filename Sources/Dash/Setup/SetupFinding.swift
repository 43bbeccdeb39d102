/// Something about roles or rights that is not as it should be, with the statement that mends it.
package struct SetupFinding: Sendable, Equatable, Codable {
    package enum Severity: String, Sendable, Codable {
        /// Statements written by agents must not run.
        case fatal
        case warning
    }

    package enum Subject: String, Sendable, Codable {
        case missingRole, login, superuser, membership, ownership, writeAccess, stateAccess, schema
        case temporaryTables, otherDatabases, temporaryFiles, unreadableTables, futureTables, unevenRights, grant
        case trigrams, audit, state, allowedTables, routines, connections
        /// The rights themselves could not be looked at.
        case check
    }

    package var severity: Severity
    package var subject: Subject
    /// One sentence for a person.
    package var message: String
    /// What an administrator runs to mend it.
    package var remedy: String?

    package init(_ severity: Severity, _ subject: Subject, _ message: String, remedy: String? = nil) {
        self.severity = severity
        self.subject = subject
        self.message = message
        self.remedy = remedy
    }

    /// Whether both tell the same, perhaps in other words.
    func isSame(as other: SetupFinding) -> Bool {
        subject == other.subject && (remedy == nil ? self == other : remedy == other.remedy)
    }

    package var isFatal: Bool { severity == .fatal }
}

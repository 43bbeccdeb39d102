/// Why a time zone's rules cannot be had.
package struct TimeZoneError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: Sendable, Equatable {
        /// No such name in the database.
        case unknownName
        /// There is no database at all.
        case databaseMissing
        /// The file is damaged or of a version that is too old.
        case malformed
    }

    package var code: Code
    package var name: String

    package var description: String {
        switch code {
        case .unknownName:
            "unknown time zone \"\(name)\"; use a name such as Europe/Paris, America/New_York or UTC"
        case .databaseMissing: "the system has no time zones in \(name); install the package tzdata"
        case .malformed: "the rules of time zone \"\(name)\" cannot be read; reinstall the package tzdata"
        }
    }
}

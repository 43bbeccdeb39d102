import Postgres

/// Who set the password of one of Dash's roles, kept as the role's comment.
///
/// Derived passwords change with the administrator that set-up runs as. Without the mark a second administrator's set-up
/// would take the daemon of the first its logins.
enum PasswordMark: Equatable {
    /// Derived from this administrator's password.
    case derived(from: String)
    /// Given by the settings.
    case given
    /// Nobody said.
    case none

    private static let beginning = "Dash set this role's password, "
    private static let ofAdministrator = beginning + "derived from that of "
    private static let ofSettings = beginning + "given by the settings"

    init(comment: String?) {
        guard let comment, comment.hasPrefix(Self.beginning) else {
            self = .none
            return
        }
        self =
            comment.hasPrefix(Self.ofAdministrator)
            ? .derived(from: String(comment.dropFirst(Self.ofAdministrator.count))) : .given
    }

    /// Whether a comment may be written over: what a person wrote stays.
    static func owns(_ comment: String?) -> Bool {
        comment.map { $0.isEmpty || $0.hasPrefix(beginning) } ?? true
    }

    /// nil for `none`.
    func statement(for role: String) -> String? {
        let comment: String
        switch self {
        case .derived(let administrator): comment = Self.ofAdministrator + administrator
        case .given: comment = Self.ofSettings
        case .none: return nil
        }
        return "COMMENT ON ROLE \(PostgresQuery.quoted(identifier: role)) IS \(PostgresQuery.quoted(literal: comment))"
    }
}

/// What went wrong between Dash and a PostgreSQL server. Carries the statement's text, never its bound values.
package struct PostgresError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable, Equatable {
        /// The server cannot be reached, or refused the login.
        case connectionFailed
        /// The connection died while it was in use; whether a running statement took effect is unknown.
        case connectionLost
        /// The server refused or aborted the statement; see `sqlState`.
        case queryFailed
        /// No pooled connection became free in time.
        case poolTimeout
        /// A column is missing, NULL where a value is required, or not of the asked type.
        case decoding
        /// The client was used after it had been closed.
        case notRunning
    }

    package var code: Code
    package var message: String
    /// The five-character SQLSTATE when the server sent one.
    package var sqlState: String?
    /// The server's DETAIL, HINT and character position (counted from 1) when it sent them. DETAIL can hold stored or
    /// bound values (`Key (email)=(…) already exists`): it is not part of `description` and belongs in no log.
    package var detail: String?
    package var hint: String?
    package var position: Int?
    package var sql: String?
    /// The user whose login the server refused; `sqlState` says why.
    package var refusedUser: String?

    package init(
        _ code: Code, message: String, sqlState: String? = nil, detail: String? = nil, hint: String? = nil,
        position: Int? = nil, sql: String? = nil
    ) {
        self.code = code
        self.message = message
        self.sqlState = sqlState
        self.detail = detail
        self.hint = hint
        self.position = position
        self.sql = sql
    }

    package var description: String {
        var text = message
        if let sqlState { text += " (SQLSTATE \(sqlState))" }
        if let sql { text += " while executing \(sql.count > 1000 ? sql.prefix(1000) + "…" : sql)" }
        return text
    }

    /// Whether the server refused to let the user in; that it is starting, stopping or full says nothing about the user.
    package var isRefusedLogin: Bool {
        refusedUser != nil && !["08", "53", "57"].contains { sqlState?.hasPrefix($0) == true }
    }

    /// Whether the trouble is the server's and not the statement's: it is away, starting, full, out of memory or
    /// connections, or somebody holds a lock. Trying again later can help, whatever is tried; work that meets this waits,
    /// and nothing is counted against it.
    package var isPassing: Bool {
        switch code {
        case .connectionFailed, .connectionLost, .poolTimeout, .notRunning: true
        case .queryFailed, .decoding:
            switch sqlState {
            // Full disk, no memory, too many connections, no lock in time. 53400, a configured limit, is the statement's.
            case "53000", "53100", "53200", "53300", "55P03": true
            case let state?: state.hasPrefix("57P") || state.hasPrefix("08")
            case nil: false
            }
        }
    }
}

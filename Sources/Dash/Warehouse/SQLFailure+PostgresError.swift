import Postgres

extension SQLFailure {
    private static let tooManySessions = "53300"

    /// No session is to be had, by the server's count or by ours.
    static let busy = SQLFailure(
        .connection, message: "the database is busy with statements that take long or cannot be stopped",
        hint: "Try again in a few minutes.", sqlState: tooManySessions)

    /// Whether it says that no session was to be had.
    package var isBusy: Bool { sqlState == Self.tooManySessions }

    /// What the server said, for whoever wrote the statement.
    ///
    /// - Parameter textOffset: characters that stood before the statement in what was sent.
    init(_ error: PostgresError, textOffset: Int = 0) {
        // The server's own words name role and address.
        guard error.sqlState != Self.tooManySessions, error.code != .poolTimeout else {
            self = .busy
            return
        }
        let (errorClass, hint) = Self.classify(error)
        // A cascade would take what the detail names; it holds no values.
        let dependants = error.sqlState == "2BP01" ? error.detail.map { ": \($0)" } ?? "" : ""
        self.init(
            errorClass, message: error.message + dependants, hint: error.hint ?? hint,
            position: error.position.flatMap { $0 > textOffset ? $0 - textOffset : nil }, sqlState: error.sqlState)
    }

    private static func classify(_ error: PostgresError) -> (Class, hint: String?) {
        switch error.code {
        case .connectionFailed, .connectionLost, .notRunning, .poolTimeout:
            return (.connection, "The database cannot be reached at the moment; try again later.")
        case .queryFailed, .decoding:
            return classify(sqlState: error.sqlState ?? "", message: error.message)
        }
    }

    private static func classify(sqlState: String, message: String) -> (Class, hint: String?) {
        switch sqlState {
        case "42703":
            (.missingColumn, "Look up the table's columns with introspect_schema.")
        case "42P01", "3F000":
            (.missingTable, "Look up the tables with introspect_schema; write dash. before a view that Dash built.")
        case "42883":
            (.missingFunction, "Check the function's name and cast its arguments to the types that it takes.")
        case "42601" where message.contains("multiple commands"):
            (.refused, "Send one statement at a time.")
        case "42601":
            (.syntax, nil)
        case "42803":
            (.syntax, "Every selected column must be in GROUP BY or inside an aggregate function.")
        case "42702":
            (.syntax, "Write the table's name or alias before the column.")
        case "42804", "42846", "22P02", "22007", "22008", "42725", "22003":
            (.typeMismatch, "Cast the value, for example column::date or column::numeric.")
        case "42501":
            (.permission, "This role may not do that; company data is read only, objects are created as dash.<name>.")
        case "25006":
            (.refused, "Statements here are read only.")
        case "0A000" where message.contains("data-modifying"), "42P11":
            (.refused, "Statements here are read only.")
        case "57014":
            (.timeout, "Read less: a shorter period, fewer joins, or an aggregate instead of rows.")
        case "55P03":
            (.timeout, "Another session holds a lock on the table; try again in a moment.")
        case "22012":
            (.divisionByZero, "Divide by nullif(denominator, 0).")
        case "53400":
            (.limit, "Sort, join or aggregate less at once; filter first.")
        case _ where sqlState.hasPrefix("54") || sqlState.hasPrefix("53"):
            (.limit, "The statement needs more than the server gives; simplify it.")
        case _ where sqlState.hasPrefix("08") || sqlState.hasPrefix("57P") || sqlState.hasPrefix("28"):
            (.connection, "The database cannot be reached at the moment; try again later.")
        default:
            (.other, nil)
        }
    }
}

import Dash
import Postgres

/// A server that answered and did not let Dash in: what is missing there, and what fixes it.
struct LoginProblem: Error, CustomStringConvertible {
    let cause: String
    let remedy: String

    var description: String { "\(cause). Remedy: \(remedy)" }

    /// nil where the error is something else, and where only the server's own words can say what it is.
    init?(_ error: any Error, roles: RoleNames) {
        guard let error = error as? PostgresError, let user = error.refusedUser else { return nil }
        let isOurs = [roles.app, roles.analyst, roles.engineer].contains(user)
        switch error.sqlState {
        case "3D000":
            cause = "the database that the settings name does not exist on the server"
            remedy = "fix DB_DATABASE (or WAREHOUSE_DATABASE), or create the database, then run dashd setup"
        case "28000" where error.message.contains("pg_hba.conf"): return nil
        case "28000" where isOurs, "28P01" where isOurs:
            cause = "the server is not set up for Dash: it has no role \(user), or one with another password"
            remedy = "dashd setup, with DB_USER and DB_PASS of an administrator"
        case "28000", "28P01":
            cause = "the server does not accept the administrator \(user) with this password"
            remedy = "fix DB_USER and DB_PASS"
        default: return nil
        }
    }
}

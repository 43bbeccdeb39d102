import Postgres

/// One comparison of the database with the plan.
///
/// The query returns a row for everything that differs: `statement` mends it, `allowed` says whether the administrator
/// may run that, `problem` says for people what is wrong as long as it has not run.
struct SetupStep: Sendable {
    var subject: SetupFinding.Subject
    var severity: SetupFinding.Severity = .warning
    var differences: PostgresQuery
    /// Whether `statement` is several statements, to take effect together.
    var isScript = false
    /// Whether others than Dash lose rights by it, so that somebody must have agreed to each statement.
    var needsConsent = false
}

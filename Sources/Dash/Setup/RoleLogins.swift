import Postgres
import ServiceRuntime

/// Makes each login role's password the planned one, known to be right when a login succeeds.
struct RoleLogins {
    let setup: DatabaseSetup
    let session: SetupSession

    /// The password travels as a SCRAM verifier, so that neither the server's log nor a listener learns it.
    func mend(_ outcome: inout SetupOutcome) async throws {
        for role in setup.plan.loginRoles {
            guard let password = setup.plan.passwords[role], try await refusal(of: role, password) != nil else {
                continue
            }
            let statement = "ALTER ROLE \(PostgresQuery.quoted(identifier: role)) PASSWORD "
            do {
                let verifier = try await session.connection.encryptedPassword(password, for: role)
                try await session.execute(
                    statement + PostgresQuery.quoted(literal: verifier), showing: statement + "'***'", in: &outcome)
            } catch let error as PostgresError where error.sqlState == "42501" {
                outcome.findings.append(
                    SetupFinding(
                        .fatal, .login, "role \(role) does not have the password that Dash uses",
                        remedy: statement + "'…'"))
                continue
            }
            if let reason = try await refusal(of: role, password) {
                outcome.findings.append(SetupFinding(.fatal, .login, "role \(role) cannot log in: \(reason)"))
            }
        }
    }

    /// Why the role cannot log in; nil where it can.
    private func refusal(of role: String, _ password: Secret) async throws -> String? {
        var configuration = setup.administrator
        configuration.user = role
        configuration.password = password
        configuration.settings = [:]
        do {
            _ = try await PostgresConnection.connect(configuration, eventLoop: setup.eventLoop, logger: setup.logger)
            return nil
        } catch let error as PostgresError {
            return error.message
        }
    }
}

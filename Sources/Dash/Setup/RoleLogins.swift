import Postgres
import ServiceRuntime

/// Makes each login role's password the planned one, known to be right when a login succeeds.
struct RoleLogins: Sendable {
    /// A password that was set just now can be refused for another reason, which setting it again does not mend; more
    /// than one attempt is for replicas that set it at the same time.
    private static let attempts = 3

    let setup: DatabaseSetup
    let session: SetupSession

    func mend(_ outcome: inout SetupOutcome) async throws {
        for (role, password, refusal) in try await logins() {
            var reason = refusal
            var attempt = 0
            while reason != nil, attempt < Self.attempts {
                attempt += 1
                guard try await set(password, of: role, in: &outcome) else { break }
                reason = try await self.refusal(of: role, password)
            }
            if let reason, attempt == Self.attempts {
                outcome.findings.append(SetupFinding(.fatal, .login, "role \(role) cannot log in: \(reason)"))
            }
        }
    }

    /// Tries all at once: each login hashes its password some thousand times.
    private func logins() async throws -> [(role: String, password: Secret, refusal: String?)] {
        try await withThrowingTaskGroup(of: (String, Secret, String?).self) { group in
            for role in setup.plan.loginRoles {
                guard let password = setup.plan.passwords[role] else { continue }
                group.addTask { (role, password, try await refusal(of: role, password)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// False, with a finding, where the administrator may not. The password travels as a SCRAM verifier, so that
    /// neither the server's log nor a listener learns it.
    private func set(_ password: Secret, of role: String, in outcome: inout SetupOutcome) async throws -> Bool {
        let statement = "ALTER ROLE \(PostgresQuery.quoted(identifier: role)) PASSWORD "
        let verifier = try await session.connection.encryptedPassword(password, for: role)
        do {
            try await session.execute(
                statement + PostgresQuery.quoted(literal: verifier), showing: statement + "'***'", in: &outcome)
            return true
        } catch let error as PostgresError where error.isCollision {
            // Another setup is at the same role; the next login shows whether it has done our work.
            return true
        } catch let error as PostgresError where error.sqlState == "42501" {
            outcome.findings.append(
                SetupFinding(
                    .fatal, .login, "role \(role) does not have the password that Dash uses", remedy: statement + "'…'")
            )
            return false
        } catch var error as PostgresError {
            error.sql = statement + "'***'"
            throw error
        }
    }

    /// Why the role may not log in; nil where it may, and where the server cannot say so at the moment.
    private func refusal(of role: String, _ password: Secret) async throws -> String? {
        var configuration = setup.administrator
        configuration.user = role
        configuration.password = password
        configuration.settings = [:]
        do {
            _ = try await PostgresConnection.connect(configuration, eventLoop: setup.eventLoop, logger: setup.logger)
            return nil
        } catch let error as PostgresError {
            return error.isRefusedLogin ? error.message : nil
        }
    }
}

import Postgres
import ServiceRuntime

/// Makes each login role's password the planned one, known to be right when a login succeeds.
///
/// A password that another administrator's set-up has set stays, unless the plan says to take it over: a Dash may be
/// running with it.
struct RoleLogins: Sendable {
    /// A password that was set just now can be refused for another reason, which setting it again does not change; more
    /// than one attempt is for replicas that set it at the same time.
    private static let attempts = 3

    private struct Login {
        var role: String
        var password: Secret
        var refusal: PostgresError?
        var comment: String?

        /// Whether the server took the password for a wrong one, or has none.
        var hasOtherPassword: Bool { refusal?.sqlState == "28P01" }
    }

    let setup: DatabaseSetup
    let session: SetupSession

    func settle(_ outcome: inout SetupOutcome) async throws {
        var foreign: [String: String] = [:]
        for login in try await logins() {
            guard login.hasOtherPassword else {
                if login.refusal == nil { try await note(login, in: &outcome) }
                try await report(login, in: &outcome)
                continue
            }
            if let other = otherAdministrator(login) {
                foreign[login.role] = other
            } else {
                try await renew(login, in: &outcome)
            }
        }
        if let finding = Self.foreign(foreign) { outcome.findings.append(finding) }
    }

    /// Tries all at once: each login hashes its password some thousand times.
    private func logins() async throws -> [Login] {
        let comments = try await comments()
        let roles = setup.plan.loginRoles
        let logins = try await withThrowingTaskGroup(of: Login.self) { group in
            for role in roles {
                guard let password = setup.plan.passwords[role] else { continue }
                group.addTask {
                    Login(
                        role: role, password: password, refusal: try await refusal(of: role, password),
                        comment: comments[role])
                }
            }
            return try await group.reduce(into: [String: Login]()) { $0[$1.role] = $1 }
        }
        return roles.compactMap { logins[$0] }
    }

    private func comments() async throws -> [String: String] {
        let result = try await session.connection.query(
            """
            SELECT rolname AS role, shobj_description(oid, 'pg_authid') AS comment FROM pg_roles
            WHERE rolname = ANY(\(setup.plan.loginRoles)::text[])
            """)
        var comments: [String: String] = [:]
        for row in result.rows {
            comments[try row.decode("role")] = try row.decodeIfPresent("comment", as: String.self)
        }
        return comments
    }

    // MARK: - Whose password it is

    private func mark(of role: String) -> PasswordMark {
        setup.plan.passwords.isGiven(role) ? .given : .derived(from: setup.administrator.user)
    }

    /// Who set the password that the role has, where it is not for this set-up to change: empty for the settings.
    private func otherAdministrator(_ login: Login) -> String? {
        guard !setup.plan.takesOverPasswords, !setup.plan.passwords.isGiven(login.role) else { return nil }
        switch PasswordMark(comment: login.comment) {
        case .none: return nil
        case .given: return ""
        case .derived(let administrator): return administrator == setup.administrator.user ? nil : administrator
        }
    }

    private static func foreign(_ roles: [String: String]) -> SetupFinding? {
        guard let other = roles.values.max() else { return nil }
        let names = roles.keys.sorted().joined(separator: ", ")
        let settings = "DB_APP_PASS, DB_ANALYST_PASS and DB_ENGINEER_PASS"
        return SetupFinding(
            .fatal, .login,
            "the passwords of \(names) come from \(other.isEmpty ? settings : "administrator \(other)"), and a Dash may "
                + "be running with them, so they were left",
            remedy: (other.isEmpty
                ? "set \(settings) as the other Dash has them" : "set DB_USER and DB_PASS to \(other)'s")
                + "; or dashd setup --take-over, which sets new ones and ends the other Dash's logins")
    }

    /// Writes down whose password works, where nobody has.
    private func note(_ login: Login, in outcome: inout SetupOutcome) async throws {
        guard login.comment == nil, let statement = mark(of: login.role).statement(for: login.role) else { return }
        do {
            try await session.execute(statement, showing: statement, in: &outcome)
        } catch let error as PostgresError where error.isCollision || error.sqlState == "42501" {
            // Only whoever may set the password needs it.
        }
    }

    // MARK: - Setting it

    private func renew(_ login: Login, in outcome: inout SetupOutcome) async throws {
        let isNew = outcome.changes.contains {
            $0.hasPrefix("CREATE ROLE \(login.role) ")
                || $0.hasPrefix("CREATE ROLE \(PostgresQuery.quoted(identifier: login.role)) ")
        }
        var login = login
        var attempt = 0
        while login.hasOtherPassword, attempt < Self.attempts {
            attempt += 1
            guard try await set(login, in: &outcome) else { return }
            login.refusal = try await refusal(of: login.role, login.password)
        }
        if !isNew {
            setup.logger.notice("a role has a new password", ["role": login.role])
            outcome.renewedPasswords.append(login.role)
        }
        try await report(login, in: &outcome)
    }

    /// False, with a finding, where the administrator may not. The password travels as a SCRAM verifier, so that
    /// neither the server's log nor a listener learns it.
    private func set(_ login: Login, in outcome: inout SetupOutcome) async throws -> Bool {
        let statement = "ALTER ROLE \(PostgresQuery.quoted(identifier: login.role)) PASSWORD "
        let verifier = try await session.connection.encryptedPassword(login.password, for: login.role)
        var script = [statement + PostgresQuery.quoted(literal: verifier)]
        if PasswordMark.owns(login.comment), let comment = mark(of: login.role).statement(for: login.role) {
            script.append(comment)
        }
        do {
            try await session.execute(
                script.joined(separator: "; "), isScript: true, showing: statement + "'***'", in: &outcome)
            return true
        } catch let error as PostgresError where error.isCollision {
            // Another setup is at the same role; the next login shows whether it has done our work.
            return true
        } catch let error as PostgresError where error.sqlState == "42501" {
            outcome.findings.append(
                SetupFinding(
                    .fatal, .login, "role \(login.role) does not have the password that Dash uses",
                    remedy: statement + "'…'"))
            return false
        } catch var error as PostgresError {
            error.sql = statement + "'***'"
            throw error
        }
    }

    /// Why the role did not get in, be it only that the server is full; nil where it did.
    private func refusal(of role: String, _ password: Secret) async throws -> PostgresError? {
        var configuration = setup.administrator
        configuration.user = role
        configuration.password = password
        configuration.settings = [:]
        do {
            _ = try await PostgresConnection.connect(configuration, eventLoop: setup.eventLoop, logger: setup.logger)
            return nil
        } catch let error as PostgresError {
            return error
        }
    }

    // MARK: - What else keeps a role out

    /// A server that is full or starting says nothing about the role.
    private func report(_ login: Login, in outcome: inout SetupOutcome) async throws {
        guard let refusal = login.refusal, refusal.isRefusedLogin else { return }
        outcome.findings.append(
            SetupFinding(
                .fatal, .login, "role \(login.role) cannot log in: \(refusal.message)",
                remedy: try await remedy(login.role, refusal)))
    }

    private func remedy(_ role: String, _ refusal: PostgresError) async throws -> String {
        let row = try await session.connection.query(
            """
            SELECT concat_ws(' ', CASE WHEN NOT rolcanlogin THEN 'LOGIN' END,
                    CASE WHEN rolvaliduntil < now() THEN 'VALID UNTIL ''infinity''' END) AS changes,
                has_database_privilege(oid, current_database(), 'CONNECT') AS may_connect,
                format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), rolname) AS connect
            FROM pg_roles WHERE rolname = \(role)
            """
        ).rows.first
        if let changes = try row?.decode("changes", as: String.self), !changes.isEmpty {
            return "ALTER ROLE \(PostgresQuery.quoted(identifier: role)) \(changes)"
        }
        if let row, try !row.decode("may_connect", as: Bool.self) { return try row.decode("connect") }
        if refusal.sqlState?.hasPrefix("28") == true {
            return "let role \(role) log in with a password from Dash's host, in the server's pg_hba.conf: "
                + "host \(setup.administrator.database) \(role) <address> scram-sha-256"
        }
        return "look at the server's log for the refused login of \(role), then run dashd setup"
    }
}

import Postgres
import ServiceRuntime

/// The administrator's session during one run of setup.
struct SetupSession: Sendable {
    /// What somebody has agreed to.
    enum Consent: Sendable {
        /// To nothing that takes rights from others than Dash.
        case nothing
        /// To these statements and no other.
        case statements(Set<String>)
        case everything

        func covers(_ statement: String, takingFromOthers: Bool) -> Bool {
            switch self {
            case .nothing: !takingFromOthers
            case .statements(let statements): statements.contains(statement)
            case .everything: true
            }
        }
    }

    let connection: PostgresConnection
    let consent: Consent
    /// Whether everything happens in a transaction that is rolled back.
    var isPreview = false
    let logger: Logger

    /// Any number, but the same in every replica.
    private static let lock = 0x6461_7368_5345_54
    private static let attempts = 6

    /// Takes the lock that replicas share, for at most 30 s. The session's end releases it.
    func begin() async throws {
        // Names are printed qualified under an empty path, and nothing in a company schema can shadow a function.
        try await connection.query("SET search_path = pg_catalog")
        try await connection.query("SET lock_timeout = '30s'")
        try await connection.query("SET client_min_messages = error")
        do {
            try await connection.query("SELECT pg_advisory_lock(\(Self.lock)::bigint)")
        } catch let error as PostgresError where error.sqlState == "55P03" {
            throw SetupError(
                "another setup has been running in this database for 30 s; wait for it, or end its session")
        }
        if isPreview { try await connection.query("BEGIN") }
    }

    func serverVersion() async throws -> Int {
        try await connection.query("SELECT current_setting('server_version_num') AS version").rows.first?
            .decode("version") ?? 0
    }

    func has(_ roles: [String]) async throws -> Bool {
        let result = try await connection.query(
            "SELECT count(*) AS found FROM pg_roles WHERE rolname = ANY(\(roles)::text[])")
        return try result.rows.first?.decode("found", as: Int.self) == roles.count
    }

    func apply(_ steps: [SetupStep], to outcome: inout SetupOutcome) async throws {
        for step in steps {
            try await apply(step, to: &outcome)
        }
    }

    /// Compares and changes; begins again where another session changed the same catalog rows at the same time.
    private func apply(_ step: SetupStep, to outcome: inout SetupOutcome) async throws {
        var attempt = 1
        while true {
            do {
                try await applyOnce(step, to: &outcome)
                return
            } catch let error as PostgresError where attempt < Self.attempts && error.isCollision {
                attempt += 1
                // Replicas that started together and met here spread out.
                try await Task.sleep(for: .milliseconds(Int.random(in: 5...40) * attempt))
            }
        }
    }

    private func applyOnce(_ step: SetupStep, to outcome: inout SetupOutcome) async throws {
        for row in try await connection.query(step.differences).rows {
            let statement = try row.decode("statement", as: String.self)
            let finding = SetupFinding(
                step.severity, step.subject, try row.decode("problem", as: String.self), remedy: statement)
            let isAllowed = try row.decode("allowed", as: Bool.self)
            guard isAllowed, consent.covers(statement, takingFromOthers: step.needsConsent) else {
                outcome.add(finding)
                continue
            }
            do {
                try await execute(statement, isScript: step.isScript, showing: statement, in: &outcome)
            } catch let error as PostgresError where error.sqlState == "42501" {
                outcome.add(finding)
            }
        }
    }

    /// `shown` is the statement as logs and people see it.
    func execute(
        _ statement: String, isScript: Bool = false, showing shown: String, in outcome: inout SetupOutcome
    ) async throws {
        // One refusal must not end a whole preview.
        if isPreview { try await connection.query("SAVEPOINT dash_setup") }
        do {
            if isScript {
                try await connection.execute(script: statement)
            } else {
                try await connection.query(PostgresQuery(unescaped: statement))
            }
        } catch {
            if isPreview { try await connection.query("ROLLBACK TO SAVEPOINT dash_setup") }
            throw error
        }
        outcome.changes.append(shown)
        logger.debug("database set up", ["statement": shown])
    }
}

extension PostgresError {
    /// Another session changed or created the same thing in this moment; comparing again settles it.
    var isCollision: Bool {
        switch sqlState {
        case "23505", "42710", "42P06", "40001", "40P01": true
        case "XX000": message.contains("concurrently")
        default: false
        }
    }
}

extension SetupOutcome {
    fileprivate mutating func add(_ finding: SetupFinding) {
        if !findings.contains(finding) { findings.append(finding) }
    }
}

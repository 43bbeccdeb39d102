import Postgres
import SQLGuard
import ServiceRuntime
import TestSupport

/// Runs a statement as a superuser whom nothing stops, and says what it has done.
struct HarmProof {
    struct Outcome: Equatable {
        var rows: [[String?]] = []
        var sqlState: String?
    }

    let site: CorpusServer.Site
    /// What a result may not contain.
    let canaries: [String]
    private var session: PostgresConnection
    private var base: ServerState

    init(_ site: CorpusServer.Site) async throws {
        self.site = site
        session = try await CorpusServer.shared.connect(.company)
        canaries = try await Self.canaries(session)
        base = try await ServerState.everything(session, site)
    }

    static func canaries(_ connection: PostgresConnection) async throws -> [String] {
        let row = try await connection.query(
            """
            SELECT current_setting('data_directory'), pg_postmaster_start_time()::text,
                (SELECT setting FROM pg_config WHERE name = 'BINDIR'), left(pg_walfile_name(pg_current_wal_lsn()), 16),
                (pg_stat_file('corpus/a/secret')).size::text
            """
        ).rows.first
        return (row?.cells.compactMap(\.self) ?? []) + ["canary", "127.0.0.1", "SCRAM-SHA-256$", "postgres", "778899"]
    }

    /// The harm that shows, with what shows it; nil where none does.
    mutating func prove(_ attack: Attack) async throws -> (harm: Attack.Harm, by: String)? {
        let proof = try await attempt(attack)
        let found: (harm: Attack.Harm, by: String)?
        if let proof { found = proof } else { found = try await dependence(attack) }
        // Only what is not undone with the transaction can be left.
        try await settle(isComplete: attack.isAlone || found?.by.contains("transaction") == true)
        return found
    }

    // MARK: - One run

    private func attempt(_ attack: Attack) async throws -> (harm: Attack.Harm, by: String)? {
        try await begin(attack, session)
        let before = try await state(attack, tables: !attack.setup.isEmpty)
        // What does harm otherwise may take its time on a busy machine.
        if !attack.isAlone { try await limit(attack.harm == .lasts ? "150ms" : "20s", session) }
        let sessionBefore = try await ServerState.session(session)
        var outcome = try await run(attack.sql, .company, session)
        if outcome.sqlState == "57014" { return (.lasts, "its limit") }
        guard outcome.sqlState == nil else { return nil }
        if let use = attack.use {
            let used = try await run(use, .company, session)
            if used.sqlState == "57014" { return (.lasts, "the limit of whoever uses it") }
            guard used.sqlState == nil else { return nil }
            outcome.rows += used.rows
        }
        if let probe = attack.probe {
            let probed = try await run(probe, .company, session)
            if try await control(attack, probe) != probed { return (.changes, "what follows") }
        }
        if outcome.rows.reduce(0, { $0 + $1.reduce(0) { $0 + ($1?.utf8.count ?? 0) } }) > 1_048_576 {
            return (.lasts, "its size")
        }
        guard attack.harm == .changes else { return canary(in: outcome.rows).map { (.reads, $0) } }
        let changed = try await changes(attack, sessionBefore, before)
        return changed.isEmpty ? nil : (.changes, changed.joined(separator: ", "))
    }

    private func begin(_ attack: Attack, _ connection: PostgresConnection) async throws {
        if !attack.isAlone { try await connection.query("BEGIN") }
        if attack.role == .engineer {
            try await connection.query("SELECT set_config('search_path', 'public, dash', false)")
        }
        for statement in attack.setup { try await connection.query(PostgresQuery(unescaped: statement)) }
    }

    private func limit(_ time: String, _ connection: PostgresConnection) async throws {
        try await connection.query(PostgresQuery(unescaped: "SET LOCAL statement_timeout = '\(time)'"))
    }

    private func run(
        _ sql: String, _ world: CorpusServer.World, _ connection: PostgresConnection
    ) async throws -> Outcome {
        let text = try await CorpusServer.shared.placed(sql, world)
        do {
            // Several statements in one text are what the simple protocol is for.
            if text.contains(";") {
                try await connection.execute(script: text)
                return Outcome()
            }
            return Outcome(rows: try await connection.query(PostgresQuery(unescaped: text)).rows.map(\.cells))
        } catch let error as PostgresError {
            return Outcome(sqlState: error.sqlState ?? "?")
        }
    }

    private func isSuperuser() async throws -> Bool {
        try await session.query("SELECT current_setting('is_superuser') AS on").rows.first?["on"] == "on"
    }

    private func state(_ attack: Attack, tables: Bool) async throws -> ServerState {
        guard try await isSuperuser() else { return base }
        if tables { return try await ServerState.everything(session, site) }
        return base
    }

    private func changes(
        _ attack: Attack, _ sessionBefore: ServerState, _ before: ServerState
    ) async throws -> [String] {
        if attack.isAlone { try await session.query("SELECT pg_stat_force_next_flush()") }
        let changed = try await ServerState.session(session).differences(from: sessionBefore, for: attack.role)
        guard changed.isEmpty || changed == ["identity used up"], try await isSuperuser() else { return changed }
        if !attack.isAlone { try await limit("0", session) }
        for attempt in 0..<(attack.isLate ? 200 : 1) {
            if attempt > 0 { try await Task.sleep(for: .milliseconds(10)) }
            let server = try await ServerState.server(session, site).differences(from: before, for: attack.role)
            if !server.isEmpty { return server }
            let tables = try await ServerState.tables(session, site).differences(from: before, for: attack.role)
            if !tables.isEmpty { return tables }
        }
        return changed
    }

    func canary(in rows: [[String?]]) -> String? {
        let text = rows.map { $0.map { $0 ?? "" }.joined(separator: "\t") }.joined(separator: "\n")
        return canaries.first { text.contains($0) }
    }

    // MARK: - Other runs

    /// What the probe says where the attack has not run.
    private func control(_ attack: Attack, _ probe: String) async throws -> Outcome {
        let connection = try await CorpusServer.shared.connect(.elsewhere)
        try await begin(attack, connection)
        let outcome = try await run(probe, .elsewhere, connection)
        if !attack.isAlone { try await connection.query("ROLLBACK") }
        return outcome
    }

    /// Whether the outcome is the same whenever it runs here, and another where everything forbidden is different.
    private func dependence(_ attack: Attack) async throws -> (harm: Attack.Harm, by: String)? {
        // What it says is how long it took.
        guard !attack.sql.hasPrefix("EXPLAIN") else { return nil }
        // The first run may hold what the next one waits for.
        try await session.query("ROLLBACK")
        let here = try await outcome(attack, .company)
        guard here.sqlState == nil, try await outcome(attack, .company) == here else { return nil }
        let there = try await outcome(attack, .elsewhere)
        return there == here ? nil : (.reads, "another outcome elsewhere")
    }

    private func outcome(_ attack: Attack, _ world: CorpusServer.World) async throws -> Outcome {
        let connection = try await CorpusServer.shared.connect(world)
        do {
            try await begin(attack, connection)
        } catch let error as PostgresError {
            return Outcome(sqlState: error.sqlState)
        }
        if !attack.isAlone { try await limit("5s", connection) }
        var outcome = try await run(attack.sql, world, connection)
        if let use = attack.use, outcome.sqlState == nil {
            let used = try await run(use, world, connection)
            outcome = Outcome(rows: outcome.rows + used.rows, sqlState: used.sqlState)
        }
        _ = try? await connection.query("ROLLBACK")
        return outcome
    }

    /// Makes session and database what they were.
    private mutating func settle(isComplete: Bool) async throws {
        var isClean = false
        do {
            for statement in ["ROLLBACK", "RESET SESSION AUTHORIZATION", "DISCARD ALL"] {
                try await session.query(PostgresQuery(unescaped: statement))
            }
            isClean =
                isComplete
                ? try await ServerState.everything(session, site) == base
                : try await ServerState.server(session, site).agrees(with: base)
        } catch is PostgresError {}
        guard !isClean else { return }
        session.retire()
        try await CorpusServer.shared.renew()
        session = try await CorpusServer.shared.connect(.company)
        base = try await ServerState.everything(session, site)
    }
}

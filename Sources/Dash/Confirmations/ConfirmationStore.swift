import Agents
import FoundationEssentials
package import Postgres
package import ServiceRuntime

/// Confirmations in schema `ai`: asked once, decided once, used once. All times are the database's.
package struct ConfirmationStore: Sendable {
    package static let defaultLifetime = Duration.seconds(3600)

    /// What became of an attempt to decide.
    package enum Verdict: Sendable {
        /// By this attempt.
        case decided(Confirmation)
        /// Somebody has decided before, or its time was up.
        case notOpen(Confirmation)
        case unknown
    }

    /// Whether an approval may be used now.
    enum Use {
        case first
        /// It was used before; without an outcome nobody can tell how far that came.
        case again(ConfirmedOutcome?)
    }

    private let client: PostgresClient
    /// How long a person may take.
    package let lifetime: Duration
    private let logger: Logger

    package init(client: PostgresClient, lifetime: Duration = defaultLifetime, logger: Logger) {
        self.client = client
        self.lifetime = lifetime
        self.logger = logger.labelled("confirmations")
    }

    // MARK: - Asking

    /// Stores the question with the run that waits for its answer.
    func add(_ action: ProposedAction, by agent: AgentName, of suspended: SuspendedRun, run: RunID) async throws
        -> Confirmation
    {
        let id = ConfirmationID()
        let question = suspended.question
        let row = try await client.query(
            """
            INSERT INTO ai.confirmations
                (id, run_id, conversation_id, asker, agent, action, action_hash, state, expires_at)
            VALUES (\(id.rawValue), \(run.rawValue), \(question.conversation.rawValue), \(question.asker.id),
                \(agent.rawValue), \(try JSONValue(encoding: action).storable)::jsonb,
                decode(\(Hex.encode(action.hash)), 'hex'), \(try JSONValue(encoding: suspended).storable)::jsonb,
                clock_timestamp() + make_interval(secs => \(lifetime.inSeconds)::double precision))
            RETURNING expires_at
            """
        ).rows.first
        guard let row else { throw PostgresError(.decoding, message: "a confirmation was not stored") }
        return Confirmation(
            id: id, runID: run, conversation: question.conversation, asker: question.asker.id, agent: agent,
            action: action, expiresAt: try row.decode("expires_at"))
    }

    package func confirmation(_ id: ConfirmationID) async throws -> Confirmation? {
        try await client.withConnection { try await confirmation(id, on: $0) }
    }

    package func confirmation(
        _ id: ConfirmationID, on connection: PostgresConnection
    ) async throws -> Confirmation? {
        try await connection.query(
            "SELECT \(unescaped: Self.columns) FROM ai.confirmations WHERE id = \(id.rawValue)"
        ).rows.first.map(Self.confirmation)
    }

    // MARK: - Deciding

    /// Decides once, on the caller's connection, so that what follows from it commits with it. Who may is the caller's
    /// business.
    package func decide(
        _ id: ConfirmationID, _ decision: Confirmation.Decision, by person: String, on connection: PostgresConnection
    ) async throws -> Verdict {
        let decided = try await connection.query(
            """
            UPDATE ai.confirmations SET decision = \(decision.rawValue), decided_by = \(person),
                decided_at = clock_timestamp()
            WHERE id = \(id.rawValue) AND decision IS NULL AND expires_at > clock_timestamp()
            RETURNING \(unescaped: Self.columns)
            """
        ).rows.first
        if let decided { return .decided(try Self.confirmation(decided)) }
        return try await confirmation(id, on: connection).map(Verdict.notOpen) ?? .unknown
    }

    /// As above, in a transaction of its own.
    package func decide(
        _ id: ConfirmationID, _ decision: Confirmation.Decision, by person: String
    ) async throws -> Verdict {
        try await client.withConnection { try await decide(id, decision, by: person, on: $0) }
    }

    /// Closes a confirmation that nobody decided in time; nil where it is not due or somebody did. Its run is then to be
    /// resumed: it ends with that.
    package func expire(_ id: ConfirmationID, on connection: PostgresConnection) async throws -> Confirmation? {
        try await connection.query(
            """
            UPDATE ai.confirmations SET decision = 'expired', decided_at = clock_timestamp()
            WHERE id = \(id.rawValue) AND decision IS NULL AND expires_at <= clock_timestamp()
            RETURNING \(unescaped: Self.columns)
            """
        ).rows.first.map(Self.confirmation)
    }

    // MARK: - Going on

    /// The run that waits; nil where it has gone on to its end or cannot be read by this version.
    func suspendedRun(of id: ConfirmationID) async throws -> SuspendedRun? {
        try await client.query(
            "SELECT state FROM ai.confirmations WHERE id = \(id.rawValue) AND state IS NOT NULL"
        ).rows.first.flatMap { StoredJSON.decode(try $0.decode("state")) }
    }

    /// Takes an approval for its single use, committed before what it is used for begins.
    ///
    /// Throws `StaleApproval` where it was given for another role or statement.
    func use(_ confirmation: Confirmation) async throws -> Use {
        let hash = Hex.encode(confirmation.action.hash)
        let taken = try await client.query(
            """
            UPDATE ai.confirmations SET used_at = clock_timestamp()
            WHERE id = \(confirmation.id.rawValue) AND decision = 'approved' AND used_at IS NULL
                AND action_hash = decode(\(hash), 'hex')
            """)
        if taken.affectedRows == 1 { return .first }
        let row = try await client.query(
            """
            SELECT outcome FROM ai.confirmations WHERE id = \(confirmation.id.rawValue) AND decision = 'approved'
                AND used_at IS NOT NULL AND action_hash = decode(\(hash), 'hex')
            """
        ).rows.first
        guard let row else { throw StaleApproval() }
        return .again(row["outcome"].flatMap { StoredJSON.decode($0) })
    }

    /// Stores what the confirmed call gave, also where the task is cancelled in the meantime: it has been done.
    func keep(_ outcome: ConfirmedOutcome, of id: ConfirmationID) async {
        await Task {
            do {
                let content = try JSONValue(encoding: outcome).storable
                try await client.query(
                    "UPDATE ai.confirmations SET outcome = \(content)::jsonb WHERE id = \(id.rawValue)")
            } catch {
                logger.warning("the outcome of a confirmed statement could not be stored", ["confirmation": "\(id)"])
            }
        }.value
    }

    /// Forgets the run's state: it has ended, or waits under another confirmation. Who decided what stays.
    func close(_ id: ConfirmationID) async {
        do {
            try await client.query(
                "UPDATE ai.confirmations SET state = NULL, outcome = NULL WHERE id = \(id.rawValue)")
        } catch {
            logger.warning("the state of a run that ended could not be deleted", ["confirmation": "\(id)"])
        }
    }

    // MARK: - Sweeping

    /// Closes what nobody decided in time and no surface has closed, and returns whose runs have not ended since.
    func expireForgotten() async throws -> [ConfirmationID] {
        try await client.query(
            """
            UPDATE ai.confirmations SET decision = 'expired', decided_at = clock_timestamp()
            WHERE decision IS NULL AND expires_at < clock_timestamp() - interval '1 hour'
            """)
        return try await client.query(
            """
            SELECT id FROM ai.confirmations WHERE decision = 'expired' AND state IS NOT NULL
                AND expires_at < clock_timestamp() - interval '1 hour'
            ORDER BY expires_at LIMIT 100
            """
        ).rows.map { ConfirmationID(rawValue: try $0.decode("id")) }
    }

    /// Forgets what a run that will not go on had found, after a week, and who decided what, after 90 days.
    func deleteOld() async throws {
        try await client.query(
            """
            UPDATE ai.confirmations SET state = NULL, outcome = NULL
            WHERE decided_at < clock_timestamp() - interval '7 days' AND (state IS NOT NULL OR outcome IS NOT NULL)
            """)
        try await client.query(
            """
            DELETE FROM ai.confirmations WHERE id IN (
                SELECT id FROM ai.confirmations
                WHERE created_at < clock_timestamp() - interval '90 days' AND decision IS NOT NULL
                ORDER BY created_at LIMIT 1000)
            """)
    }

    struct StaleApproval: Error {}

    private static let columns = """
        id, run_id, conversation_id, asker, agent, action, expires_at, decision, decided_by, decided_at
        """

    private static func confirmation(_ row: PostgresRow) throws -> Confirmation {
        guard let action: ProposedAction = StoredJSON.decode(try row.decode("action")) else {
            throw PostgresError(.decoding, message: "column action holds no action")
        }
        return Confirmation(
            id: ConfirmationID(rawValue: try row.decode("id")), runID: RunID(rawValue: try row.decode("run_id")),
            conversation: ConversationID(rawValue: try row.decode("conversation_id")), asker: try row.decode("asker"),
            agent: AgentName(rawValue: try row.decode("agent")), action: action,
            expiresAt: try row.decode("expires_at"),
            decision: row["decision"].flatMap(Confirmation.Decision.init), decidedBy: row["decided_by"],
            decidedAt: try row.decodeIfPresent("decided_at"))
    }
}

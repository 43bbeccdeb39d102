import FoundationEssentials
import Postgres

/// What was decided about learnings, by people and by Dash where room runs out.
extension LearningStore {
    /// Makes a learning apply to everyone, or to the channel where it was said; a reverted one as well.
    ///
    /// Returns false for an unknown id, and for one that was said in no channel where it is to apply to one.
    package func approve(
        _ id: Int64, for scope: Learning.Scope = .everyone, by approver: String
    ) async throws -> Bool {
        try await client.withTransaction { connection in
            try await lock(connection)
            let known = try await connection.query(
                """
                UPDATE ai.learnings SET is_for_place = \(scope == .channel)::boolean
                WHERE id = \(id) AND warehouse = \(warehouseID)
                    AND (\(scope == .everyone)::boolean OR place IS NOT NULL)
                """)
            guard scope != .asker, known.affectedRows > 0 else { return false }
            return try await decide(
                "approved", on: id, state: .active, scope: scope == .everyone ? "everyone" : "asker", by: approver,
                connection)
        }
    }

    /// Takes a learning out of use; it stays listed as reverted. Returns false for an unknown id.
    package func revert(_ id: Int64, by person: String) async throws -> Bool {
        try await client.withTransaction { connection in
            try await lock(connection)
            return try await decide("reverted", on: id, state: .reverted, by: person, connection)
        }
    }

    /// Who decided what, oldest first, by learning. Ids that are unknown, or of another warehouse, have no entry.
    package func decisions(on ids: [Int64]) async throws -> [Int64: [LearningDecision]] {
        let rows = try await client.query(
            """
            SELECT d.learning_id, d.decision, d.person, extract(epoch FROM d.decided_at)::float8 AS time
            FROM ai.learning_decisions AS d JOIN ai.learnings AS l ON l.id = d.learning_id
            WHERE d.learning_id = ANY (\(ids)::bigint[]) AND l.warehouse = \(warehouseID)
            ORDER BY d.id
            """
        ).rows
        var decisions: [Int64: [LearningDecision]] = [:]
        for row in rows {
            guard let kind = LearningDecision.Kind(rawValue: try row.decode("decision")) else { continue }
            decisions[try row.decode("learning_id"), default: []].append(
                LearningDecision(
                    kind: kind, person: try row.decode("person"),
                    decidedAt: Date(timeIntervalSince1970: try row.decode("time"))))
        }
        return decisions
    }

    /// Serialises changes of one warehouse's learnings, so that limits hold over replicas.
    func lock(_ connection: PostgresConnection) async throws {
        try await connection.query(
            "SELECT pg_advisory_xact_lock(hashtextextended(\("dash learnings \(warehouseID)"), 0))")
    }

    @discardableResult
    func decide(
        _ decision: String, on id: Int64, state: Learning.State, scope: String? = nil, by person: String,
        _ connection: PostgresConnection
    ) async throws -> Bool {
        try await connection.query(
            """
            WITH changed AS (
                UPDATE ai.learnings SET state = \(state.rawValue),
                    scope = coalesce(\(scope)::text, scope)
                WHERE id = \(id) AND warehouse = \(warehouseID)
                RETURNING id
            )
            INSERT INTO ai.learning_decisions (learning_id, decision, person) SELECT id, \(decision), \(person) FROM changed
            """
        ).affectedRows > 0
    }

    /// Takes what was used longest ago out of use, and says so; what a person approved stays.
    func evict(beyond limit: Int, of author: String?, on connection: PostgresConnection) async throws {
        try await connection.query(
            """
            WITH surplus AS (
                SELECT id FROM ai.learnings AS l
                WHERE warehouse = \(warehouseID) AND \(unescaped: Self.isInUse)
                    AND CASE WHEN \(author)::text IS NULL THEN is_automatic
                        ELSE scope = 'asker' AND author = \(author)::text END
                    AND NOT EXISTS (
                        SELECT FROM ai.learning_decisions WHERE learning_id = l.id AND decision = 'approved')
                ORDER BY coalesce(last_used_at, created_at) DESC, id DESC OFFSET \(limit)
            ), evicted AS (
                UPDATE ai.learnings AS l SET state = 'reverted' FROM surplus WHERE l.id = surplus.id RETURNING l.id
            )
            INSERT INTO ai.learning_decisions (learning_id, decision, person)
            SELECT id, 'evicted', \(Self.automaticAuthor) FROM evicted
            """)
    }
}

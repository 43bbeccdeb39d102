import FoundationEssentials
package import Postgres
package import ServiceRuntime

/// Learnings and candidate queries in schema `ai`, of one warehouse.
///
/// A learning is never deleted: reverted and evicted ones stay, with who decided and when.
package struct LearningStore: Sendable {
    /// The author of what Dash found by itself.
    package static let automaticAuthor = "dash"
    static let maximumCorrections = 200
    private static let maximumLength = 16_000

    private let client: PostgresClient
    private let warehouseID: String
    private let logger: Logger

    package init(client: PostgresClient, warehouseID: String, logger: Logger) {
        self.client = client
        self.warehouseID = warehouseID
        self.logger = logger.labelled("learnings")
    }

    /// Active learnings that apply to the asker and fit the text, best first.
    ///
    /// Applies: what is approved for everyone or for the channel of the question, and the asker's own. Another person's
    /// unapproved one is never returned.
    package func search(
        _ text: String, asker: String, place: String? = nil, limit: Int = 5
    ) async throws -> [Learning] {
        let words = KnowledgeSearch.words(in: text)
        guard !words.isEmpty, limit > 0 else { return [] }
        let rows = try await client.query(
            """
            WITH word AS MATERIALIZED (
                SELECT w.word, to_tsquery('pg_catalog.english', w.word) AS query
                FROM unnest(\(words)::text[]) AS w (word)
                WHERE to_tsvector('pg_catalog.english', w.word) <> ''::tsvector
            ), fitting AS (
                SELECT l.id, m.score, m.matched, m.specific,
                    ai.similarity(l.title, \(words.joined(separator: " "))::text) AS likeness
                FROM ai.learnings AS l
                CROSS JOIN LATERAL (
                    SELECT sum(ts_rank('{0.1, 0.3, 0.7, 1}', l.search, query)) AS score, count(*) AS matched,
                        count(*) FILTER (WHERE word <> ALL (\(CommonWords.general.sorted())::text[])) AS specific
                    FROM word WHERE l.search @@ query
                ) AS m
                WHERE l.warehouse = \(warehouseID) AND l.\(unescaped: Self.isInUse)
                    AND (l.scope = 'everyone' OR l.author = \(asker) OR (l.is_for_place AND l.place = \(place)))
                    AND m.matched > 0
                    AND l.search @@ to_tsquery('pg_catalog.english', \(words.joined(separator: " | ")))
            ), ranked AS (
                SELECT id,
                    1.0 / (60 + row_number() OVER (ORDER BY specific DESC, score DESC, id DESC))
                        + 1.0 / (60 + row_number() OVER (ORDER BY likeness DESC, score DESC, id DESC)) AS rank
                FROM fitting
                WHERE specific > 0
                    OR NOT EXISTS (SELECT FROM word WHERE word <> ALL (\(CommonWords.general.sorted())::text[]))
            ), used AS (
                SELECT id, rank FROM ranked ORDER BY rank DESC, id DESC LIMIT \(limit)
            )
            SELECT \(unescaped: Self.columns) FROM ai.learnings AS l JOIN used USING (id) ORDER BY rank DESC, l.id DESC
            """
        ).rows
        let found = try rows.map(learning)
        try await countUse(found.map(\.id))
        return found
    }

    /// Past corrections of errors like this one.
    package func corrections(
        similarTo sql: String, error: String, limit: Int = 3
    ) async throws -> [Learning.Correction] {
        let rows = try await client.query(
            """
            SELECT id, original, error, corrected, question
            FROM (
                SELECT id, original, error, corrected, question,
                    ai.similarity(error, \(Self.bounded(error))) AS by_error,
                    ai.similarity(original, \(Self.bounded(NormalisedText.sql(sql)))) AS by_sql
                FROM ai.learnings
                WHERE warehouse = \(warehouseID) AND original IS NOT NULL AND state = 'active'
            ) AS past
            WHERE by_error >= 0.5 OR (by_error >= 0.25 AND by_sql >= 0.5)
            ORDER BY 0.6 * by_error + 0.4 * by_sql DESC, id DESC
            LIMIT \(max(0, limit))
            """
        ).rows
        try await countUse(try rows.map { try $0.decode("id", as: Int64.self) })
        return try rows.map { row in
            Learning.Correction(
                original: try row.decode("original"), error: try row.decode("error"),
                corrected: try row.decode("corrected"), question: try row.decode("question"))
        }
    }

    /// Keeps a fixed error for everybody at once; the oldest unused automatic ones beyond 200 give way.
    ///
    /// The same statement and error again replace what was kept, unless a person reverted it. What gives way is marked as
    /// reverted by Dash, and comes back when it happens again. Its question is made of the corrected statement's own names.
    package func record(_ correction: Learning.Correction) async throws {
        let original = Self.bounded(NormalisedText.sql(correction.original))
        let corrected = Self.bounded(correction.corrected)
        let error = Self.bounded(correction.error)
        let question = Self.bounded(correction.question)
        let statements = [correction.original, correction.corrected]
        guard !statements.contains(where: NormalisedText.namesSomebody(sql:)) else { return }
        guard !original.isEmpty, !corrected.isEmpty, original != NormalisedText.sql(corrected) else { return }
        let title = String(error.prefix { $0 != "\n" }.prefix(160))
        let body = "Instead of the statement that failed, use the corrected one."
        try await client.withTransaction { connection in
            try await lock(connection)
            // A person's decision against it stands; only what gave way for lack of room may come back.
            let saved = try await connection.query(
                """
                INSERT INTO ai.learnings AS l (
                    warehouse, is_automatic, title, body, original, error, corrected, question, correction_key, scope,
                    state, author, search)
                VALUES (
                    \(warehouseID), true, \(title), \(body), \(original), \(error), \(corrected), \(question),
                    sha256(convert_to(\(original + "\n" + error), 'UTF8')), 'everyone', 'active', \(Self.automaticAuthor),
                    setweight(to_tsvector('pg_catalog.english', \(Self.words(question))), 'A')
                        || setweight(to_tsvector('pg_catalog.english', \(Self.words(error))), 'B')
                        || setweight(to_tsvector('pg_catalog.english', \(Self.words(corrected))), 'D'))
                ON CONFLICT (warehouse, correction_key) DO UPDATE SET corrected = EXCLUDED.corrected,
                    question = EXCLUDED.question, search = EXCLUDED.search, last_used_at = clock_timestamp()
                WHERE l.state = 'active' OR (
                    SELECT decision FROM ai.learning_decisions WHERE learning_id = l.id ORDER BY id DESC LIMIT 1
                ) = 'evicted'
                RETURNING id, state
                """)
            if let row = saved.rows.first, row["state"] == "reverted" {
                try await decide(
                    "returned", on: try row.decode("id"), state: .active, by: Self.automaticAuthor, connection)
            }
            try await evict(beyond: Self.maximumCorrections, of: nil, on: connection)
        }
    }

    /// Keeps a correction of meaning: in use for its author at once, proposed to everyone until approved.
    ///
    /// Stored with scope `asker` and state `proposed`. Text beyond 4,000 characters is cut. The same text again from the
    /// same author returns the learning that is there. Of one author's unapproved ones the latest 200 stay in use.
    @discardableResult
    package func save(
        title: String, text: String, author: String, place: String? = nil
    ) async throws -> Int64 {
        let title = String(Self.bounded(title).prefix(200))
        let text = String(Self.bounded(text).prefix(4_000))
        return try await client.withTransaction { connection in
            try await lock(connection)
            let known = try await connection.query(
                """
                SELECT id FROM ai.learnings
                WHERE warehouse = \(warehouseID) AND author = \(author) AND title = \(title) AND body = \(text)
                    AND \(unescaped: Self.isInUse)
                ORDER BY id LIMIT 1
                """)
            if let row = known.rows.first { return try row.decode("id") }
            let saved = try await connection.query(
                """
                INSERT INTO ai.learnings (warehouse, is_automatic, title, body, scope, state, author, place, search)
                VALUES (
                    \(warehouseID), false, \(title), \(text), 'asker', 'proposed', \(author), \(place),
                    setweight(to_tsvector('pg_catalog.english', \(Self.words(title))), 'A')
                        || setweight(to_tsvector('pg_catalog.english', \(Self.words(text))), 'B'))
                RETURNING id
                """)
            guard let row = saved.rows.first else {
                throw PostgresError(.decoding, message: "the server returned no id for a new learning")
            }
            try await evict(beyond: Self.maximumProposals, of: author, on: connection)
            return try row.decode("id")
        }
    }

    /// Every learning that is not reverted unless asked for, newest first.
    package func list(includingReverted: Bool = false) async throws -> [Learning] {
        try await client.query(
            """
            SELECT \(unescaped: Self.columns) FROM ai.learnings AS l
            WHERE warehouse = \(warehouseID) AND (\(includingReverted)::boolean OR \(unescaped: Self.isInUse))
            ORDER BY created_at DESC, id DESC
            """
        ).rows.map(learning)
    }

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

    /// Who decided what about a learning, oldest first.
    package func decisions(on id: Int64) async throws -> [LearningDecision] {
        let rows = try await client.query(
            """
            SELECT d.decision, d.person, extract(epoch FROM d.decided_at)::float8 AS time
            FROM ai.learning_decisions AS d JOIN ai.learnings AS l ON l.id = d.learning_id
            WHERE d.learning_id = \(id) AND l.warehouse = \(warehouseID)
            ORDER BY d.id
            """
        ).rows
        return try rows.compactMap { row in
            guard let kind = LearningDecision.Kind(rawValue: try row.decode("decision")) else { return nil }
            return LearningDecision(
                kind: kind, person: try row.decode("person"),
                decidedAt: Date(timeIntervalSince1970: try row.decode("time")))
        }
    }

    /// Keeps a statement that answered a question. When it answers a later question as well it is promoted: returned
    /// once, for the knowledge store. At most 500 candidates are kept, least recently used first to go.
    ///
    /// Call it once per answer: a second call counts as a second use. Statements are compared without regard to white
    /// space. What was asked is not kept with them: a promoted query is found by the names and values of its statement. A
    /// statement that compares with a person's name, address or number is not kept at all.
    package func recordSuccess(sql: String, tables: [String]) async throws -> ValidatedQuery? {
        try await QueryCandidates(client: client, warehouseID: warehouseID).record(sql: sql, tables: tables)
    }
}

extension LearningStore {
    private static let maximumProposals = 200
    private static let isInUse = "state IN ('active', 'proposed')"
    private static let columns = """
        l.id, l.title, l.body, l.original, l.error, l.corrected, l.question, l.scope, l.state, l.author, l.place,
        l.is_for_place,
        extract(epoch FROM l.created_at)::float8 AS time
        """

    private func learning(_ row: PostgresRow) throws -> Learning {
        var correction: Learning.Correction?
        if let original = row["original"], let error = row["error"], let corrected = row["corrected"] {
            correction = Learning.Correction(
                original: original, error: error, corrected: corrected, question: row["question"] ?? "")
        }
        guard var scope = Learning.Scope(rawValue: try row.decode("scope")),
            let state = Learning.State(rawValue: try row.decode("state"))
        else { throw PostgresError(.decoding, message: "a learning has an unknown scope or state") }
        if scope == .asker, try row.decode("is_for_place") { scope = .channel }
        return Learning(
            id: try row.decode("id"), title: try row.decode("title"), text: try row.decode("body"),
            correction: correction, scope: scope, state: state, author: try row.decode("author"),
            place: row["place"], createdAt: Date(timeIntervalSince1970: try row.decode("time")))
    }

    /// Serialises changes of one warehouse's learnings, so that limits hold over replicas.
    private func lock(_ connection: PostgresConnection) async throws {
        try await connection.query(
            "SELECT pg_advisory_xact_lock(hashtextextended(\("dash learnings \(warehouseID)"), 0))")
    }

    @discardableResult
    private func decide(
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
    private func evict(beyond limit: Int, of author: String?, on connection: PostgresConnection) async throws {
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

    /// Rows in use elsewhere are skipped: a count missed is better than a wait.
    private func countUse(_ ids: [Int64]) async throws {
        guard !ids.isEmpty else { return }
        try await client.query(
            """
            UPDATE ai.learnings SET uses = uses + 1, last_used_at = clock_timestamp()
            WHERE id IN (SELECT id FROM ai.learnings WHERE id = ANY (\(ids)::bigint[]) FOR UPDATE SKIP LOCKED)
            """)
    }

    private static func bounded(_ text: String) -> String {
        return String(SourceText.trimmed(text.storable).prefix(maximumLength))
    }

    private static func words(_ text: String) -> String {
        SearchWords.words(in: text).joined(separator: " ")
    }
}

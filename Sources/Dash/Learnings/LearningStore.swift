import FoundationEssentials
package import Planner
package import Postgres
package import ServiceRuntime

/// Learnings and candidate queries in schema `ai`, of one warehouse.
///
/// A learning is never deleted: reverted and evicted ones stay, with who decided and when.
package struct LearningStore: Sendable {
    /// The author of what Dash found by itself.
    package static let automaticAuthor = "dash"
    private static let maximumLength = 16_000

    let client: PostgresClient
    let warehouseID: String
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

    /// What applies to the asker of all that people taught the planner, oldest first: of two about the same the later one holds.
    package func adjustments(asker: String, place: String? = nil) async throws -> [Adjustment] {
        try await client.query(
            """
            SELECT teaching FROM (
                SELECT id, teaching FROM ai.learnings AS l
                WHERE warehouse = \(warehouseID) AND l.\(unescaped: Self.isInUse) AND teaching IS NOT NULL
                    AND (scope = 'everyone' OR author = \(asker) OR (is_for_place AND place = \(place)))
                ORDER BY id DESC LIMIT \(Self.maximumTeachings)
            ) AS latest
            ORDER BY id
            """
        ).rows.compactMap { row in
            (StoredJSON.decode(try row.decode("teaching")) as Teaching?)?.adjustment
        }
    }

    private static let maximumTeachings = 500

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
    static let isInUse = "state IN ('active', 'proposed')"
    private static let columns = """
        l.id, l.title, l.body, l.original, l.error, l.corrected, l.question, l.teaching, l.scope, l.state, l.author, l.place,
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
            correction: correction, teaching: row["teaching"].flatMap { StoredJSON.decode($0) }, scope: scope,
            state: state, author: try row.decode("author"),
            place: row["place"], createdAt: Date(timeIntervalSince1970: try row.decode("time")))
    }

    /// Rows in use elsewhere are skipped: a count missed is better than a wait.
    func countUse(_ ids: [Int64]) async throws {
        guard !ids.isEmpty else { return }
        try await client.query(
            """
            UPDATE ai.learnings SET uses = uses + 1, last_used_at = clock_timestamp()
            WHERE id IN (SELECT id FROM ai.learnings WHERE id = ANY (\(ids)::bigint[]) FOR UPDATE SKIP LOCKED)
            """)
    }

    static func bounded(_ text: String) -> String {
        String(SourceText.trimmed(text.storable).prefix(maximumLength))
    }

    static func words(_ text: String) -> String {
        SearchWords.words(in: text).joined(separator: " ")
    }
}

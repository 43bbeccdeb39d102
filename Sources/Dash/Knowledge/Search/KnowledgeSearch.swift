import FoundationEssentials
import Postgres
import ServiceRuntime

/// One search: asks the database about the question's words, then ranks what they find.
///
/// Two rankings are fused by reciprocal rank: full text (each word by its rarity and by where it stands) and trigram
/// similarity of the whole question to names, synonyms and questions. Words that the knowledge does not hold are
/// looked up among those it does, for misspellings. An entry fits when a specific word of the question names it, or when
/// it holds enough of the question's specific words.
struct KnowledgeSearch {
    private static let maximumLength = 4_000
    private static let maximumWords = 24
    /// The share of the question's specific words, by weight, that makes an entry relevant without being named.
    private static let relevantShare = 0.3
    private static let candidates = 40
    private static let maximumCorrections = 4
    /// How many of the best by text are compared with the question as a whole.
    private static let compared = 30

    let connection: PostgresConnection
    let statistics: KnowledgeStatistics

    func hits(
        for text: String, kinds: Set<KnowledgeContent.Kind>, limit: Int
    ) async throws -> [(row: PostgresRow, score: Double)] {
        let words = Self.words(in: text)
        guard !words.isEmpty, !kinds.isEmpty, limit > 0 else { return [] }
        let terms = try await terms(of: words)
        guard !terms.isEmpty else { return [] }
        return try await ranked(terms, question: words.joined(separator: " "), kinds: kinds, limit: limit)
    }

    /// The distinct words that are about something; all of them where nothing else was said.
    static func words(in text: String) -> [String] {
        var words: [String] = []
        for word in SearchWords.words(in: text.prefix(maximumLength)) where !words.contains(word) { words.append(word) }
        let telling = words.filter { !CommonWords.asking.contains($0) }
        return Array((telling.isEmpty ? words : telling).prefix(maximumWords))
    }

    private func terms(of words: [String]) async throws -> SearchTerms {
        let rows = try await connection.query(
            """
            SELECT w.word, f.lexeme,
                EXISTS (SELECT FROM ai.knowledge_words v WHERE v.lexeme = f.lexeme) AS is_known,
                \(unescaped: counting("f.lexeme"))
            FROM unnest(\(words)::text[]) WITH ORDINALITY AS w (word, position)
            CROSS JOIN LATERAL (
                SELECT unnest(tsvector_to_array(to_tsvector('pg_catalog.english', w.word))) AS lexeme
                UNION
                SELECT w.word WHERE to_tsvector('pg_catalog.english', w.word) <> ''::tsvector
            ) AS f
            ORDER BY w.position, f.lexeme
            """
        ).rows
        var forms: [String: [SearchTerms.Form]] = [:]
        var order: [String] = []
        for row in rows {
            let word: String = try row.decode("word")
            if forms[word] == nil {
                order.append(word)
                forms[word] = []
            }
            guard try row.decode("is_known", as: Bool.self) else { continue }
            let form = try form(row, likeness: 1)
            if form.entries > 0 { forms[word]?.append(form) }
        }
        let unknown = order.filter {
            forms[$0]?.isEmpty != false && Misspelling.mayBe($0) && !CommonWords.general.contains($0)
        }
        if !unknown.isEmpty {
            for (word, form) in try await meant(by: unknown) { forms[word]?.append(form) }
        }
        let terms = order.map { word in
            SearchTerms.Term(word: word, forms: forms[word] ?? [], isGeneral: CommonWords.general.contains(word))
        }
        return SearchTerms(terms: terms, entries: statistics.entries, isExact: statistics.isExact)
    }

    /// Counting is exact while that is cheap; of many entries the server's own statistics tell enough.
    private func counting(_ lexeme: String) -> String {
        guard statistics.isExact else { return "NULL::bigint AS entries, NULL::bigint AS head_entries" }
        return """
            (SELECT count(*) FROM ai.knowledge_index WHERE search @@ quote_literal(\(lexeme))::tsquery) AS entries,
            (SELECT count(*) FROM ai.knowledge_index WHERE head @@ quote_literal(\(lexeme))::tsquery) AS head_entries
            """
    }

    private func form(_ row: PostgresRow, likeness: Double) throws -> SearchTerms.Form {
        let lexeme: String = try row.decode("lexeme")
        let entries = try row.decodeIfPresent("entries", as: Double.self)
        let headEntries = try row.decodeIfPresent("head_entries", as: Double.self)
        return SearchTerms.Form(
            lexeme: lexeme, likeness: likeness, entries: entries ?? statistics.entries(holding: lexeme),
            headEntries: headEntries ?? statistics.headEntries(holding: lexeme))
    }

    /// Words of the knowledge that the given ones may be misspellings of, at most three each.
    ///
    /// One edit leaves one half of a word as it is: the trigram index finds words by their halves far faster than by
    /// similarity to all of it, which then orders them. Swapped neighbours are looked up as they are.
    private func meant(by words: [String]) async throws -> [(word: String, form: SearchTerms.Form)] {
        let words = Array(words.prefix(Self.maximumCorrections))
        let swaps = words.flatMap { word in Misspelling.swaps(of: word).map { (word: word, swap: $0) } }
        let rows = try await connection.query(
            """
            SELECT found.*, \(unescaped: counting("found.lexeme"))
            FROM (
                SELECT w.word AS written, v.word, v.lexeme, v.similarity
                FROM unnest(\(words)::text[]) AS w (word)
                CROSS JOIN LATERAL (
                    SELECT word, lexeme, ai.similarity(word, w.word) AS similarity
                    FROM (
                        SELECT word, lexeme FROM ai.knowledge_words
                        WHERE word LIKE left(w.word, length(w.word) / 2) || '%'
                        UNION
                        SELECT word, lexeme FROM ai.knowledge_words
                        WHERE word LIKE '%' || right(w.word, length(w.word) / 2)
                    ) AS k
                    WHERE length(k.word) BETWEEN length(w.word) - 2 AND length(w.word) + 2
                    ORDER BY similarity DESC, word
                    LIMIT 12
                ) AS v
                UNION
                SELECT s.written, k.word, k.lexeme, ai.similarity(k.word, s.written)
                FROM unnest(\(swaps.map(\.word))::text[], \(swaps.map(\.swap))::text[]) AS s (written, word)
                JOIN ai.knowledge_words AS k USING (word)
            ) AS found
            ORDER BY similarity DESC, word
            """
        ).rows
        var found: [(word: String, form: SearchTerms.Form)] = []
        for row in rows {
            let written: String = try row.decode("written")
            let word: String = try row.decode("word")
            guard Misspelling.isLikely(written, meant: word) else { continue }
            let lexeme: String = try row.decode("lexeme")
            guard found.count(where: { $0.word == written }) < 3,
                !found.contains(where: { $0.word == written && $0.form.lexeme == lexeme })
            else { continue }
            // A word may have outlived the last entry that held it.
            let form = try form(row, likeness: 0.8)
            if form.entries > 0 { found.append((written, form)) }
        }
        return found
    }

    /// The best of what each query finds. Rare words and common ones have their own share, so that many entries with a
    /// common word do not crowd out the few with a rare one.
    ///
    /// Text queries are quoted into the statement: they are made of lexemes in quotes and of operators.
    private func candidates(for terms: SearchTerms, kinds: Set<KnowledgeContent.Kind>) -> String {
        func part(_ column: String, _ query: String, limit: Int) -> String? {
            guard !query.isEmpty else { return nil }
            return """
                (SELECT entry_id
                FROM (
                    SELECT entry_id, \(column) FROM ai.knowledge_index
                    WHERE \(column) @@ \(PostgresQuery.quoted(literal: query))::tsquery AND kind IN (\(kindNames))
                    LIMIT \(limit)
                ) AS \(column)
                ORDER BY ts_rank(\(column), \(any)::tsquery) DESC, entry_id
                LIMIT \(Self.candidates))
                """
        }
        let kindNames = kinds.map { PostgresQuery.quoted(literal: $0.rawValue) }.sorted().joined(separator: ", ")
        let any = PostgresQuery.quoted(literal: terms.anyQuery)
        let head = terms.headQueries
        let search = terms.searchQueries
        // What is estimated may be wrong: rare words get room to be less rare than that.
        let headLimit = statistics.isExact ? statistics.entries : SearchTerms.headBudget
        let searchLimit = statistics.isExact ? statistics.entries : SearchTerms.searchBudget
        let parts = [
            part("head", head.rare, limit: headLimit * 2), part("head", head.common, limit: headLimit),
            part("search", search.rare, limit: searchLimit * 2), part("search", search.common, limit: searchLimit),
        ]
        return parts.compactMap(\.self).joined(separator: "\nUNION\n")
    }

    private func ranked(
        _ terms: SearchTerms, question: String, kinds: Set<KnowledgeContent.Kind>, limit: Int
    ) async throws -> [(row: PostgresRow, score: Double)] {
        let rows = terms.rows
        let named = rows.map { $0.named ?? "" }
        let relevant = terms.specificWeight * Self.relevantShare
        let result = try await connection.query(
            """
            WITH term AS MATERIALIZED (
                SELECT number, query::tsquery, nullif(named, '')::tsquery AS named, weight, specific
                FROM unnest(
                    \(rows.map(\.term))::int[], \(rows.map(\.query))::text[], \(named)::text[],
                    \(rows.map(\.weight))::float8[], \(rows.map(\.specific))::float8[]
                ) AS t (number, query, named, weight, specific)
            ), candidate AS (
                \(unescaped: candidates(for: terms, kinds: kinds))
            ), fitting AS (
                SELECT entry_id, score
                FROM candidate
                JOIN ai.knowledge_index AS i USING (entry_id)
                CROSS JOIN LATERAL (
                    SELECT sum(score) AS score, sum(specific) AS specific, bool_or(is_named) AS is_named
                    FROM (
                        SELECT max(weight * ts_rank('{0.1, 0.3, 0.7, 1}', i.search, query)) AS score,
                            max(specific) AS specific, bool_or(coalesce(i.search @@ named, false)) AS is_named
                        FROM term
                        WHERE i.search @@ query
                        GROUP BY number
                    ) AS matched
                ) AS m
                WHERE is_named OR specific >= \(relevant)::float8
                ORDER BY score DESC, entry_id
                LIMIT \(max(limit, Self.compared))
            ), ranked AS (
                SELECT k.id,
                    row_number() OVER (ORDER BY score DESC, name) AS text_rank,
                    row_number() OVER (ORDER BY likeness DESC, score DESC, name) AS likeness_rank
                FROM fitting
                JOIN ai.knowledge AS k ON k.id = fitting.entry_id
                CROSS JOIN LATERAL (
                    SELECT coalesce(max(ai.similarity(label, \(question)::text)), 0) AS likeness
                    FROM unnest(k.labels) AS label
                ) AS l
            )
            SELECT k.kind, k.name, k.source, k.content, 1.0 / (60 + text_rank) + 1.0 / (60 + likeness_rank) AS score
            FROM ranked JOIN ai.knowledge AS k USING (id)
            ORDER BY score DESC, text_rank
            LIMIT \(limit)
            """)
        return try result.rows.map { ($0, try $0.decode("score", as: Double.self)) }
    }
}

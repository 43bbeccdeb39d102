import FoundationEssentials
import Postgres
import ServiceRuntime

/// Writes entries with what is searched of them, in statements of bounded size.
struct KnowledgeWriter: Sendable {
    /// Part of every content hash: raised when the same entry is indexed in another way, so that loading writes it anew.
    private static let indexVersion = 1
    private static let batchSize = 200

    private let batches: [[JSONValue]]

    init(_ entries: [KnowledgeEntry]) throws {
        var records: [JSONValue] = []
        records.reserveCapacity(entries.count)
        for entry in entries {
            var record = SearchDocument(of: entry.content).record
            record["kind"] = .string(entry.content.kind.rawValue)
            record["name"] = .string(entry.content.name)
            record["source"] = .string(entry.source)
            record["content"] = try JSONValue(encoding: entry.content)
            record["version"] = .integer(Int64(Self.indexVersion))
            records.append(JSONValue.object(record).storable)
        }
        batches = stride(from: 0, to: records.count, by: Self.batchSize).map { start in
            Array(records[start..<min(start + Self.batchSize, records.count)])
        }
    }

    /// Inserts, or replaces entries of the same kind and name whose text or source differs.
    func write(on connection: PostgresConnection) async throws -> KnowledgeLoadSummary {
        var summary = KnowledgeLoadSummary()
        for batch in batches {
            let rows = try await connection.query(
                """
                WITH incoming AS MATERIALIZED (
                    SELECT r.*, sha256(convert_to(r.name, 'UTF8')) AS name_hash,
                        sha256(convert_to(record::text, 'UTF8')) AS content_hash
                    FROM jsonb_array_elements(\(JSONValue.array(batch))::jsonb) AS record
                    CROSS JOIN LATERAL jsonb_to_record(record) AS r (
                        kind text, name text, source text, content jsonb, labels jsonb, words jsonb, name_words jsonb, names text,
                        identifiers text, questions text, descriptions text, body text, body_identifiers text,
                        statements text)
                ), saved AS (
                    INSERT INTO ai.knowledge AS k (kind, name, name_hash, source, content, content_hash, labels)
                    SELECT kind, name, name_hash, source, content, content_hash,
                        ARRAY(SELECT jsonb_array_elements_text(labels))
                    FROM incoming
                    ON CONFLICT (kind, name_hash) DO UPDATE SET source = EXCLUDED.source, content = EXCLUDED.content,
                        content_hash = EXCLUDED.content_hash, labels = EXCLUDED.labels, updated_at = now()
                    WHERE k.content_hash <> EXCLUDED.content_hash
                    RETURNING k.id, k.kind, k.name_hash, xmax = 0 AS is_new
                ), indexed AS (
                    INSERT INTO ai.knowledge_index AS i (entry_id, kind, head, search)
                    SELECT saved.id, saved.kind, head,
                        head || setweight(to_tsvector('pg_catalog.english', descriptions), 'B')
                            || setweight(to_tsvector('pg_catalog.english', body), 'C')
                            || setweight(to_tsvector('pg_catalog.simple', body_identifiers), 'C')
                            || setweight(to_tsvector('pg_catalog.english', statements), 'D')
                    FROM saved JOIN incoming USING (kind, name_hash)
                    CROSS JOIN LATERAL (
                        SELECT setweight(to_tsvector('pg_catalog.english', names), 'A')
                            || setweight(to_tsvector('pg_catalog.simple', identifiers), 'A')
                            || setweight(to_tsvector('pg_catalog.english', questions), 'B') AS head
                    ) AS h
                    ON CONFLICT (entry_id) DO UPDATE SET head = EXCLUDED.head, search = EXCLUDED.search
                ), worded AS (
                    INSERT INTO ai.knowledge_words (word, lexeme)
                    SELECT word, min(coalesce((tsvector_to_array(to_tsvector(config, word)))[1], word))
                    FROM (
                        SELECT jsonb_array_elements_text(words) AS word, 'pg_catalog.english'::regconfig AS config
                        FROM saved JOIN incoming USING (kind, name_hash)
                        UNION
                        SELECT jsonb_array_elements_text(name_words), 'pg_catalog.simple'::regconfig
                        FROM saved JOIN incoming USING (kind, name_hash)
                    ) AS w
                    GROUP BY word
                    ORDER BY word
                    ON CONFLICT (word) DO NOTHING
                )
                SELECT count(*) FILTER (WHERE is_new) AS added, count(*) FILTER (WHERE NOT is_new) AS changed FROM saved
                """
            ).rows
            guard let row = rows.first else { continue }
            let added: Int = try row.decode("added")
            let changed: Int = try row.decode("changed")
            summary.added += added
            summary.changed += changed
            summary.unchanged += batch.count - added - changed
        }
        return summary
    }
}

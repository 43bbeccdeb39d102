import Postgres
import ServiceRuntime

extension KnowledgeStore {
    /// Brings the stored knowledge to what the folder says, in one transaction; replicas loading together take turns.
    ///
    /// Entries of files that are gone are removed. A file with errors loses nothing: its old entries stay until it can
    /// be read again. Entries that agents saved stay, unless a file now has one of the same kind and name;
    /// `recreating` forgets everything first and starts from nothing but the folder.
    @discardableResult
    package func load(
        _ contents: KnowledgeFolder.Contents, recreating: Bool = false
    ) async throws -> KnowledgeLoadSummary {
        let entries = contents.withoutDuplicates().entries
        let writer = try await Self.writer(for: entries)
        let broken = Set(contents.problems.filter { $0.severity == .error }.map(\.file)).sorted()
        let summary = try await client.withTransaction { connection in
            try await connection.query("SELECT pg_advisory_xact_lock(hashtextextended('dash knowledge load', 0))")
            // Nothing but errors means that the folder itself is missing or wrong: no reason to forget.
            let removed =
                entries.isEmpty && !broken.isEmpty
                ? 0
                : try await removeOthers(than: entries, sparing: broken, recreating: recreating, on: connection)
            var summary = try await writer.write(on: connection)
            summary.removed = removed
            if summary.added + summary.changed + removed > 0 {
                // The planner and the search itself go by these statistics.
                try await connection.query("ANALYZE ai.knowledge_index")
                try await connection.query("ANALYZE ai.knowledge_words")
            }
            return summary
        }
        forgetStatistics()
        logger.info(
            "knowledge loaded",
            [
                "added": "\(summary.added)", "changed": "\(summary.changed)", "unchanged": "\(summary.unchanged)",
                "removed": "\(summary.removed)",
            ])
        return summary
    }

    @concurrent
    private static func writer(for entries: [KnowledgeEntry]) async throws -> KnowledgeWriter {
        try KnowledgeWriter(entries)
    }

    private func removeOthers(
        than entries: [KnowledgeEntry], sparing files: [String], recreating: Bool, on connection: PostgresConnection
    ) async throws -> Int {
        guard !recreating else {
            try await connection.query("DELETE FROM ai.knowledge_words")
            return try await connection.query("DELETE FROM ai.knowledge").affectedRows
        }
        let spared = files + [KnowledgeEntry.savedSource, KnowledgeEntry.engineerSource]
        // A section that cannot be read at all is reported under its folder's name.
        let folders = files.map { $0 + "/" }
        return try await connection.query(
            """
            DELETE FROM ai.knowledge AS k
            WHERE NOT EXISTS (
                SELECT FROM unnest(
                    \(entries.map(\.content.kind.rawValue))::text[], \(entries.map(\.content.name))::text[]
                ) AS e (kind, name)
                WHERE e.kind = k.kind AND sha256(convert_to(e.name, 'UTF8')) = k.name_hash
            )
            AND k.source <> ALL (\(spared)::text[])
            AND NOT EXISTS (SELECT FROM unnest(\(folders)::text[]) AS f (folder) WHERE starts_with(k.source, f.folder))
            """
        ).affectedRows
    }
}

import Postgres
import ServiceRuntime

extension KnowledgeStore {
    /// Brings the stored knowledge to what the folder says, in one transaction; replicas loading together take turns.
    ///
    /// Entries of files that are gone are removed. A file with errors loses nothing: its old entries stay until it can
    /// be read again. Entries that agents saved stay, unless a file now has one of the same kind and name; `recreating`
    /// forgets everything first and starts from the folder, and from the views that Dash has built, which are still there.
    @discardableResult
    package func load(
        _ contents: KnowledgeFolder.Contents, recreating: Bool = false
    ) async throws -> KnowledgeLoadSummary {
        let entries = contents.withoutDuplicates().entries
        let built = recreating ? try await built(besides: entries) : []
        let writer = try await Self.writer(for: entries + built)
        let broken = Set(contents.problems.filter { $0.severity == .error }.map(\.file)).sorted()
        let summary = try await client.withTransaction(limits: .long) { connection in
            try await connection.query("SELECT pg_advisory_xact_lock(hashtextextended('dash knowledge load', 0))")
            // Nothing but errors means that the folder itself is missing or wrong: no reason to forget.
            let removed =
                entries.isEmpty && !broken.isEmpty
                ? 0
                : try await removeOthers(than: entries, sparing: broken, recreating: recreating, on: connection)
            var summary = try await writer.write(on: connection)
            // What was put back as it was is neither gone nor new.
            let kept = min(built.count, removed, summary.added)
            (summary.removed, summary.added) = (removed - kept, summary.added - kept)
            summary.unchanged += kept
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

    /// What is known of the objects in schema `dash`, but for what a file describes.
    private func built(besides entries: [KnowledgeEntry]) async throws -> [KnowledgeEntry] {
        try await self.entries().filter { entry in
            guard !entry.isCurated,
                !entries.contains(where: {
                    $0.content.kind == entry.content.kind && $0.content.name == entry.content.name
                })
            else { return false }
            if case .query(let query) = entry.content { return query.readsBuilt }
            return entry.source == KnowledgeEntry.engineerSource
        }
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

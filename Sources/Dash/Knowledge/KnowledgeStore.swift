import FoundationEssentials
package import Postgres
package import ServiceRuntime

/// Knowledge in schema `ai`: saved by kind and name, searched by words and by similarity.
///
/// Only curated files and what agents save on purpose; what people say in conversations never gets in here.
package struct KnowledgeStore: Sendable {
    package struct Hit: Sendable, Equatable {
        package var entry: KnowledgeEntry
        /// Reciprocal-rank score; higher is better, comparable within one search only.
        package var score: Double

        package init(entry: KnowledgeEntry, score: Double) {
            self.entry = entry
            self.score = score
        }
    }

    let client: PostgresClient
    let logger: Logger
    private let statistics = Locked<(value: KnowledgeStatistics, readAt: ContinuousClock.Instant)?>(nil)
    private static let statisticsAge = Duration.seconds(60)

    package init(client: PostgresClient, logger: Logger) {
        self.client = client
        self.logger = logger.labelled("knowledge")
    }

    /// The best entries for a text in people's words, best first; none where nothing fits.
    ///
    /// Reads at most 4,000 characters of the text. The order of equals is stable.
    package func search(
        _ text: String, kinds: Set<KnowledgeContent.Kind> = Set(KnowledgeContent.Kind.allCases), limit: Int = 10
    ) async throws -> [Hit] {
        try await client.withConnection { connection in
            let statistics = try await currentStatistics(on: connection)
            guard statistics.entries > 0 else { return [] }
            let search = KnowledgeSearch(connection: connection, statistics: statistics)
            return try await search.hits(for: text, kinds: kinds, limit: limit).compactMap { row, score in
                entry(row).map { Hit(entry: $0, score: score) }
            }
        }
    }

    /// All entries of a kind, by name.
    package func entries(of kind: KnowledgeContent.Kind) async throws -> [KnowledgeEntry] {
        try await client.query(
            """
            SELECT kind, name, source, content FROM ai.knowledge WHERE kind = \(kind.rawValue)
            ORDER BY name COLLATE "C", id
            """
        ).rows.compactMap(entry)
    }

    /// Everything, by kind and name.
    package func entries() async throws -> [KnowledgeEntry] {
        try await client.query(
            "SELECT kind, name, source, content FROM ai.knowledge ORDER BY kind, name COLLATE \"C\", id"
        ).rows.compactMap(entry)
    }

    package func entry(kind: KnowledgeContent.Kind, name: String) async throws -> KnowledgeEntry? {
        try await client.query(
            """
            SELECT kind, name, source, content FROM ai.knowledge
            WHERE kind = \(kind.rawValue) AND name_hash = sha256(convert_to(\(name), 'UTF8'))
            """
        ).rows.first.flatMap(entry)
    }

    /// The tables of these names, with their schema or without, in any case; by name.
    package func tables(named names: [String]) async throws -> [TableKnowledge] {
        let wanted = names.map { $0.lowercased() }
        let bare = wanted.map { $0.split(separator: ".").last.map(String.init) ?? $0 }
        return try await client.query(
            """
            SELECT kind, name, source, content FROM ai.knowledge
            WHERE kind = 'table' AND (
                lower(name) = ANY (\(wanted)::text[])
                OR (strpos(name, '.') = 0 AND lower(name) = ANY (\(bare)::text[]))
                OR lower(name) LIKE ANY (\(bare.map { "%." + Self.escaped($0) })::text[])
                    AND NOT lower(name) = ANY (\(wanted)::text[]) AND split_part(lower(name), '.', 2) = ANY (\(wanted)::text[])
            )
            ORDER BY name COLLATE "C", id
            """
        ).rows.compactMap(entry).compactMap { entry in
            if case .table(let table) = entry.content { table } else { nil }
        }
    }

    /// How many entries there are of each kind.
    package func counts() async throws -> [KnowledgeContent.Kind: Int] {
        let rows = try await client.query("SELECT kind, count(*) AS entries FROM ai.knowledge GROUP BY kind").rows
        var counts: [KnowledgeContent.Kind: Int] = [:]
        for row in rows {
            guard let kind = KnowledgeContent.Kind(rawValue: try row.decode("kind")) else { continue }
            counts[kind] = try row.decode("entries", as: Int.self)
        }
        return counts
    }

    /// Inserts, or replaces the entry of the same kind and name. Returns whether anything changed.
    @discardableResult
    package func save(_ entry: KnowledgeEntry) async throws -> Bool {
        let writer = try KnowledgeWriter([entry])
        let written = try await client.withTransaction { try await writer.write(on: $0) }
        if written.added > 0 { forgetStatistics() }
        return written.unchanged == 0
    }

    package func remove(kind: KnowledgeContent.Kind, name: String) async throws {
        try await client.query(
            """
            DELETE FROM ai.knowledge
            WHERE kind = \(kind.rawValue) AND name_hash = sha256(convert_to(\(name), 'UTF8'))
            """)
    }

    /// Removes what agents recorded about an object that is gone; what a file says stays.
    package func forget(built name: String) async throws {
        for kind in [KnowledgeContent.Kind.document, .table, .query] {
            guard let entry = try await entry(kind: kind, name: name), !entry.isCurated else { continue }
            try await remove(kind: kind, name: name)
        }
    }

    func forgetStatistics() {
        statistics.withLock { $0 = nil }
    }

    private func currentStatistics(on connection: PostgresConnection) async throws -> KnowledgeStatistics {
        let now = ContinuousClock.now
        if let known = statistics.withLock({ $0 }), now - known.readAt < Self.statisticsAge { return known.value }
        let read = try await KnowledgeStatistics.read(on: connection)
        statistics.withLock { $0 = (read, now) }
        return read
    }

    /// Nil, with a warning, for a row that another version wrote in a form this one cannot read.
    private func entry(_ row: PostgresRow) -> KnowledgeEntry? {
        do {
            let content: String = try row.decode("content")
            return KnowledgeEntry(
                content: try JSONDecoder().decode(KnowledgeContent.self, from: Data(content.utf8)),
                source: try row.decode("source"))
        } catch {
            logger.warning("a knowledge entry cannot be read; load the folder again", ["kind": row["kind"] ?? ""])
            return nil
        }
    }

    private static func escaped(_ name: String) -> String {
        var result = ""
        for character in name {
            if character == "%" || character == "_" || character == "\\" { result.append("\\") }
            result.append(character)
        }
        return result
    }
}

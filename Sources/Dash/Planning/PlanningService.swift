package import FoundationEssentials
import Planner
package import Postgres
package import ServiceRuntime

/// Keeps what questions are planned with in memory, and in step with the knowledge, the catalog and the data.
///
/// Texts and newest days are read as the analyst, table by table and only where a table has changed, and kept in schema
/// `ai`: the next command, and other replicas, take them from there. They count as no question's statements. As a service
/// it looks after itself; without, as in a command, what is asked for is brought up to date first, in bounded time.
package final class PlanningService: Service {
    /// How old knowledge and catalog may be.
    private static let checkInterval = 2.0
    /// How old the look at the server's bookkeeping may be.
    private static let profileInterval = 30.0
    /// What a question waits for tables to be read; the daemon has more time.
    private static let questionLimit = Duration.seconds(2)
    private static let serviceLimit = Duration.seconds(120)

    private struct Known {
        var state: PlanningState
        /// As catalog and files have it, without what the rows say.
        var source: SemanticSource
        /// Validated queries with parameters.
        var queries: [ValidatedQuery]
        var version: String
        var catalog: SchemaCatalog
        var checkedAt: Date
    }

    private struct Shelf {
        var known: Known?
        var profiles: [String: TableProfile.Stored] = [:]
        var profiledAt: Date?
        var isServing = false
        /// Goes up with `invalidate`, so that what began before is not taken for fresh.
        var generation = 0
    }

    private let warehouse: Warehouse
    private let knowledge: KnowledgeStore
    private let store: TableProfileStore
    private let timeZone: String
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let shelf = Locked(Shelf())

    /// - Parameter client: the pool to Dash's own database.
    package init(
        warehouse: WarehouseAccess, knowledge: KnowledgeStore, client: PostgresClient, timeZone: String = "UTC",
        logger: Logger, now: @escaping @Sendable () -> Date = { Date.now }
    ) {
        self.warehouse = warehouse(for: .system("planning"))
        self.knowledge = knowledge
        store = TableProfileStore(client: client, warehouseID: warehouse.id)
        self.timeZone = timeZone
        self.logger = logger.labelled("planning")
        self.now = now
    }

    /// What to plan with now. Throws `SQLFailure` and `PostgresError` where a database is away and nothing is known yet.
    package func current() async throws -> PlanningState {
        let (known, isDue) = shelf.withLock { shelf in
            let isDue =
                !shelf.isServing
                && (shelf.profiledAt.map { now().timeIntervalSince($0) >= Self.profileInterval } ?? true)
            return (shelf.known, isDue)
        }
        guard let known, !isDue else { return try await refresh(within: Self.questionLimit) }
        let age = now().timeIntervalSince(known.checkedAt)
        guard age >= Self.checkInterval || age < 0 else { return known.state }
        do {
            return try await refresh(within: Self.questionLimit, readingChanges: false)
        } catch {
            if error is CancellationError { throw error }
            // What was true a moment ago is better than no answer; the statement itself will say that the server is away.
            logger.warning("knowledge and catalog could not be looked at again")
            return known.state
        }
    }

    /// Has knowledge and catalog looked at again by whoever asks next, because this process has changed them.
    package func invalidate() {
        shelf.withLock { shelf in
            shelf.generation += 1
            shelf.known?.checkedAt = .distantPast
        }
    }

    /// Reads what has changed of every table, however long it takes within the service's limit.
    @discardableResult
    package func refresh() async throws -> PlanningState { try await refresh(within: Self.serviceLimit) }

    /// Keeps everything fresh until shutdown.
    package func run() async throws {
        shelf.withLock { $0.isServing = true }
        defer { shelf.withLock { $0.isServing = false } }
        do {
            try await cancelWhenGracefulShutdown {
                while true {
                    await self.refreshQuietly()
                    try await Task.sleep(for: .seconds(Self.profileInterval))
                }
            }
        } catch is CancellationError {}
    }

    private func refreshQuietly() async {
        do {
            _ = try await refresh(within: Self.serviceLimit)
        } catch {
            guard !Task.isCancelled else { return }
            logger.warning("what questions are planned with could not be refreshed")
        }
    }

    // MARK: - Refreshing

    /// - Parameter readingChanges: also reads tables whose rows have changed; tables that were never read always are.
    private func refresh(within limit: Duration, readingChanges: Bool = true) async throws -> PlanningState {
        let (before, generation) = shelf.withLock { ($0.known, $0.generation) }
        let startedAt = now()
        async let currentVersion = knowledge.version()
        async let currentCatalog = warehouse.introspection.catalog(refresh: false)
        let (version, catalog) = try await (currentVersion, currentCatalog)
        let isSame = before.map { $0.version == version && $0.catalog == catalog } ?? false
        let source: SemanticSource
        let queries: [ValidatedQuery]
        if isSame, let before {
            (source, queries) = (before.source, before.queries)
        } else {
            let entries = try await knowledge.entries()
            source = await self.source(entries, catalog)
            queries = Self.openQueries(entries)
        }
        let isChanged =
            readingChanges || !isSame ? try await readProfiles(of: source, catalog, within: limit) : false
        if isSame, !isChanged, let before {
            note(before.state, source, queries, version, catalog, startedAt, generation)
            return before.state
        }
        let state = await PlanningState.made(of: source, queries, shelf.withLock(\.profiles))
        note(state, source, queries, version, catalog, startedAt, generation)
        return state
    }

    private func note(
        _ state: PlanningState, _ source: SemanticSource, _ queries: [ValidatedQuery], _ version: String,
        _ catalog: SchemaCatalog,
        _ startedAt: Date, _ generation: Int
    ) {
        shelf.withLock { shelf in
            let isCurrent = shelf.generation == generation
            shelf.known = Known(
                state: state, source: source, queries: queries, version: version, catalog: catalog,
                checkedAt: isCurrent ? startedAt : .distantPast)
        }
    }

    private static func openQueries(_ entries: [KnowledgeEntry]) -> [ValidatedQuery] {
        entries.compactMap { entry in
            if case .query(let query) = entry.content, entry.isCurated, !query.parameters.isEmpty { query } else { nil }
        }
    }

    @concurrent
    private func source(_ entries: [KnowledgeEntry], _ catalog: SchemaCatalog) async -> SemanticSource {
        SemanticSourceBuilder(entries: entries, catalog: catalog, timeZone: timeZone).source
    }

    /// Brings the profiles up to date, small tables first; returns whether any is another one. What there is no time for
    /// comes with the next call.
    private func readProfiles(
        of source: SemanticSource, _ catalog: SchemaCatalog, within limit: Duration
    ) async throws -> Bool {
        let start = ContinuousClock.now
        let facts = try await warehouse.introspection.facts()
        var isChanged = try await loadProfiles()
        let relations = RelationIndex(catalog)
        let keys = source.doubtfulKeys
        let requests = source.tables.compactMap { table in
            relations[table.id.description].map {
                ProfileRequest(table, $0, facts[table.id.description], keys: keys[table.id] ?? [])
            }
        }.filter { !$0.columns.isEmpty }
        let known = shelf.withLock(\.profiles)
        try await forget(Set(known.keys).subtracting(requests.map(\.relation.qualifiedName)))
        let stale = requests.filter { request in
            known[request.relation.qualifiedName]?.isStale(request.facts, wanting: request.columns, now: now()) ?? true
        }.sorted { left, right in
            (left.facts?.bytes ?? .max, left.relation.qualifiedName)
                < (right.facts?.bytes ?? .max, right.relation.qualifiedName)
        }
        let reader = TableProfileReader(analyst: warehouse.analyst, deadline: start + limit)
        for request in stale {
            guard start.duration(to: .now) < limit else {
                logger.info("tables are left to be read for the planner", ["tables": "\(stale.count)"])
                break
            }
            do {
                if try await read(request, with: reader) { isChanged = true }
            } catch {
                if error is CancellationError || Task.isCancelled { throw CancellationError() }
                // Plans can be made without; a question's own statement will say what keeps it from running.
                logger.warning("tables cannot be read for the planner now", ["tables": "\(stale.count)"])
                break
            }
        }
        shelf.withLock { $0.profiledAt = now() }
        return isChanged
    }

    /// Takes over what this or another process has stored since the last look.
    private func loadProfiles() async throws -> Bool {
        // A margin for clocks that differ.
        let last = shelf.withLock { $0.profiledAt?.addingTimeInterval(-60) }
        let stored = try await store.profiles(readAfter: last)
        return shelf.withLock { shelf in
            var isChanged = false
            for (name, profile) in stored where (shelf.profiles[name]?.readAt ?? .distantPast) < profile.readAt {
                if shelf.profiles[name]?.profile != profile.profile { isChanged = true }
                shelf.profiles[name] = profile
            }
            return isChanged
        }
    }

    /// Tables that are gone, may not be read any more or have nothing to be read.
    private func forget(_ names: Set<String>) async throws {
        guard !names.isEmpty else { return }
        try await store.forget(names.sorted())
        shelf.withLock { shelf in
            for name in names { shelf.profiles[name] = nil }
        }
    }

    private func read(_ request: ProfileRequest, with reader: TableProfileReader) async throws -> Bool {
        let name = request.relation.qualifiedName
        let start = ContinuousClock.now
        guard let profile = try await reader.profile(of: request) else { return false }
        let stored = TableProfile.Stored(
            profile: profile, changes: request.facts?.changes, milliseconds: start.duration(to: .now).inMilliseconds,
            readAt: now())
        do {
            try await store.save(stored, of: name)
        } catch is PostgresError {
            // It serves this process all the same.
            logger.warning("a table's texts could not be stored")
        }
        return shelf.withLock { shelf in
            defer { shelf.profiles[name] = stored }
            return shelf.profiles[name]?.profile != profile
        }
    }
}

package import Postgres
import ServiceRuntime

/// Introspection of a PostgreSQL warehouse.
///
/// What the catalogs say is read by the daemon's role, with fixed statements about what the analyst may read. Values
/// are only ever read by the analyst's runner: a view would otherwise run its functions with the daemon's rights.
package struct PostgresIntrospection: Introspection {
    private static let cacheLifetime = Duration.seconds(60)

    private struct Cached {
        var catalog: SchemaCatalog
        var readAt: ContinuousClock.Instant
    }

    let client: PostgresClient
    private(set) var analyst: any SQLRunner
    /// The company's and `dash`.
    let schemas: [String]
    private let reader: CatalogReader
    private let now: @Sendable () -> ContinuousClock.Instant
    private let cache = Locked<Cached?>(nil)

    /// `client` logs in as the daemon's role, `analyst` runs statements as `roles.analyst`.
    package init(
        client: PostgresClient, analyst: any SQLRunner, roles: RoleNames, dataSchemas: [String],
        allowedTables: AllowedTables = .everything,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.client = client
        self.analyst = analyst
        schemas = dataSchemas + ["dash"]
        reader = CatalogReader(analyst: roles.analyst, schemas: schemas, allowedTables: allowedTables)
        self.now = now
    }

    /// Forgets the cached catalog, because objects were made or dropped.
    package func invalidate() {
        cache.withLock { $0 = nil }
    }

    package func reading(through analyst: any SQLRunner) -> any Introspection {
        var copy = self
        copy.analyst = analyst
        return copy
    }

    package func catalog(refresh: Bool) async throws -> SchemaCatalog {
        let readAt = now()
        if !refresh, let cached = cache.withLock({ $0 }), readAt - cached.readAt < Self.cacheLifetime {
            return cached.catalog
        }
        let catalog: SchemaCatalog
        do {
            catalog = try await client.withTransaction(begin: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") {
                try await reader.read($0)
            }
        } catch let error as PostgresError {
            throw SQLFailure(error)
        }
        cache.withLock { $0 = Cached(catalog: catalog, readAt: readAt) }
        return catalog
    }

    package func latestValue(of column: String, in relation: String) async throws -> String? {
        let relation = try await catalog(refresh: false).required(relation)
        let column = PostgresQuery.quoted(identifier: try relation.required(column: column).name)
        let result = try await analyst.run("SELECT max(\(column)) FROM \(relation.sqlName)", keepingAs: "latest")
        return result.rows.first?.first ?? nil
    }
}

package import Postgres
package import SQLGuard
import ServiceRuntime

/// What the guard has to know about the running server: functions, types and tables, read anew every minute.
package final class GuardCatalog: Sendable {
    /// A function or a table that somebody adds to a company schema is noticed after this time at the latest.
    private static let lifetime = Duration.seconds(60)

    private struct Guards {
        var analyst: SQLGuard
        var engineer: SQLGuard

        subscript(role: SQLRole) -> SQLGuard {
            switch role {
            case .analyst: analyst
            case .engineer: engineer
            }
        }
    }

    private let client: PostgresClient
    private let dataSchemas: [String]
    private let allowedTables: Set<QualifiedName>?
    private let now: @Sendable () -> ContinuousClock.Instant
    private let cache = Locked<(guards: Guards, readAt: ContinuousClock.Instant)?>(nil)

    /// - Parameters:
    ///   - client: the pool of the daemon's role; agents do not read catalogs.
    ///   - allowedTables: the only company tables that agents may read; nil for all of the schemas.
    package init(
        client: PostgresClient, dataSchemas: [String], allowedTables: Set<QualifiedName>? = nil,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.client = client
        self.dataSchemas = dataSchemas
        self.allowedTables = allowedTables
        self.now = now
    }

    /// Throws `SQLFailure` of class `connection` where the server cannot be asked: without its catalog nothing may run.
    func sqlGuard(for role: SQLRole) async throws -> SQLGuard {
        let readAt = now()
        if let cached = cache.withLock({ $0 }), readAt - cached.readAt < Self.lifetime { return cached.guards[role] }
        let guards: Guards
        do {
            guards = try await read()
        } catch let error as PostgresError {
            throw SQLFailure(error)
        }
        cache.withLock { $0 = (guards, readAt) }
        return guards[role]
    }

    private func read() async throws -> Guards {
        let rows = try await client.query(PostgresQuery(unescaped: FunctionCatalog.query)).rows.map(Self.function)
        let types = try await client.query(PostgresQuery(unescaped: TypeCatalog.query)).rows.map(Self.type)
        let relations = try await names(
            """
            SELECT n.nspname::text AS schema, c.relname::text AS name
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ANY(\(dataSchemas)::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            """)
        let engineerPath = dataSchemas + [GuardPolicy.ownSchema]
        return Guards(
            analyst: SQLGuard(
                policy: .analyst(dataSchemas: dataSchemas, allowedTables: allowedTables),
                functions: FunctionCatalog(rows: rows, searchPath: dataSchemas),
                types: TypeCatalog(rows: types, searchPath: dataSchemas)),
            engineer: SQLGuard(
                policy: .engineer(
                    dataSchemas: dataSchemas, allowedTables: allowedTables,
                    companyRelations: Set(relations.map(\.name))),
                functions: FunctionCatalog(rows: rows, searchPath: engineerPath),
                types: TypeCatalog(rows: types, searchPath: engineerPath)))
    }

    private func names(_ query: PostgresQuery) async throws -> [QualifiedName] {
        try await client.query(query).rows.map { QualifiedName(try $0.decode("schema"), try $0.decode("name")) }
    }

    private static func function(_ row: PostgresRow) throws -> FunctionCatalog.Row {
        FunctionCatalog.Row(
            schema: try row.decode("schema"), name: try row.decode("name"), isVolatile: try row.decode("is_volatile"),
            isMachinery: try row.decode("is_machinery"), isAboutServer: try row.decode("is_about_server"),
            takesValue: try row.decode("takes_value"), takesRow: try row.decode("takes_row"),
            isExtension: try row.decode("is_extension"))
    }

    private static func type(_ row: PostgresRow) throws -> TypeCatalog.Row {
        TypeCatalog.Row(
            schema: try row.decode("schema"), name: try row.decode("name"), isEnum: try row.decode("is_enum"),
            base: row["base"])
    }
}

package import Postgres

/// Puts the sample company into schema `public`, or takes it away again.
///
/// Its tables are known by a mark at the end of their comments. A table without the mark belongs to somebody else and is
/// never touched: then nothing is loaded or removed at all. The login must be allowed to create tables in `public`; grants
/// to the roles that read are the set-up's business.
package struct SampleLoader: Sendable {
    static let mark = "(Dash sample company"
    private static let chunkSize = 64 * 1_024

    private let client: PostgresClient

    package init(client: PostgresClient) {
        self.client = client
    }

    /// Loads all tables in one transaction, in place of an earlier sample. Tables that exist are emptied rather than
    /// dropped, so that views on them live on.
    ///
    /// Returns the rows per table. Throws `SampleDataError` or `PostgresError`.
    @discardableResult
    package func load(_ company: SampleCompany) async throws -> [(table: String, rows: Int)] {
        let tables = await Self.generate(company)
        return try await mendingErrors {
            try await client.withTransaction(limits: .long) { connection in
                let existing = try await Self.markedTables(connection)
                if !existing.isEmpty {
                    try await connection.query(
                        PostgresQuery(unescaped: "TRUNCATE \(Self.list(existing))"))
                }
                for table in SampleSchema.tables where !existing.contains(table.name) {
                    try await connection.execute(script: table.definition)
                }
                var loaded: [(table: String, rows: Int)] = []
                for table in tables {
                    let columns = table.columns.map(PostgresQuery.quoted(identifier:)).joined(separator: ", ")
                    let rows = try await connection.copyIn(
                        "COPY public.\(PostgresQuery.quoted(identifier: table.name)) (\(columns)) FROM STDIN",
                        chunks: Self.chunks(of: table.copyText))
                    loaded.append((table.name, rows))
                }
                let origin = "\(Self.mark), seed \(company.seed), as of \(company.asOf))"
                for table in SampleSchema.tables {
                    let comment = PostgresQuery.quoted(literal: "\(table.comment) \(origin)")
                    try await connection.query(
                        PostgresQuery(unescaped: "COMMENT ON TABLE public.\(table.name) IS \(comment)"))
                    try await connection.query(PostgresQuery(unescaped: "ANALYZE public.\(table.name)"))
                }
                return loaded
            }
        }
    }

    /// Drops the sample's tables and nothing else. Returns their names; none when the sample is not loaded.
    ///
    /// Throws `SampleDataError` when views or other objects were built on them.
    @discardableResult
    package func remove() async throws -> [String] {
        try await mendingErrors {
            try await client.withTransaction(limits: .long) { connection in
                let existing = try await Self.markedTables(connection)
                let views = try await Self.views(connection)
                guard views.isEmpty else {
                    throw SampleDataError(
                        code: .builtOn(views),
                        message: """
                            views were built on the sample company: \
                            \(views.map(\.qualifiedName).joined(separator: ", ")); drop them first: \
                            \(views.map(\.dropStatement).joined(separator: "; "))
                            """)
                }
                if !existing.isEmpty {
                    try await connection.query(PostgresQuery(unescaped: "DROP TABLE \(Self.list(existing))"))
                }
                return existing
            }
        }
    }

    /// The views that were built on the sample's tables, those first that no other reads from.
    package func views() async throws -> [SampleView] {
        try await client.withConnection { try await Self.views($0) }
    }

    /// Whether all of the sample's tables are there.
    package func isLoaded() async throws -> Bool {
        try await client.withConnection { connection in
            try await Self.tables(connection).filter(\.isMarked).count == SampleSchema.tables.count
        }
    }

    /// Whether schema `public` holds tables or views of somebody else.
    package func findsOtherTables() async throws -> Bool {
        let result = try await client.query(
            """
            SELECT EXISTS (
                SELECT FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
                    AND position(\(Self.mark) IN coalesce(obj_description(c.oid, 'pg_class'), '')) = 0
                    AND NOT EXISTS (
                        SELECT FROM pg_catalog.pg_depend d
                        WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            ) AS found
            """)
        return try result.rows.first?.decode("found") ?? false
    }
}

extension SampleLoader {
    private struct Found {
        var name: String
        var isMarked: Bool
    }

    /// The sample's tables that exist, after shutting out a second loader; throws where a name is taken.
    private static func markedTables(_ connection: PostgresConnection) async throws -> [String] {
        try await connection.query("SELECT pg_advisory_xact_lock(hashtextextended('dash sample company', 0))")
        let found = try await tables(connection)
        let foreign = found.filter { !$0.isMarked }.map(\.name)
        guard foreign.isEmpty else {
            throw SampleDataError(
                code: .foreignTables(foreign),
                message: """
                    schema public already has \(foreign.joined(separator: ", ")), not made by the sample company; \
                    use another database, or rename or move what is there
                    """)
        }
        return found.map(\.name)
    }

    private static func tables(_ connection: PostgresConnection) async throws -> [Found] {
        let names = SampleSchema.tables.map(\.name)
        let result = try await connection.query(
            """
            SELECT c.relname AS name,
                   c.relkind = 'r' AND position(\(mark) IN coalesce(obj_description(c.oid, 'pg_class'), '')) > 0 AS marked
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relname = ANY (\(names)::text[])
            ORDER BY c.relname
            """)
        return try result.rows.map { Found(name: try $0.decode("name"), isMarked: try $0.decode("marked")) }
    }

    private static func views(_ connection: PostgresConnection) async throws -> [SampleView] {
        let tables = try await tables(connection).filter(\.isMarked).map(\.name)
        let result = try await connection.query(
            """
            WITH RECURSIVE dependent AS (
                SELECT c.oid, 0 AS depth
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relname = ANY (\(tables)::text[])
                UNION
                SELECT r.ev_class, d.depth + 1
                FROM dependent d
                JOIN pg_catalog.pg_depend p ON p.refclassid = 'pg_catalog.pg_class'::regclass AND p.refobjid = d.oid
                    AND p.classid = 'pg_catalog.pg_rewrite'::regclass
                JOIN pg_catalog.pg_rewrite r ON r.oid = p.objid AND r.ev_class <> d.oid
                WHERE d.depth < 100
            )
            SELECT n.nspname AS schema, c.relname AS name, c.relkind = 'm' AS is_materialized
            FROM dependent d JOIN pg_catalog.pg_class c ON c.oid = d.oid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('v', 'm')
            GROUP BY n.nspname, c.relname, c.relkind ORDER BY max(d.depth) DESC, n.nspname, c.relname
            """)
        return try result.rows.map {
            SampleView(
                schema: try $0.decode("schema"), name: try $0.decode("name"),
                isMaterialized: try $0.decode("is_materialized"))
        }
    }

    private static func list(_ names: [String]) -> String {
        names.map { "public." + PostgresQuery.quoted(identifier: $0) }.joined(separator: ", ")
    }

    private func mendingErrors<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as PostgresError {
            switch error.sqlState {
            case "2BP01":  // dependent_objects_still_exist
                let dependents = error.detail.map { ": \($0)" } ?? ""
                throw SampleDataError(
                    code: .inUse,
                    message: "other objects were built on the sample company; drop them first\(dependents)")
            case "0A000":  // feature_not_supported: TRUNCATE of a table that another one references
                throw SampleDataError(
                    code: .inUse,
                    message: "another table references the sample company; drop that reference first: \(error.message)")
            case "55P03":  // lock_not_available
                throw SampleDataError(
                    code: .inUse, message: "the sample company's tables were in use for 30 seconds; try again later")
            default: throw error
            }
        }
    }

    @concurrent private static func generate(_ company: SampleCompany) async -> [SampleTable] {
        company.tables()
    }

    private static func chunks(of bytes: [UInt8]) -> AsyncThrowingStream<[UInt8], any Error> {
        AsyncThrowingStream { continuation in
            var start = 0
            while start < bytes.count {
                let end = min(start + chunkSize, bytes.count)
                continuation.yield(Array(bytes[start..<end]))
                start = end
            }
            continuation.finish()
        }
    }
}

package import ServiceRuntime

/// Applies migrations once each, recorded in `ai.migrations`, under a lock that replicas starting together share.
package struct Migrator: Sendable {
    private let client: PostgresClient
    private let logger: Logger

    package init(client: PostgresClient, logger: Logger) {
        self.client = client
        self.logger = logger
    }

    /// Applies what is missing, in the given order. Schema `ai` must exist and belong to the client's role.
    ///
    /// Each migration is one transaction: a failing one leaves no trace and stops the rest. Throws `MigrationError` when
    /// the text of an applied migration has changed, or when one fails.
    package func apply(_ migrations: [Migration]) async throws {
        if let twice = Self.firstDuplicate(migrations) {
            throw MigrationError(migration: twice, reason: "its target and number are used twice")
        }
        try await createTable()
        for migration in try await pending(migrations) {
            do {
                try await apply(migration)
            } catch let error as PostgresError {
                throw MigrationError(migration: migration, reason: error.message, cause: error)
            }
        }
    }

    private static func firstDuplicate(_ migrations: [Migration]) -> Migration? {
        var seen: Set<String> = []
        return migrations.first { !seen.insert("\($0.target)/\($0.number)").inserted }
    }

    private func createTable() async throws {
        for attempt in 1... {
            do {
                try await client.query(
                    """
                    CREATE TABLE IF NOT EXISTS ai.migrations (
                        target text NOT NULL,
                        number integer NOT NULL,
                        name text NOT NULL,
                        checksum text NOT NULL,
                        applied_at timestamptz NOT NULL DEFAULT now(),
                        PRIMARY KEY (target, number)
                    )
                    """)
                return
            } catch let error as PostgresError where attempt < 10 && Self.isCreationRace(error) {
                // IF NOT EXISTS does not help two that create at the same moment.
            }
        }
    }

    private static func isCreationRace(_ error: PostgresError) -> Bool {
        ["23505", "42P07", "42710", "XX000"].contains(error.sqlState)
    }

    private func pending(_ migrations: [Migration]) async throws -> [Migration] {
        let rows = try await client.query("SELECT target, number, checksum FROM ai.migrations").rows
        var applied: [String: String] = [:]
        for row in rows {
            let key = try "\(row.decode("target", as: String.self))/\(row.decode("number", as: Int.self))"
            applied[key] = try row.decode("checksum", as: String.self)
        }
        return try migrations.filter { migration in
            guard let known = applied["\(migration.target)/\(migration.number)"] else { return true }
            try Self.check(migration, against: known)
            return false
        }
    }

    private static func checksum(_ migration: Migration) -> String { Hex.encode(SHA256.hash(migration.sql)) }

    private static func check(_ migration: Migration, against known: String) throws {
        guard checksum(migration) == known else {
            throw MigrationError(
                migration: migration,
                reason: "it has been applied with another text; restore that text and add the change as a new migration"
            )
        }
    }

    private func apply(_ migration: Migration) async throws {
        let isNew = try await client.withTransaction(limits: .long) { connection in
            // A table lock rather than an advisory one, which anybody who can log in could hold.
            try await connection.query("LOCK TABLE ai.migrations IN SHARE ROW EXCLUSIVE MODE")
            let known = try await connection.query(
                "SELECT checksum FROM ai.migrations WHERE target = \(migration.target) AND number = \(migration.number)"
            )
            if let row = known.rows.first {
                try Self.check(migration, against: row.decode("checksum"))
                return false
            }
            try await connection.execute(script: migration.sql)
            try await connection.query(
                """
                INSERT INTO ai.migrations (target, number, name, checksum)
                VALUES (\(migration.target), \(migration.number), \(migration.name), \(Self.checksum(migration)))
                """)
            return true
        }
        guard isNew else { return }
        logger.info(
            "applied a migration",
            ["target": migration.target, "number": "\(migration.number)", "name": migration.name])
    }
}

/// A migration that cannot be applied, by name.
package struct MigrationError: Error, Sendable, CustomStringConvertible {
    package var migration: Migration
    package var reason: String
    package var cause: PostgresError?

    package var description: String {
        "migration \(migration.target)/\(migration.number) (\(migration.name)): \(reason)"
    }
}

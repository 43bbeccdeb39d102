import Postgres
import ServiceRuntime
import TestSupport
import Testing

@Suite struct MigratorTests {
    private static let steps = [
        Migration(
            target: "One", number: 1, name: "table", sql: "CREATE TABLE t (n integer); INSERT INTO t VALUES (1);"),
        Migration(target: "One", number: 2, name: "row", sql: "INSERT INTO t VALUES (2)"),
        Migration(target: "Two", number: 1, name: "row of another target", sql: "INSERT INTO t VALUES (3)"),
    ]

    @Test("Ten starters apply each migration once")
    func concurrent() async throws {
        try await Self.withMigrator { migrator, client in
            try await withThrowingTaskGroup { group in
                for _ in 0..<10 { group.addTask { try await migrator.apply(Self.steps) } }
                try await group.waitForAll()
            }
            let rows = try await client.query("SELECT n FROM t ORDER BY n").rows
            #expect(rows.map(\.cells) == [["1"], ["2"], ["3"]])
            let applied = try await client.query("SELECT * FROM ai.migrations").rows
            #expect(applied.count == 3)
        }
    }

    @Test("What was applied before stays, what is new is added")
    func later() async throws {
        try await Self.withMigrator { migrator, client in
            try await migrator.apply(Array(Self.steps.prefix(1)))
            try await migrator.apply(Self.steps)
            try await migrator.apply(Self.steps)
            let rows = try await client.query("SELECT * FROM t").rows
            #expect(rows.count == 3)
        }
    }

    @Test("A changed text of an applied migration is an error that names it")
    func changed() async throws {
        try await Self.withMigrator { migrator, _ in
            try await migrator.apply(Self.steps)
            let changed = Self.steps.map { step in
                Migration(target: step.target, number: step.number, name: step.name, sql: step.sql + " -- another")
            }
            let error = await #expect(throws: MigrationError.self) { try await migrator.apply(changed) }
            #expect(error?.description.contains("One/1 (table)") == true)
        }
    }

    @Test("A failing migration leaves no trace, and those after it are not applied")
    func failing() async throws {
        try await Self.withMigrator { migrator, client in
            let failing = Migration(target: "One", number: 2, name: "row", sql: "INSERT INTO t VALUES (2); SELECT 1/0")
            let broken = [Self.steps[0], failing, Self.steps[2]]
            let error = await #expect(throws: MigrationError.self) { try await migrator.apply(broken) }
            #expect(error?.cause?.sqlState == "22012")
            let kept = try await client.query("SELECT * FROM t").rows
            #expect(kept.count == 1)
            try await migrator.apply(Self.steps)
            let rows = try await client.query("SELECT * FROM t").rows
            #expect(rows.count == 3)
        }
    }

    @Test("The same identity given twice is refused before anything is applied")
    func duplicate() async throws {
        try await Self.withMigrator { migrator, client in
            await #expect(throws: MigrationError.self) { try await migrator.apply(Self.steps + [Self.steps[0]]) }
            let table = try await client.query("SELECT to_regclass('t') AS t").rows
            #expect(table.first?.cells == [nil])
        }
    }

    private static func withMigrator(_ body: (Migrator, PostgresClient) async throws -> Void) async throws {
        try await PostgresServer.shared.withClient { client in
            try await PostgresServer.createAISchema(client)
            try await body(Migrator(client: client, logger: PostgresServer.logger), client)
        }
    }
}

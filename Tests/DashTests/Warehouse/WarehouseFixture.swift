import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

/// A set-up database with its pools.
struct WarehouseFixture: Sendable {
    let setup: SetupFixture
    let connection: WarehouseConnection

    var warehouse: Warehouse { connection.warehouse }

    static func with<Result>(
        schemas: [String] = ["public"], script: String = "",
        configure: (inout WarehouseConnection.Configuration) -> Void = { _ in },
        _ body: (WarehouseFixture) async throws -> Result
    ) async throws -> Result {
        try await SetupFixture.with { setup in
            try await setup.run(script.isEmpty ? "SELECT 1" : script)
            let plan = setup.plan(schemas: schemas)
            let outcome = try await setup.setUp(plan)
            #expect(outcome.fatalFindings == [])
            var configuration = WarehouseConnection.Configuration(
                host: setup.superuser.host, port: setup.superuser.port, database: setup.superuser.database,
                roles: setup.roles, passwords: plan.passwords)
            configuration.dataSchemas = schemas
            configuration.serverVersion = outcome.serverVersion
            configure(&configuration)
            let connection = WarehouseConnection(
                configuration, eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
            let result = try await body(WarehouseFixture(setup: setup, connection: connection))
            await connection.close()
            return result
        }
    }

    func ask(_ sql: String) async throws -> ResultTable {
        try await warehouse.analyst.run(sql, keepingAs: "result_1")
    }

    func build(_ sql: String) async throws -> ResultTable {
        try await warehouse.engineer.run(sql, keepingAs: "result_1")
    }

    /// The failure of a statement; nil where it ran.
    func failure(_ sql: String, of runner: any SQLRunner) async throws -> SQLFailure? {
        do {
            _ = try await runner.run(sql, keepingAs: "result_1")
            return nil
        } catch let failure as SQLFailure {
            return failure
        }
    }
}

import Agents
import Postgres
import SQLGuardTestSupport
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

/// What people want to know runs, whatever layers there are and however it is written.
@Suite(.timeLimit(.minutes(20))) struct BenignCorpusTests {
    private struct Statement {
        let id: String
        let isEngineers: Bool
        let sql: String
    }

    /// CONCURRENTLY makes temporary tables, which nobody may on Dash's own server.
    private static let keptBack: Set<String> = ["changing-19"]

    private static let all = CorpusFile.lines("benign.jsonl").compactMap { line -> Statement? in
        guard let id = line["id"]?.string, let sql = line["sql"]?.string else { return nil }
        return Statement(id: id, isEngineers: line["role"] == "engineer", sql: sql)
    }.filter { !keptBack.contains($0.id) }

    /// Runs statements one after another, in a fresh database where an earlier one has taken away what one needs.
    private func failures(
        _ statements: [Statement], _ layers: ProtectionLayers, _ site: CorpusServer.Site
    ) async throws -> [String] {
        var failures: [String] = []
        var connection = Self.connection(site, layers)
        for statement in statements {
            var failure = await Self.failure(of: statement, connection)
            if failure != nil, statement.isEngineers {
                await connection.close()
                try await CorpusServer.shared.renew()
                connection = Self.connection(site, layers)
                failure = await Self.failure(of: statement, connection)
            }
            if let failure { failures.append("\(statement.id): \(failure): \(statement.sql.prefix(200))") }
        }
        await connection.close()
        return failures
    }

    private static func connection(_ site: CorpusServer.Site, _ layers: ProtectionLayers) -> WarehouseConnection {
        var configuration = WarehouseConnection.Configuration(
            host: site.superuser.host, port: site.superuser.port, database: CorpusServer.World.company.rawValue,
            roles: site.setup.roles, passwords: site.plan.passwords)
        configuration.layers = layers
        configuration.administrator = site.superuser
        configuration.analystConnections = 1
        return WarehouseConnection(configuration, eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
    }

    private static func failure(of statement: Statement, _ connection: WarehouseConnection) async -> String? {
        let runner = statement.isEngineers ? connection.warehouse.engineer : connection.warehouse.analyst
        do {
            do {
                _ = try await runner.run(statement.sql, keepingAs: "r")
            } catch let asked as ConfirmationRequired {
                _ = try await Approval.given(for: asked.action) {
                    try await runner.run(statement.sql, keepingAs: "r")
                }
            }
            return nil
        } catch {
            let verdict = StatementVerdict(error)
            return "\(verdict.outcome.rawValue), \(verdict.reason ?? "")"
        }
    }

    @Test("Every usual statement runs, with all layers and with each of them taken away")
    func runs() async throws {
        #expect(Self.all.count > 150)
        try await CorpusServer.shared.exclusively { site in
            for layers in [ProtectionLayers.all, [.guard, .roles], [.guard, .transaction], [.roles, .transaction]] {
                let failed = try await failures(Self.all, layers, site)
                #expect(failed == [], "\(layers)")
            }
        }
    }

    @Test("Written differently it runs as well")
    func mutated() async throws {
        var generator = SplitMix64(seed: 4711)
        var statements: [Statement] = []
        for mutation in Mutation.allCases {
            for statement in Self.all.shuffled(using: &generator).prefix(20) where !statement.isEngineers {
                statements.append(
                    Statement(
                        id: "\(statement.id) as \(mutation)", isEngineers: false,
                        sql: mutation.apply(to: statement.sql, using: &generator)))
            }
        }
        let mutated = statements
        try await CorpusServer.shared.exclusively { site in
            let failed = try await failures(mutated, .all, site)
            #expect(failed == [])
        }
    }
}

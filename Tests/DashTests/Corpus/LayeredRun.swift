import Agents
import Postgres
import SQLGuard
import ServiceRuntime
import TestSupport

@testable import Dash

/// Sends the corpus the way agents' statements go, with some of the layers, and looks what they have done.
struct LayeredRun {
    enum Fate: Sendable {
        /// Refused, failed or ended.
        case stopped
        /// Without effect: nothing forbidden was changed, seen or taken.
        case harmless
        case harm(String)
    }

    let layers: ProtectionLayers
    private let site: CorpusServer.Site
    private let canaries: [String]
    private var observer: PostgresConnection
    private var base: ServerState
    private var here: Pools
    private let there: Pools

    /// The runners of one database; those in a hurry are for statements that would not end.
    private struct Pools {
        let patient: WarehouseConnection
        let hurried: WarehouseConnection

        init(_ site: CorpusServer.Site, _ layers: ProtectionLayers, _ world: CorpusServer.World) {
            func connection(_ limit: Duration) -> WarehouseConnection {
                var configuration = WarehouseConnection.Configuration(
                    host: site.superuser.host, port: site.superuser.port, database: world.rawValue,
                    roles: site.setup.roles, passwords: site.plan.passwords)
                configuration.layers = layers
                configuration.statementTimeout = limit
                configuration.administrator = site.superuser
                configuration.analystConnections = 1
                return WarehouseConnection(
                    configuration, eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
            }
            patient = connection(.seconds(30))
            hurried = connection(.milliseconds(150))
        }

        func runner(_ attack: Attack) -> any SQLRunner {
            let warehouse = (attack.harm == .lasts ? hurried : patient).warehouse
            return attack.role == .analyst ? warehouse.analyst : warehouse.engineer
        }

        func close() async {
            await patient.close()
            await hurried.close()
        }
    }

    init(_ layers: ProtectionLayers, _ site: CorpusServer.Site) async throws {
        self.layers = layers
        self.site = site
        here = Pools(site, layers, .company)
        there = Pools(site, layers, .elsewhere)
        observer = try await CorpusServer.shared.connect(.company)
        canaries = try await HarmProof.canaries(observer)
        base = try await ServerState.everything(observer, site)
    }

    mutating func fate(of attack: Attack) async throws -> Fate {
        let (verdict, rows) = try await send(attack.sql, attack, here, .company)
        // The guard has sent nothing; what the server refuses it has not done, which the end of the run confirms.
        guard verdict.outcome == .ran || verdict.outcome == .stopped else { return .stopped }
        var after = try await state(attack)
        var changed = Self.done(after.differences(from: base, for: attack.role), by: attack)
        for _ in 0..<100 where attack.isLate && changed.isEmpty && verdict.outcome == .ran {
            try await Task.sleep(for: .milliseconds(10))
            after = try await state(attack)
            changed = Self.done(after.differences(from: base, for: attack.role), by: attack)
        }
        var used: [[String?]] = []
        if changed.isEmpty, verdict.outcome == .ran, let use = attack.use {
            used = try await send(use, attack, here, .company).rows
            after = try await state(attack)
            changed = Self.done(after.differences(from: base, for: attack.role), by: attack)
        }
        if !after.agrees(with: base) { try await renew() }
        if !changed.isEmpty { return .harm(changed.joined(separator: ", ")) }
        // What would not end was ended, and what would be too long was cut.
        guard verdict.outcome == .ran, attack.harm != .lasts else { return .stopped }
        guard attack.harm == .reads else { return .harmless }
        let text = (rows + used).map { $0.map { $0 ?? "" }.joined(separator: "\t") }.joined(separator: "\n")
        if let canary = canaries.first(where: { text.contains($0) }) { return .harm(canary) }
        guard attack.use == nil, !attack.sql.hasPrefix("EXPLAIN") else { return .harmless }
        let again = try await send(attack.sql, attack, here, .company).rows
        let elsewhere = try await send(attack.sql, attack, there, .elsewhere)
        let isOther = elsewhere.verdict.outcome != .ran || elsewhere.rows != rows
        return again == rows && isOther ? .harm("another outcome elsewhere") : .harmless
    }

    /// The parts that are not what they were, after everything that was stopped; the pools are closed.
    func finish() async throws -> [String] {
        await here.close()
        await there.close()
        let left = try await ServerState.everything(observer, site).differences(from: base, for: .analyst)
        return Self.done(left, by: nil)
    }

    private func send(
        _ sql: String, _ attack: Attack, _ pools: Pools, _ world: CorpusServer.World
    ) async throws -> (verdict: StatementVerdict, rows: [[String?]]) {
        let text = try await CorpusServer.shared.placed(sql, world)
        do {
            return (.ran, try await pools.runner(attack).run(text, keepingAs: "r").rows)
        } catch {
            return (StatementVerdict(error), [])
        }
    }

    /// Without what the server does by itself when enough has been written.
    private static func done(_ parts: [String], by attack: Attack?) -> [String] {
        parts.filter { $0 != "WAL file" || attack?.kind == "side_effects" }
    }

    /// What the analyst only reads leaves the tables as they are, which the end of the run confirms.
    private func state(_ attack: Attack) async throws -> ServerState {
        attack.harm == .reads && attack.role == .analyst
            ? try await ServerState.server(observer, site) : try await ServerState.everything(observer, site)
    }

    private mutating func renew() async throws {
        await here.close()
        observer.retire()
        try await CorpusServer.shared.renew()
        here = Pools(site, layers, .company)
        observer = try await CorpusServer.shared.connect(.company)
        base = try await ServerState.everything(observer, site)
    }
}

import Agents
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct SQLGateTests {
    /// What the check finds, how often it was asked, and the time.
    private final class World: Sendable {
        let findings = Locked<Result<[SetupFinding], any Error>>(.success([]))
        let checks = Locked(0)
        let time = Locked(ContinuousClock.now)
        let lines = Locked<[String]>([])

        func gate() -> SQLGate {
            let logger = Logger(label: "test", minimumLevel: .info) { _, _, message, metadata in
                self.lines.withLock { $0.append("\(message) \(metadata)") }
            }
            return SQLGate(logger: logger, now: { self.time.withLock { $0 } }) {
                self.checks.withLock { $0 += 1 }
                return try self.findings.withLock { $0 }.get()
            }
        }

        func pass(_ duration: Duration) { time.withLock { $0 += duration } }
        func find(_ findings: SetupFinding...) { self.findings.withLock { $0 = .success(findings) } }
        func fail(_ error: any Error) { findings.withLock { $0 = .failure(error) } }
    }

    private static let wide = SetupFinding(.fatal, .writeAccess, "too wide", remedy: "REVOKE it")
    private static let narrow = SetupFinding(.warning, .temporaryTables, "a warning")

    @Test("Open while nothing fatal is found, and not asked anew for a minute")
    func open() async throws {
        let world = World()
        world.find(Self.narrow)
        let gate = world.gate()
        #expect(gate.state == .unknown)
        for _ in 0..<5 { try await gate.require() }
        world.pass(.seconds(59))
        try await gate.require()
        #expect(world.checks.withLock { $0 } == 1)
        #expect(gate.state == .on)
        world.pass(.seconds(2))
        try await gate.require()
        #expect(world.checks.withLock { $0 } == 2)
        #expect(world.lines.withLock { $0 } == [])
    }

    @Test("A grant that becomes too wide closes it, mending opens it; each is logged once, with the remedy")
    func closesAndOpens() async throws {
        let world = World()
        let gate = world.gate()
        try await gate.require()
        world.find(Self.wide, Self.narrow)
        world.pass(.seconds(61))
        for _ in 0..<3 {
            let error = await #expect(throws: SQLToolsOff.self) { try await gate.require() }
            #expect(error?.findings == [Self.wide])
        }
        #expect(world.checks.withLock { $0 } == 2)
        world.find(Self.narrow)
        world.pass(.seconds(6))
        try await gate.require()
        #expect(gate.state == .on)
        let lines = world.lines.withLock { $0 }
        #expect(lines.count == 2)
        #expect(lines.first?.contains("REVOKE it") == true)
    }

    @Test("What set-up found counts at once")
    func settled() async throws {
        let world = World()
        let gate = world.gate()
        gate.settle([Self.wide])
        await #expect(throws: SQLToolsOff.self) { try await gate.require() }
        gate.settle([])
        try await gate.require()
        #expect(world.checks.withLock { $0 } == 0)
    }

    @Test("A server that is away for a moment changes nothing; not being able to check for long closes it")
    func away() async throws {
        let world = World()
        let gate = world.gate()
        try await gate.require()
        world.fail(PostgresError(.connectionLost, message: "gone"))
        world.pass(.seconds(100))
        try await gate.require()
        world.pass(.seconds(300))
        await #expect(throws: PostgresError.self) { try await gate.require() }
    }

    @Test("A check that the server refuses closes it")
    func refused() async throws {
        let world = World()
        world.fail(PostgresError(.queryFailed, message: "permission denied", sqlState: "42501"))
        let gate = world.gate()
        let error = await #expect(throws: SQLToolsOff.self) { try await gate.require() }
        #expect(error?.findings.first?.subject == .check)
    }

    @Test("Before the first check nothing runs where the server is away")
    func unknown() async throws {
        let world = World()
        world.fail(PostgresError(.connectionFailed, message: "no"))
        await #expect(throws: PostgresError.self) { try await world.gate().require() }
    }

    @Test("Neither runner runs anything while a real grant is too wide, and both do once it is mended")
    func runners() async throws {
        try await SetupFixture.with { setup in
            let plan = setup.plan()
            _ = try await setup.setUp(plan)
            let time = Locked(ContinuousClock.now)
            let app = try await setup.connect(setup.login(setup.roles.app))
            let gate = SQLGate(logger: PostgresServer.logger, now: { time.withLock { $0 } }) {
                try await SetupCheck(plan: plan).findings(on: app)
            }
            let connection = WarehouseConnection(
                WarehouseConnection.Configuration(
                    host: setup.superuser.host, port: setup.superuser.port, database: setup.superuser.database,
                    roles: setup.roles, passwords: plan.passwords), gate: gate,
                eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
            let warehouse = connection.warehouse
            _ = try await warehouse.analyst.run("SELECT 1", keepingAs: "r")
            try await setup.run("GRANT UPDATE ON public.orders TO \(setup.roles.analyst)")
            time.withLock { $0 += .seconds(61) }
            for runner in [warehouse.analyst, warehouse.engineer] {
                await #expect(throws: SQLToolsOff.self) { _ = try await runner.run("SELECT 1", keepingAs: "r") }
            }
            guard case .off(let findings) = gate.state else {
                Issue.record("the gate is open")
                return
            }
            for finding in findings { try await setup.run(try #require(finding.remedy)) }
            time.withLock { $0 += .seconds(6) }
            for runner in [warehouse.analyst, warehouse.engineer] {
                _ = try await runner.run("SELECT 1", keepingAs: "r")
            }
            await connection.close()
        }
    }

    @Test("Whoever asks gets one kind sentence; a definition is still explained")
    func question() async throws {
        try await TeamFixture.with { fixture in
            let gate = SQLGate(logger: PostgresServer.logger) { [] }
            gate.settle([Self.wide])
            var warehouse = fixture.warehouse
            warehouse.analyst = GatedRunner(gate: gate, runner: warehouse.analyst)
            warehouse.engineer = GatedRunner(gate: gate, runner: warehouse.engineer)
            let runner = QuestionRunner(
                warehouse: WarehouseAccess(warehouse, log: AuditLog(client: fixture.client)),
                knowledge: fixture.knowledge, learnings: fixture.learnings,
                conversations: fixture.conversations,
                runs: RunStore(client: fixture.client, logger: PostgresServer.logger),
                confirmations: ConfirmationStore(client: fixture.client, logger: PostgresServer.logger),
                context: fixture.context, models: TeamModels(), logger: PostgresServer.logger)
            let cost = try await runner.run(fixture.question("What is our treatment cost?"), id: RunID())
            #expect(cost.kind == .failure)
            #expect(cost.headline == SQLToolsOff.sentence)
            #expect(cost.meaning == SQLToolsOff.advice)
            gate.settle([SetupFinding(.fatal, .audit, "the audit log ai.audit does not exist")])
            let unrecorded = try await runner.run(fixture.question("What is our treatment cost?"), id: RunID())
            #expect(unrecorded.headline == SQLToolsOff.unrecordedSentence)
            #expect(unrecorded.headline.contains("cannot be recorded"))
            let definition = try await runner.run(
                fixture.question("How do you define treatment cost?"), id: RunID())
            #expect(definition.kind == .message, "\(definition.headline)")
            #expect(definition.headline.contains("Cost of all stays"), "\(definition.headline)")
        }
    }
}

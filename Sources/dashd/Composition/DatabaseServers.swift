import Dash
import Postgres
import ServiceRuntime

/// The PostgreSQL servers in use: given by the settings, or Dash's own, started where it does not run.
struct DatabaseServers: Sendable {
    /// One server and how Dash gets in.
    struct Access: Sendable {
        var host: String
        var port: Int
        var database: String
        var kind: SetupPlan.Server
        var administrator: PostgresConfiguration?
        /// The administrator's password is what the roles' passwords derive from.
        var passwords: RolePasswords
    }

    /// Holds `ai`, and the warehouse as well where `warehouse` is nil.
    var state: Access
    var warehouse: Access?
    var embedded: EmbeddedServer?
    var roles: RoleNames
    private let dataSchemas: [String]
    private let allowedTables: AllowedTables
    private let eventLoop: EventLoop
    private let logger: Logger

    /// Starts or joins the embedded server where no other is given.
    init(_ settings: Settings, eventLoop: EventLoop, logger: Logger) async throws {
        let roles = RoleNames(prefix: settings.rolePrefix)
        self.roles = roles
        self.eventLoop = eventLoop
        self.logger = logger
        dataSchemas = settings.dataSchemas
        allowedTables = settings.allowedTables
        switch settings.database {
        case .embedded:
            let server = EmbeddedServer(
                folder: settings.home + "/postgres", binaries: settings.serverBinaries, eventLoop: eventLoop,
                logger: logger)
            embedded = server
            let administrator = try await server.start()
            state = Access(
                host: administrator.host, port: administrator.port, database: administrator.database, kind: .embedded,
                administrator: administrator,
                passwords: Self.passwords(settings, roles, administrator: administrator.password))
        case .server(let server):
            state = Self.access(to: server, settings, roles)
        }
        warehouse = settings.warehouse.map { Self.access(to: $0, settings, roles) }
    }

    /// Runs the body while the servers are up; leaves the embedded one afterwards.
    static func with<Result: Sendable>(
        _ settings: Settings, logger: Logger, _ body: (DatabaseServers) async throws -> Result
    ) async throws -> Result {
        let eventLoop = EventLoop()
        defer { eventLoop.stop() }
        let servers = try await DatabaseServers(settings, eventLoop: eventLoop, logger: logger)
        do {
            let result = try await body(servers)
            await servers.leave()
            return result
        } catch {
            await servers.leave()
            throw error
        }
    }

    /// Brings roles, schemas and grants up to date on every server; what it cannot do is in the findings.
    func setUp(takingOverPasswords: Bool = false) async throws -> SetupOutcome {
        var total = SetupOutcome()
        for (access, var plan) in plans {
            guard let administrator = access.administrator else { continue }
            plan.takesOverPasswords = takingOverPasswords
            let outcome = try await DatabaseSetup(
                administrator: administrator, plan: plan, eventLoop: eventLoop, logger: logger
            ).run()
            total.add(outcome)
            if plan.parts.contains(.warehouse) { total.serverVersion = outcome.serverVersion }
        }
        return total
    }

    /// What locking down would change on the given servers, and what somebody else would have to do there.
    func previewsOfLockdown() async throws -> [SetupOutcome] {
        var previews: [SetupOutcome] = []
        for setup in givenSetups { previews.append(try await setup.previewOfLockdown()) }
        return previews
    }

    /// Runs what was agreed to, of these previews.
    func lockDown(_ previews: [SetupOutcome]) async throws -> SetupOutcome {
        var total = SetupOutcome()
        for (setup, preview) in zip(givenSetups, previews) {
            total.add(try await setup.lockDown(by: preview.changes))
        }
        return total
    }

    private var givenSetups: [DatabaseSetup] {
        plans.compactMap { access, plan in
            guard access.kind == .given, let administrator = access.administrator else { return nil }
            return DatabaseSetup(administrator: administrator, plan: plan, eventLoop: eventLoop, logger: logger)
        }
    }

    /// Whether every server can be set up from here.
    var haveAdministrator: Bool { plans.allSatisfy { $0.0.administrator != nil } }

    /// Which halves of Dash live where.
    var plans: [(Access, SetupPlan)] {
        guard let warehouse else { return [(state, plan(for: state, .all))] }
        return [(state, plan(for: state, .state)), (warehouse, plan(for: warehouse, .warehouse))]
    }

    /// The passwords in use, given, generated or derived.
    var secrets: [Secret] {
        plans.flatMap { access, _ in
            [
                access.administrator?.password, access.passwords[roles.app], access.passwords[roles.analyst],
                access.passwords[roles.engineer],
            ].compactMap(\.self)
        }
    }

    /// Leaves the embedded server; finished even when the task is cancelled.
    func leave() async {
        guard let embedded else { return }
        do {
            try await Task { try await embedded.stop() }.value
        } catch {
            logger.error("the embedded PostgreSQL could not be left", ["error": "\(error)"])
        }
    }

    private func plan(for access: Access, _ parts: SetupPlan.Parts) -> SetupPlan {
        SetupPlan(
            roles: roles, passwords: access.passwords, dataSchemas: dataSchemas, allowedTables: allowedTables,
            server: access.kind,
            parts: parts)
    }

    private static func access(to server: Settings.Server, _ settings: Settings, _ roles: RoleNames) -> Access {
        let administrator = server.administrator.map { administrator in
            PostgresConfiguration(
                host: server.host, port: server.port, database: server.database, user: administrator.user,
                password: administrator.password)
        }
        return Access(
            host: server.host, port: server.port, database: server.database, kind: .given,
            administrator: administrator,
            passwords: passwords(settings, roles, administrator: administrator?.password))
    }

    private static func passwords(_ settings: Settings, _ roles: RoleNames, administrator: Secret?) -> RolePasswords {
        RolePasswords(
            roles: roles, administrator: administrator, app: settings.rolePasswords.app,
            analyst: settings.rolePasswords.analyst, engineer: settings.rolePasswords.engineer)
    }
}

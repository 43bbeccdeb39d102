import Dash
import Postgres
import ServiceRuntime

/// The database that the sample company goes into: Dash's own, or a given one that was named on purpose.
enum SampleTarget {
    static func with(
        _ settings: Settings, named name: String?, _ body: @Sendable (SampleLoader, Application) async throws -> Void
    ) async throws {
        try checkName(name, settings)
        let logger = settings.commandLogger
        try await Application.with(settings, logger: logger, settingUp: true) { application in
            let access = application.servers.warehouse ?? application.servers.state
            guard let administrator = access.administrator else {
                throw CommandFailure("the sample company is loaded by the administrator: set DB_USER and DB_PASS")
            }
            let eventLoop = EventLoop()
            defer { eventLoop.stop() }
            let client = PostgresClient(
                configuration: administrator, maximumConnections: 1, eventLoop: eventLoop, logger: logger)
            do {
                try await body(SampleLoader(client: client), application)
            } catch {
                await client.close()
                throw error
            }
            await client.close()
            // Tables made by an administrator without default privileges are granted now.
            _ = try await application.servers.setUp()
        }
    }

    private static func checkName(_ name: String?, _ settings: Settings) throws {
        var given = settings.warehouse
        if case .server(let server) = settings.database, given == nil { given = server }
        guard let given else { return }
        guard let name = name ?? settings.sampleDatabase else {
            throw CommandFailure(
                "DB_HOST is set: say which database you mean with --database \(given.database), if that is not your "
                    + "company's")
        }
        guard name == given.database else {
            throw CommandFailure("the configured database is \(given.database), not \(name)")
        }
    }
}

import CLibPQ
import ServiceRuntime

extension PostgresConnection {
    struct Opened {
        var connection: PostgresConnection
        /// True when the settings had to be set after connecting.
        var refusedStartupOptions: Bool
    }

    /// Connects with the settings as start-up options; where that fails after the server was reached, once more without
    /// and with `SET` afterwards, since poolers refuse options and servers refuse settings they do not know.
    static func connect(
        _ configuration: PostgresConfiguration, startupOptions: Bool, eventLoop: EventLoop, logger: Logger
    ) async throws -> Opened {
        if startupOptions {
            do {
                let session = try await Session.open(
                    configuration, startupOptions: true, eventLoop: eventLoop, logger: logger)
                return Opened(
                    connection: PostgresConnection(session, silence: configuration.limits.silence),
                    refusedStartupOptions: false)
            } catch let error as LoginRefused {
                guard !configuration.sessionSettings.isEmpty, !error.isFinal else { throw error.error }
            }
        }
        do {
            let session = try await Session.open(
                configuration, startupOptions: false, eventLoop: eventLoop, logger: logger)
            let connection = PostgresConnection(session, silence: configuration.limits.silence)
            try await connection.apply(configuration.sessionSettings, logger: logger)
            return Opened(connection: connection, refusedStartupOptions: true)
        } catch let error as LoginRefused {
            throw error.error
        }
    }

    /// A setting that the server does not know (42704) is skipped with a warning; any other refusal is thrown.
    private func apply(_ settings: [String: String], logger: Logger) async throws {
        for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
            do {
                try await query("SELECT pg_catalog.set_config(\(name), \(value), false)", limit: Self.shieldedLimit)
            } catch let error as PostgresError where error.sqlState == "42704" {
                logger.warning("the server does not know a session setting; it is not in force", ["setting": name])
            } catch let error as PostgresError {
                throw PostgresError(
                    .connectionFailed, message: "session setting \(name) was refused: \(error.message)",
                    sqlState: error.sqlState)
            }
        }
    }
}

/// The server was reached and did not let us in.
struct LoginRefused: Error {
    var error: PostgresError

    /// Whether it was refused for its user, password or database, which other start-up options do not change.
    var isFinal: Bool { error.sqlState.map { $0.hasPrefix("28") || $0 == "3D000" } ?? false }
}

import Dash
import Postgres
import ServiceRuntime
import Testing

@testable import dashd

/// There is no setting that makes the analyst's sessions writable.
@Suite struct ReadOnlyTests {
    /// Values that a person could hope to switch something off with.
    private static let values = ["off", "false", "0", "no", "none", "disabled", "on", "1", "dev", "public", "x"]

    @Test("Whatever Dash is told, the analyst's sessions begin read only", arguments: SettingName.allCases)
    func everySetting(name: SettingName) async throws {
        for value in Self.values {
            var environment = [
                "DB_HOST": "127.0.0.1", "DB_PORT": "1", "DB_USER": "a", "DB_PASS": "b", "DB_DATABASE": "c",
            ]
            environment[name.rawValue] = value
            guard let settings = try? Settings(reading: environment, isRoot: false),
                case .server = settings.database
            else { continue }
            try await expectReadOnly(settings)
        }
    }

    @Test("Nor does everything at once")
    func everythingAtOnce() async throws {
        try await expectReadOnly(
            try Settings(
                reading: [
                    "DB_HOST": "127.0.0.1", "DB_PORT": "1", "DB_USER": "a", "DB_PASS": "b", "DB_DATABASE": "c",
                    "RUNTIME_ENV": "dev", "DASH_AUTO_SETUP": "off", "DASH_FAST_PATH": "off", "DASH_MAX_RETRIES": "0",
                    "DASH_STATEMENT_TIMEOUT": "3600", "DASH_ALLOWED_TABLES": "a", "DASH_DATA_SCHEMAS": "a,b",
                ], isRoot: false))
    }

    private func expectReadOnly(_ settings: Settings) async throws {
        let eventLoop = EventLoop()
        defer { eventLoop.stop() }
        let logger = Logger(label: "test", minimumLevel: .error)
        let servers = try await DatabaseServers(settings, eventLoop: eventLoop, logger: logger)
        let application = Application(settings, servers: servers, eventLoop: eventLoop, logger: logger)
        let options = application.warehouse.analyst.configuration
        #expect(options.settings["default_transaction_read_only"] == "on")
        #expect(options.user == application.servers.roles.analyst)
        #expect(application.gate.state == .unknown)
        await application.close()
    }
}

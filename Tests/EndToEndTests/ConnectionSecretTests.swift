import FoundationEssentials
import Glibc
import HTTP
import Postgres
import ServiceRuntime
import TestSupport
import Testing

/// Passwords in addresses and settings, and everything that fails around them.
@Suite(.timeLimit(.minutes(20)))
struct ConnectionSecretTests {
    private static let secret = "kNarz7741Qx" + Hex.encode(RandomBytes.generate(6))

    private static let settings: [[String: String]] = [
        ["DB_PASS": secret], ["DB_HOST": "postgres://dash:\(secret)@127.0.0.1:1/x"],
        ["DB_HOST": "host=127.0.0.1 password=\(secret)"], ["DB_HOST": "127.0.0.1", "DB_PORT": "1", "DB_PASS": secret],
        ["DB_DATABASE": "postgres://dash:\(secret)@127.0.0.1:1/x"],
        ["DB_DATABASE": "dbname=x password=\(secret)"],
        [
            "WAREHOUSE_HOST": "127.0.0.1", "WAREHOUSE_PORT": "1", "WAREHOUSE_DATABASE": "x", "WAREHOUSE_USER": "u",
            "WAREHOUSE_PASS": secret,
        ],
        ["OPENAI_API_KEY": secret, "OPENAI_BASE_URL": "http://u:\(secret)@127.0.0.1:1/v1", "DASH_FAST_PATH": "off"],
        [
            "SLACK_TOKEN": secret, "SLACK_SIGNING_SECRET": secret,
            "SLACK_API_URL": "http://u:\(secret)@127.0.0.1:1/api/",
        ],
        ["DB_PORT": secret], ["PORT": secret], ["DASH_\(secret)": "1"], ["OPENAI_BASE_URL": "ftp://u:\(secret)@h"],
        ["DASH_LOG_LEVEL": secret], ["DASH_TIME_ZONE": secret], ["DASH_MODEL": secret], ["DASH_HOME": "/dev/null/x"],
    ]

    @Test("Whatever cannot be reached or read, no password is shown", arguments: settings)
    func failures(_ more: [String: String]) async throws {
        try await PostgresServer.shared.withDatabase { database in
            let dashd = try Dashd(database: database, adding: more)
            for words in [
                ["doctor"], ["ask", "What is our MRR?"], ["setup"], ["knowledge", "check"], ["psql", "SELECT 1"],
            ] {
                let outcome = try await Command(
                    Dashd.path, words, environment: dashd.environment, directory: dashd.home
                ).run(timeout: .seconds(60))
                let isNamed = more.keys.contains { $0.contains(Self.secret) }
                if !isNamed {
                    #expect(!outcome.outputText.contains(Self.secret), "\(words): \(outcome.outputText)")
                    #expect(!outcome.errorText.contains(Self.secret), "\(words): \(outcome.errorText)")
                }
            }
        }
    }

    @Test("The daemon that waits for its database says why on /health and in the log, and shows no password")
    func daemon() async throws {
        let port = 20_000 + (Int(getpid()) + 7_919) % 20_000
        for more in [
            ["DB_PASS": Self.secret],
            [
                "DB_APP_PASS": Self.secret, "DB_USER": "", "DB_PASS": "", "DB_ANALYST_PASS": "a1",
                "DB_ENGINEER_PASS": "e1",
            ],
            ["OPENAI_API_KEY": Self.secret, "OPENAI_BASE_URL": "http://u:\(Self.secret)@127.0.0.1:1/v1"],
        ] {
            let home = try TestFolders.make("home")
            let settings = [
                "PATH": "/usr/bin:/bin", "DASH_HOME": home, "DB_HOST": "127.0.0.1", "DB_PORT": "1", "DB_USER": "a",
                "DB_PASS": "b",
                "DB_DATABASE": "c", "PORT": String(port), "DASH_LOG_LEVEL": "trace",
            ].merging(more) { $1 }
            let command = Command(
                "/bin/sh", ["-c", "exec \(Dashd.path) serve >serve.log 2>&1"], environment: settings, directory: home)
            let http = HTTPClient(logger: PostgresServer.logger)
            let bodies = await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await http.run() }
                group.addTask { _ = try? await command.run(timeout: .seconds(150)) }
                defer { group.cancelAll() }
                var bodies = ""
                let deadline = ContinuousClock.now + .seconds(120)
                while !bodies.contains("waiting for PostgreSQL"), ContinuousClock.now < deadline {
                    for path in ["/health", "/", "/live", "/nothing"] {
                        let response = try? await http.send(
                            HTTPRequest(method: .get, target: "http://127.0.0.1:\(port)\(path)"), timeout: .seconds(3))
                        bodies += response.map { String(decoding: $0.body, as: UTF8.self) } ?? ""
                    }
                }
                return bodies
            }
            #expect(bodies.contains("waiting for PostgreSQL"))
            #expect(!bodies.contains(Self.secret), "\(bodies)")
            let log = try String(contentsOfFile: home + "/serve.log", encoding: .utf8)
            #expect(log.contains("PostgreSQL cannot be used yet"))
            #expect(!log.contains(Self.secret), "\(log)")
        }
    }
}

import FoundationEssentials
import Glibc
import HTTP
import ServiceRuntime
import TestSupport
import Testing

/// The daemon itself: pages, start and stop.
@Suite(.timeLimit(.minutes(20)))
struct DaemonTests {
    @Test("The page and /health say what runs and what is off")
    func status() async throws {
        try await World.with(loadingSample: false, adding: ["SLACK_TOKEN": "", "SLACK_SIGNING_SECRET": ""]) { world in
            try await world.dashd.serving { daemon in
                #expect(daemon.welcome.contains("Slack is off"))
                let page = try await world.http.send(HTTPRequest(method: .get, target: daemon.url("/")))
                #expect(page.status == 200)
                #expect(String(decoding: page.body, as: UTF8.self).contains("slack-connect.md"))
                let health = try await world.http.send(HTTPRequest(method: .get, target: daemon.url("/health")))
                #expect(health.status == 200)
                let events = try await world.http.send(HTTPRequest(method: .post, target: daemon.url("/slack/events")))
                #expect(events.status == 404)
            }
        }
    }

    @Test("With PostgreSQL away the daemon stays up and /health says so")
    func databaseAway() async throws {
        // The daemon says that it listens only when it is ready, so the port is chosen here.
        let port = 20_000 + Int(getpid()) % 20_000
        let home = try TestFolders.make("home")
        let command = Command(
            Dashd.path, ["serve"],
            environment: [
                "PATH": "/usr/bin:/bin", "DASH_HOME": home, "DB_HOST": "127.0.0.1", "DB_PORT": "1", "DB_USER": "a",
                "DB_PASS": "b", "DB_DATABASE": "c", "PORT": String(port),
            ], directory: home)
        let http = HTTPClient(logger: PostgresServer.logger)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await http.run() }
            group.addTask { _ = try? await command.run(timeout: .seconds(150)) }
            defer { group.cancelAll() }
            let deadline = ContinuousClock.now + .seconds(120)
            var response: HTTPResponse?
            // It answers at once, before it has found the database away.
            func names(_ response: HTTPResponse?) -> Bool {
                response.map { String(decoding: $0.body, as: UTF8.self).contains("PostgreSQL") } ?? false
            }
            while !names(response), ContinuousClock.now < deadline {
                response = try? await http.send(
                    HTTPRequest(method: .get, target: "http://127.0.0.1:\(port)/health"), timeout: .seconds(3))
            }
            #expect(response?.status == 503)
            #expect(names(response))
        }
    }

    @Test("A taken port is one sentence that says what to do, before anything else is started")
    func takenPort() async throws {
        try await World.with(loadingSample: false) { world in
            try await world.dashd.serving { daemon in
                var second = world.dashd
                second.environment["PORT"] = String(daemon.port)
                let outcome = try await second.run("serve")
                #expect(outcome.ending == .exited(1))
                #expect(outcome.outputText.isEmpty)
                #expect(
                    outcome.errorText
                        == "dashd: port \(daemon.port) is taken by another program; set PORT to a free one\n")
            }
        }
    }

    @Test("With its own PostgreSQL: started, stopped and started again, nothing is lost")
    func embedded() async throws {
        try await World.with(
            loadingSample: false,
            adding: [
                "DB_HOST": "", "DB_PORT": "", "DB_USER": "", "DB_PASS": "", "DB_DATABASE": "",
                "DASH_SAMPLE_DATABASE": "",
            ]
        ) { world in
            let load = try await world.dashd.run("sample", "load")
            #expect(load.isSuccess, "\(load.errorText)")
            for _ in 0..<2 {
                try await world.dashd.serving { _ in
                    let ask = try await world.dashd.run("ask", "What's our current MRR?")
                    #expect(ask.isSuccess, "\(ask.errorText)")
                    #expect(ask.outputText.contains("$"))
                }
            }
        }
    }
}

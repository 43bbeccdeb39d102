import BenchmarkSupport
import FoundationEssentials
import HTTP
import Postgres
import ServiceRuntime
import TestSupport
import Testing

/// Dash's state on one PostgreSQL, the company's data on another: two servers, each behind a network of its own.
@Suite(.timeLimit(.minutes(20)))
struct TwoServerTests {
    private struct Servers {
        let world: World
        let dashd: Dashd
        /// On the way to Dash's state, and to the company's data.
        let state: TCPProxy
        let warehouse: TCPProxy
    }

    /// A second server of its own, and proxies in front of both.
    private func withServers(_ body: @Sendable (Servers) async throws -> Void) async throws {
        try await World.with(loadingSample: false) { world in
            let server = EmbeddedServer(
                folder: try TestFolders.make("warehouse"), database: "company",
                binaries: ProcessInfo.processInfo.environment["PG_BIN"],
                settings: ["fsync": "off", "max_connections": "60"], eventLoop: PostgresServer.eventLoop,
                logger: PostgresServer.logger)
            let company = try await server.start()
            let state = try TCPProxy(to: world.database.port)
            let warehouse = try TCPProxy(to: company.port)
            var dashd = world.dashd
            dashd.environment.merge([
                "DB_HOST": "127.0.0.1", "DB_PORT": String(state.port), "WAREHOUSE_HOST": "127.0.0.1",
                "WAREHOUSE_PORT": String(warehouse.port), "WAREHOUSE_DATABASE": company.database,
                "WAREHOUSE_USER": company.user, "WAREHOUSE_PASS": company.password?.reveal() ?? "",
                "DASH_SAMPLE_DATABASE": company.database,
            ]) { _, new in new }
            defer {
                state.stop()
                warehouse.stop()
            }
            do {
                try await body(Servers(world: world, dashd: dashd, state: state, warehouse: warehouse))
                try await server.stop()
            } catch {
                try await server.stop()
                throw error
            }
        }
    }

    private func ask(_ servers: Servers, _ daemon: DaemonProcess, number: Int) async throws -> Int {
        try await SlackSender(daemon: daemon, http: servers.world.http).send(
            "What's our current MRR?", channel: "D1", channelType: "im", ts: "\(number).1", eventID: "Ev\(number)")
    }

    private func answer(_ servers: Servers, number: Int, containing text: String) async -> Bool {
        await servers.world.slack.wait { state in
            state.messages.contains { $0.thread == "\(number).1" && $0.isByBot && $0.text.contains(text) }
        }
    }

    @Test("Everything works across two servers; with one away Dash says which, does what it can, and goes on by itself")
    func away() async throws {
        try await withServers { servers in
            let http = servers.world.http
            for words in [["setup"], ["sample", "load"], ["knowledge", "load"]] {
                let outcome = try await Command(
                    Dashd.path, words, environment: servers.dashd.environment, directory: servers.dashd.home
                ).run(timeout: .seconds(120))
                #expect(outcome.isSuccess, "\(words): \(outcome.errorText)")
            }
            let asked = try await servers.dashd.run("ask", "What's our current MRR?")
            #expect(asked.outputText.contains("$"), "\(asked.outputText) \(asked.errorText)")
            let doctor = try await servers.dashd.run("doctor")
            #expect(doctor.isSuccess, "\(doctor.outputText)")
            let tables = "SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'dash')"
            #expect(try await servers.world.value(tables) == "0")

            try await servers.dashd.serving { daemon in
                #expect(try await ask(servers, daemon, number: 1) == 200)
                #expect(await answer(servers, number: 1, containing: "$"))
                _ = try await daemon.health(http) { status, body in status == 200 && body["status"]?.string == "ok" }
                #expect(
                    String(decoding: try await daemon.page("/metrics", http).body, as: UTF8.self)
                        .contains("\ndash_warehouse_up 1\n"))

                // The company's data is away: questions are answered with that.
                servers.warehouse.set(.refuse)
                servers.warehouse.cut()
                let (status, body) = try await daemon.health(http) { $1["status"]?.string == "degraded" }
                #expect(status == 200)
                #expect(body["cause"]?.string?.contains("company's data") == true)
                #expect(try await ask(servers, daemon, number: 2) == 200)
                #expect(await answer(servers, number: 2, containing: "company's database"))
                #expect(
                    String(decoding: try await daemon.page("/metrics", http).body, as: UTF8.self)
                        .contains("\ndash_warehouse_up 0\n"))
                let away = try await servers.dashd.run("doctor")
                #expect(away.ending == .exited(1))
                servers.warehouse.set(.pass)
                _ = try await daemon.health(http) { $1["status"]?.string == "ok" }
                #expect(try await ask(servers, daemon, number: 3) == 200)
                #expect(await answer(servers, number: 3, containing: "$"))

                // Dash's own state is away: nothing can be taken.
                servers.state.set(.refuse)
                servers.state.cut()
                let (refused, cause) = try await daemon.health(http) { status, _ in status == 503 }
                #expect(refused == 503)
                #expect(cause["status"]?.string == "unavailable")
                #expect(try await ask(servers, daemon, number: 4) == 503)
                #expect(try await daemon.page("/live", http).status == 200)
                servers.state.set(.pass)
                _ = try await daemon.health(http) { status, _ in status == 200 }
                #expect(try await ask(servers, daemon, number: 4) == 200)
                #expect(await answer(servers, number: 4, containing: "$"))
            }
        }
    }

    @Test("With both servers gone silent every page still answers, and the rest of the metrics is served")
    func blackHole() async throws {
        try await withServers { servers in
            let http = servers.world.http
            let daemon = try await DaemonProcess(servers.dashd)
            defer { daemon.kill() }
            _ = try await daemon.health(http) { status, _ in status == 200 }
            servers.state.set(.blackHole)
            servers.warehouse.set(.blackHole)
            let (_, body) = try await daemon.health(http) { status, _ in status == 503 }
            #expect(body["cause"]?.string?.contains("PostgreSQL") == true)
            for _ in 0..<3 {
                #expect(try await daemon.page("/live", http).status == 200)
                #expect(try await daemon.health(http).status == 503)
                #expect(try await daemon.page("/", http).status == 200)
                let page = try await daemon.page("/metrics", http)
                #expect(page.status == 200)
                let text = String(decoding: page.body, as: UTF8.self)
                #expect(text.contains("\ndash_postgres_up 0\n"))
                #expect(text.contains("\ndash_warehouse_up 0\n"))
                #expect(text.contains("\ndash_slack_requests_total{outcome=\"accepted\"} 0\n"))
                #expect(!text.contains("\ndash_jobs{"))
            }
            servers.state.set(.pass)
            servers.warehouse.set(.pass)
            _ = try await daemon.health(http) { status, _ in status == 200 }
        }
    }
}

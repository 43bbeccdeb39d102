import HTTP
import Postgres
import ServiceRuntime
import TestSupport
import Testing

/// Dash while a right of its sandbox roles is too wide, and set-up that takes rights from everybody.
@Suite(.timeLimit(.minutes(20)))
struct SQLAccessTests {
    private func health(_ world: World, _ daemon: DaemonProcess) async throws -> (status: Int, body: JSONValue) {
        let response = try await world.http.send(HTTPRequest(method: .get, target: daemon.url("/health")))
        return (response.status, try JSONValue(parsing: response.body))
    }

    @Test("A right that is too wide turns SQL off and nothing else, says why everywhere, and mending it is enough")
    func offAndOn() async throws {
        try await World.with { world in
            let prefix = try #require(world.dashd.environment["DASH_ROLE_PREFIX"])
            _ = try await world.value("GRANT UPDATE ON public.subscriptions TO \(prefix)_analyst")
            try await world.dashd.serving { daemon in
                let before = try await health(world, daemon)
                #expect(before.status == 200)
                #expect(before.body["sql"]?.string == "off")
                #expect(before.body["status"]?.string == "degraded")
                #expect(before.body["cause"]?.string?.contains("public.subscriptions") == true)
                let page = try await world.http.send(HTTPRequest(method: .get, target: daemon.url("/")))
                #expect(String(decoding: page.body, as: UTF8.self).contains("SQL is off"))

                let ask = try await world.dashd.run("ask", "What's our current MRR?")
                #expect(ask.ending == .exited(1))
                #expect(ask.outputText.contains("put in order"), "\(ask.outputText)")
                let definition = try await world.dashd.run("ask", "How is MRR defined?")
                #expect(definition.isSuccess, "\(definition.outputText) \(definition.errorText)")
                let doctor = try await world.dashd.run("doctor")
                #expect(doctor.ending == .exited(1))
                #expect(doctor.outputText.contains("REVOKE UPDATE ON TABLE public.subscriptions FROM"))
                #expect(doctor.outputText.contains("✓ rights: "))
                #expect(doctor.outputText.contains("✗ sql: "))
                let check = try await world.dashd.run("knowledge", "check")
                #expect(check.errorText.contains("SQL tools are off"), "\(check.errorText)")

                let sender = SlackSender(daemon: daemon, http: world.http)
                try await sender.send(
                    "What's our current MRR?", channel: "D1", channelType: "im", ts: "300.1", eventID: "Ev30")
                #expect(
                    await world.slack.wait { state in
                        state.messages.contains {
                            $0.thread == "300.1" && $0.isByBot && $0.text.contains("put in order")
                        }
                    })

                _ = try await world.value("REVOKE UPDATE ON public.subscriptions FROM \(prefix)_analyst")
                let deadline = ContinuousClock.now + .seconds(60)
                while try await health(world, daemon).body["sql"]?.string != "on", ContinuousClock.now < deadline {
                    // The daemon looks again by itself; there is nothing to wait on but what it says.
                    try await Task.sleep(for: .milliseconds(100))
                }
                #expect(try await health(world, daemon).body["status"]?.string == "ok")
                try await sender.send(
                    "What's our current MRR?", channel: "D1", channelType: "im", ts: "301.1", eventID: "Ev31")
                #expect(
                    await world.slack.wait { state in
                        state.messages.contains { $0.thread == "301.1" && $0.isByBot && $0.text.contains("$") }
                    })
            }
        }
    }

    /// Returns when the daemon says by itself that SQL is so; it looks every minute, and more often while it is off.
    private func until(_ sql: String, _ world: World, _ daemon: DaemonProcess) async throws -> JSONValue {
        let deadline = ContinuousClock.now + .seconds(180)
        while true {
            let body = try await health(world, daemon).body
            if body["sql"]?.string == sql { return body }
            guard ContinuousClock.now < deadline else { throw DaemonError(description: "SQL is not \(sql): \(body)") }
            // There is nothing to wait on but what the daemon says.
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    @Test("A role that becomes too powerful while Dash runs closes SQL without a question or restart; so does mending")
    func becomesTooPowerful() async throws {
        try await World.with { world in
            let analyst = try #require(world.dashd.environment["DASH_ROLE_PREFIX"]) + "_analyst"
            try await world.dashd.serving { daemon in
                let sender = SlackSender(daemon: daemon, http: world.http)
                func ask(_ thread: String, _ event: String, until words: String) async throws -> String? {
                    try await sender.send(
                        "What's our current MRR?", channel: "D1", channelType: "im", ts: thread, eventID: event)
                    await world.slack.wait { state in
                        state.messages.contains { $0.thread == thread && $0.isByBot && $0.text.contains(words) }
                    }
                    return world.slack.snapshot.messages.last { $0.thread == thread && $0.isByBot }?.text
                }
                #expect(try await health(world, daemon).body["sql"]?.string == "on")
                _ = try await ask("310.1", "Ev40", until: "$")

                _ = try await world.value("GRANT pg_read_all_data TO \(analyst)")
                let off = try await until("off", world, daemon)
                #expect(off["status"]?.string == "degraded")
                #expect(off["cause"]?.string?.contains("pg_read_all_data") == true, "\(off)")
                let refusal = try await ask("311.1", "Ev41", until: "put in order")
                #expect(refusal?.contains("$") == false, "\(refusal ?? "")")
                let doctor = try await world.dashd.run("doctor")
                #expect(doctor.ending == .exited(1))
                #expect(doctor.outputText.contains("REVOKE pg_read_all_data FROM \(analyst)"), "\(doctor.outputText)")
                #expect(daemon.logText.contains("SQL tools are off"))

                _ = try await world.value("REVOKE pg_read_all_data FROM \(analyst)")
                let on = try await until("on", world, daemon)
                #expect(on["status"]?.string == "ok")
                _ = try await ask("312.1", "Ev42", until: "$")
                #expect(daemon.logText.contains("SQL tools are on again"))
            }
        }
    }

    /// An administrator who owns the database and is no superuser.
    private func withOwner(_ body: @Sendable (World) async throws -> Void) async throws {
        try await World.with(loadingSample: false) { world in
            var world = world
            let owner = try #require(world.dashd.environment["DASH_ROLE_PREFIX"]) + "_dba"
            _ = try await world.value("CREATE ROLE \(owner) LOGIN CREATEROLE PASSWORD 'dba'")
            _ = try await world.value("ALTER DATABASE \(world.database.database) OWNER TO \(owner)")
            world.dashd.environment["DB_USER"] = owner
            world.dashd.environment["DB_PASS"] = "dba"
            try await body(world)
        }
    }

    private static let temporary = "SELECT has_database_privilege('public', current_database(), 'TEMPORARY')"

    @Test("Locking down is shown and needs a yes; where nobody can be asked it is refused")
    func lockdown() async throws {
        try await withOwner { world in
            let plain = try await world.dashd.run("setup")
            #expect(plain.isSuccess, "\(plain.errorText)")
            #expect(!plain.outputText.contains("changed: REVOKE"))

            let unattended = try await world.dashd.run("setup", "--lockdown")
            #expect(unattended.ending == .exited(1))
            #expect(unattended.errorText.contains("--yes"))
            #expect(unattended.outputText.contains("REVOKE ALL ON DATABASE"))
            #expect(try await world.value(Self.temporary) == "t")

            for (line, remains) in [("n\n", "t"), ("y\n", "f")] {
                let outcome = try await Command(
                    "/usr/bin/script", ["-qec", "\(Dashd.path) setup --lockdown", "/dev/null"],
                    environment: world.dashd.environment, directory: world.dashd.home, input: Array(line.utf8)
                ).run(timeout: .seconds(60))
                #expect(outcome.outputText.contains("[y/N]"), "\(outcome.outputText)")
                #expect(outcome.outputText.contains("Nothing was locked down.") == (remains == "t"))
                #expect(try await world.value(Self.temporary) == remains, "\(outcome.outputText.suffix(500))")
            }
            let again = try await world.dashd.run("setup", "--lockdown", "--yes")
            #expect(again.isSuccess, "\(again.errorText)")
            #expect(again.outputText.contains("nothing that this administrator could lock down"))
            #expect(again.outputText.contains("REVOKE EXECUTE ON FUNCTION"))
            let doctor = try await world.dashd.run("doctor")
            #expect(!doctor.outputText.contains("✗ rights"), "\(doctor.outputText)")
        }
    }

    @Test("A script agrees with --yes")
    func agreed() async throws {
        try await withOwner { world in
            let early = try await world.dashd.run("setup", "--lockdown", "--yes")
            #expect(early.ending == .exited(1))
            #expect(early.errorText.contains("run dashd setup first"), "\(early.errorText)")
            _ = try await world.dashd.run("setup")
            let outcome = try await world.dashd.run("setup", "--lockdown", "--yes")
            #expect(outcome.isSuccess, "\(outcome.errorText)")
            #expect(try await world.value(Self.temporary) == "f")
        }
    }
}

import Glibc
import HTTP
import LanguageModels
import ServiceRuntime
import TestSupport
import Testing

/// SIGTERM while a question is being answered, and many daemons at once.
@Suite(.timeLimit(.minutes(20)))
struct StopTests {
    /// A model service that answers when it is told to.
    private static func model(_ gate: EventLog<String>) throws -> ScriptedChatServer {
        try ScriptedChatServer { _ in
            gate.append("asked")
            while !gate.all.contains("answer") { usleep(10_000) }
            return .text("The answer is forty-two.")
        }
    }

    private static let settings = [
        "OPENAI_API_KEY": "sk-" + "stopping-0123456789abcdef", "DASH_MODEL": "openai:slow", "DASH_FAST_PATH": "off",
    ]

    private func ask(_ world: World, _ daemon: DaemonProcess, _ gate: EventLog<String>) async throws {
        let status = try await SlackSender(daemon: daemon, http: world.http).send(
            "Tell me something", channel: "D1", channelType: "im", ts: "300.1", eventID: "Ev1")
        #expect(status == 200)
        await gate.wait { $0.contains("asked") }
    }

    private func waitForLog(_ daemon: DaemonProcess, _ text: String) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while !daemon.logText.contains(text) {
            guard ContinuousClock.now < deadline else { throw DaemonError(description: "the log never says: \(text)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test("SIGTERM lets a running question be answered and delivered, then ends with 0")
    func finishes() async throws {
        let gate = EventLog<String>()
        let model = try Self.model(gate)
        try await World.with(
            loadingSample: false, adding: Self.settings.merging(["OPENAI_BASE_URL": model.baseURL]) { _, new in new }
        ) { world in
            let daemon = try await DaemonProcess(world.dashd)
            try await ask(world, daemon, gate)
            Glibc.kill(daemon.processID, SIGTERM)
            try await waitForLog(daemon, "signal received")
            try await waitForLog(daemon, "stopped listening")
            gate.append("answer")
            try await daemon.waitForExit(0)
            let answers = world.slack.snapshot.messages.filter { $0.thread == "300.1" && $0.isByBot }
            #expect(answers.count == 1)
            #expect(try await world.value("SELECT state FROM ai.jobs") == "done")
            #expect(try await world.value("SELECT count(*) FROM ai.slack_outbox WHERE state <> 'posted'") == "0")
        }
    }

    @Test("A question that outlasts the grace is put back, not counted and not lost; the next daemon answers it")
    func putsBack() async throws {
        let gate = EventLog<String>()
        let model = try Self.model(gate)
        try await World.with(
            loadingSample: false, adding: Self.settings.merging(["OPENAI_BASE_URL": model.baseURL]) { _, new in new }
        ) { world in
            let daemon = try await DaemonProcess(world.dashd)
            try await ask(world, daemon, gate)
            try await daemon.stop()
            #expect(try await world.value("SELECT state || attempt FROM ai.jobs") == "ready0")
            gate.append("answer")
            try await world.dashd.serving { _ in try await world.settle() }
            let answers = world.slack.snapshot.messages.filter { $0.thread == "300.1" && $0.isByBot }
            #expect(answers.count == 1)
        }
    }

    @Test(
        "A second signal ends at once; the job stays with its lease until that runs out", arguments: [SIGTERM, SIGINT])
    func secondSignal(signal: Int32) async throws {
        let gate = EventLog<String>()
        let model = try Self.model(gate)
        try await World.with(
            loadingSample: false, adding: Self.settings.merging(["OPENAI_BASE_URL": model.baseURL]) { _, new in new }
        ) { world in
            let daemon = try await DaemonProcess(world.dashd)
            try await ask(world, daemon, gate)
            Glibc.kill(daemon.processID, SIGTERM)
            try await waitForLog(daemon, "signal received")
            Glibc.kill(daemon.processID, signal)
            try await daemon.waitForExit(128 + signal)
            #expect(try await world.value("SELECT state || attempt FROM ai.jobs") == "running1")
            gate.append("answer")
        }
    }

    @Test("While it stops, /health says 503 and questions are still taken, for as long as the settings say")
    func stopDelay() async throws {
        try await World.with(loadingSample: false, adding: ["DASH_STOP_DELAY": "30"]) { world in
            let daemon = try await DaemonProcess(world.dashd)
            Glibc.kill(daemon.processID, SIGTERM)
            let (_, body) = try await daemon.health(world.http) { status, _ in status == 503 }
            #expect(body["status"]?.string == "stopping")
            #expect(body["cause"]?.string?.isEmpty == false)
            let status = try await SlackSender(daemon: daemon, http: world.http).send(
                "<@\(StubSlack.botUser)>", type: "app_mention", channel: "C1", ts: "1.1", eventID: "Ev1")
            #expect(status == 200)
            #expect(try await daemon.page("/live", world.http).status == 200)
            Glibc.kill(daemon.processID, SIGTERM)
            try await daemon.waitForExit(128 + SIGTERM)
        }
    }

    @Test("Ten daemons that start together on an empty database all become ready, with everything set up once")
    func tenAtOnce() async throws {
        try await World.with(loadingSample: false) { world in
            try await withThrowingTaskGroup(of: DaemonProcess.self) { group in
                for _ in 0..<10 {
                    let dashd = try Dashd(
                        database: world.database,
                        adding: [
                            "DASH_ROLE_PREFIX": world.dashd.environment["DASH_ROLE_PREFIX"] ?? "",
                            "SLACK_TOKEN": "xoxb-test", "SLACK_SIGNING_SECRET": SlackSender.secret,
                            "SLACK_API_URL": world.slack.baseURL,
                        ])
                    group.addTask { try await DaemonProcess(dashd) }
                }
                var daemons: [DaemonProcess] = []
                do {
                    for try await daemon in group { daemons.append(daemon) }
                    for daemon in daemons {
                        let (status, body) = try await daemon.health(world.http)
                        #expect(status == 200, "\(body)")
                        #expect(body["sql"]?.string == "on")
                    }
                    let sender = SlackSender(daemon: daemons[3], http: world.http)
                    try await sender.send(
                        "<@\(StubSlack.botUser)>", type: "app_mention", channel: "C1", ts: "1.1", eventID: "Ev1")
                    try await world.settle()
                    #expect(world.slack.snapshot.messages.filter { $0.isByBot }.count == 1)
                    for daemon in daemons { try await daemon.stop() }
                } catch {
                    daemons.forEach { $0.kill() }
                    throw error
                }
            }
        }
    }
}

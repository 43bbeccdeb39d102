import HTTP
import ServiceRuntime
import TestSupport
import Testing

/// Dropping what others use: asked in Slack, across the death of the daemon, and in commands.
@Suite(.timeLimit(.minutes(20)))
struct ConfirmationTests {
    private static let count = "SELECT count(*) FROM pg_views WHERE schemaname = 'dash'"
    private static let drop = "drop the view dash.monthly_mrr_by_plan"

    /// The message that asks, with its buttons by their id.
    private func asked(_ world: World, thread: String) async throws -> (StubSlack.Message, [String: JSONValue]) {
        await world.slack.wait { state in
            state.messages.contains { $0.thread == thread && $0.hasButtons }
        }
        let message = try #require(
            world.slack.snapshot.messages.first {
                $0.thread == thread && $0.hasButtons
            })
        let buttons = message.blocks.first { $0["type"] == "actions" }?["elements"]?.array ?? []
        return (message, Dictionary(buttons.map { ($0["action_id"]?.string ?? "", $0) }) { first, _ in first })
    }

    private func prepare(_ world: World) async throws {
        _ = try await world.dashd.run("knowledge", "load")
        let build = try await world.dashd.run("ask", "Create a view for monthly MRR by plan")
        #expect(build.isSuccess, "\(build.errorText)")
        _ = try await world.value("CREATE VIEW dash.above AS SELECT * FROM dash.monthly_mrr_by_plan")
        #expect(try await world.value(Self.count) == "2")
    }

    @Test("Asked before a SIGKILL, clicked after the restart: done once, told in the thread, the buttons gone")
    func acrossSIGKILL() async throws {
        try await World.with { world in
            try await prepare(world)
            let first = try await DaemonProcess(world.dashd)
            try await SlackSender(daemon: first, http: world.http).send(
                Self.drop, channel: "D1", channelType: "im", ts: "500.1", eventID: "Ev1")
            let (message, buttons) = try await asked(world, thread: "500.1")
            first.kill()
            #expect(try await world.value(Self.count) == "2")
            try await world.dashd.serving { daemon in
                let sender = SlackSender(daemon: daemon, http: world.http)
                let approve = try #require(buttons["dash_confirm_approve"])
                #expect(try await sender.click(approve, of: message, by: "U2") == 200)
                #expect(try await world.value(Self.count) == "2")
                async let one = sender.click(approve, of: message)
                async let two = sender.click(approve, of: message, path: "/slack/events")
                #expect(try await [one, two] == [200, 200])
                await world.slack.wait { state in
                    state.messages.contains { $0.thread == "500.1" && $0.text.contains("Dropped the view") }
                        && state.messages.contains { $0.text.contains("Approved by <@U1>") }
                }
            }
            #expect(try await world.value(Self.count) == "0")
            let messages = world.slack.snapshot.messages.filter { $0.thread == "500.1" }
            #expect(messages.count == 2)
            #expect(!messages.contains { $0.hasButtons })
        }
    }

    @Test("Without a terminal a drop that needs a person is refused and says how", arguments: [["--json"], []])
    func nobodyToAsk(options: [String]) async throws {
        try await World.with { world in
            try await prepare(world)
            let outcome = try await Command(
                Dashd.path, ["ask", Self.drop] + options, environment: world.dashd.environment,
                directory: world.dashd.home
            ).run(timeout: .seconds(120))
            #expect(outcome.ending == .exited(1))
            #expect(outcome.outputText.contains("dashd chat"))
            if options == ["--json"] {
                let answer = try JSONValue(parsing: outcome.output)
                #expect(answer["kind"] == "confirmation")
                #expect(answer["confirmation"]?["action"]?["sql"]?.string?.hasPrefix("DROP VIEW") == true)
            }
            #expect(try await world.value(Self.count) == "2")
            #expect(try await world.value("SELECT decision FROM ai.confirmations") == "declined")
        }
    }
}

extension StubSlack.Message {
    fileprivate var hasButtons: Bool { blocks.contains { $0["type"] == "actions" } }
}

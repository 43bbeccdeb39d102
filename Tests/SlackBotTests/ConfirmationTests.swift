import Agents
import Dash
import FoundationEssentials
import HTTP
import Postgres
import ServiceRuntime
import SlackAPI
import TestSupport
import Testing

@testable import SlackBot

@Suite(.timeLimit(.minutes(20))) struct ConfirmationTests {
    private static let action = ProposedAction(
        sentence: "Drop the view dash.x, which 1 other uses.", risk: "The data would be lost.", role: "engineer",
        sql: "DROP VIEW dash.x", effects: [.init(.drop, object: "dash.x", objectKind: "view")],
        dependants: [.init(name: "<!channel> y", kind: "view", isLost: true)])

    /// Slack with a thread in which `U1` was asked to confirm something; the body gets its id.
    private static func with(
        lifetime: Duration = .seconds(3600), slack: StubSlack? = nil,
        adjust: @Sendable (inout SlackConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (SlackBench, FakeAnswering, ConfirmationID) async throws -> Void
    ) async throws {
        let id = ConfirmationID()
        let expiresAt = Date(timeIntervalSinceNow: lifetime.inSeconds)
        let answering = FakeAnswering { question, run, _ in
            Answer(
                kind: .confirmation, runID: run, headline: "Please confirm",
                confirmation: Confirmation(
                    id: id, runID: run, conversation: question.conversation, asker: question.asker.id,
                    agent: "engineer", action: action, expiresAt: expiresAt), answeredAt: .now)
        }
        try await SlackBench.with(answering, slack: slack, adjust: adjust) { bench in
            try await addConfirmation(id, lifetime, bench.postgres)
            #expect(try await bench.deliver(SlackBench.mention("drop dash.x")) == 200)
            try await bench.untilAsked()
            try await body(bench, answering, id)
        }
    }

    private static func addConfirmation(
        _ id: ConfirmationID, _ lifetime: Duration, _ postgres: PostgresClient
    ) async throws {
        try await postgres.query("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA ai")
        try await Migrator(client: postgres, logger: PostgresServer.logger).apply(DashMigrations.all)
        try await postgres.query(
            """
            INSERT INTO ai.confirmations (id, run_id, conversation_id, asker, agent, action, action_hash, state, expires_at)
            VALUES (\(id.rawValue), \(UUID()), 'slack:T1:C1:1700000000.000100', 'slack:T1:U1', 'engineer',
                \(try JSONValue(encoding: action))::jsonb, decode(\(Hex.encode(action.hash)), 'hex'), '{}',
                clock_timestamp() + make_interval(secs => \(lifetime.inSeconds)))
            """)
    }

    private func click(
        _ id: ConfirmationID, _ action: String = "dash_confirm_approve", by user: String = "U1", team: String = "T1",
        channel: String = "C1", thread: String? = "1700000000.000100"
    ) -> JSONValue {
        var message: [String: JSONValue] = ["ts": "1900000000.000001"]
        message["thread_ts"] = thread.map(JSONValue.string)
        return [
            "type": "block_actions", "user": ["id": .string(user), "name": "<@U1> grace", "team_id": .string(team)],
            "team": ["id": .string(team)], "channel": ["id": .string(channel)], "message": .object(message),
            "trigger_id": "1.2.3", "api_app_id": "A1",
            "actions": [
                [
                    "type": "button", "action_id": .string(action), "value": .string(id.description),
                    "action_ts": "1700000001.000000",
                ]
            ],
        ]
    }

    @Test("The message says what would happen and has two buttons that carry nothing but an id")
    func message() async throws {
        try await Self.with { bench, _, id in
            let message = try #require(bench.slack.snapshot.messages.first)
            #expect(message.text.contains("Drop the view dash.x"))
            #expect(message.text.contains("DROP VIEW dash.x"))
            #expect(!message.text.contains("<!channel>"))
            let buttons = message.blocks.first { $0["type"] == "actions" }?["elements"]?.array ?? []
            #expect(buttons.map { $0["value"]?.string } == [id.description, id.description])
            #expect(buttons.map { $0["action_id"]?.string } == ["dash_confirm_approve", "dash_confirm_decline"])
        }
    }

    @Test(
        "The asker's click decides: the buttons go, the message names who decided, the run goes on in the thread",
        arguments: ["dash_confirm_approve", "dash_confirm_decline"], ["/slack/interactions", "/slack/events"])
    func decides(action: String, path: String) async throws {
        try await Self.with { bench, answering, id in
            #expect(try await bench.interact(click(id, action), path: path) == 200)
            try await bench.untilAnswered()
            let messages = bench.slack.snapshot.messages
            #expect(messages.count == 2)
            #expect(
                messages[0].text.contains(action == "dash_confirm_approve" ? "Approved by <@U1>" : "Declined by <@U1>"))
            #expect(!messages[0].hasButtons)
            #expect(messages[1].text == "Resumed.")
            #expect(messages[1].thread == "1700000000.000100")
            #expect(answering.resumed.all == [id])
        }
    }

    @Test("Several clicks at once, on two replicas, and later repetitions: one decides and the run goes on once")
    func manyClicks() async throws {
        try await Self.with { bench, answering, id in
            let other = try SlackApp(
                configuration: SlackBench.configuration(bench.slack), postgres: bench.postgres,
                eventLoop: PostgresServer.eventLoop, http: HTTPClient(logger: PostgresServer.logger),
                runner: answering,
                confirmations: ConfirmationStore(client: bench.postgres, logger: PostgresServer.logger),
                logger: PostgresServer.logger)
            var router = HTTPRouter()
            other.install(on: &router)
            let route = try #require(router.routes(for: SlackEventsRoute.interactionsPath)?[.post])
            let approve = SlackBench.interaction(click(id))
            let decline = SlackBench.interaction(click(id, "dash_confirm_decline"))
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await bench.send(approve, to: SlackEventsRoute.interactionsPath).status }
                    group.addTask { try await route.handler(decline).status }
                }
                for try await status in group { #expect(status == 200) }
            }
            #expect(try await bench.interact(click(id)) == 200)
            try await bench.untilAnswered()
            #expect(answering.resumed.all == [id])
            let count1 = try await bench.count("jobs", where: "kind = 'slack.confirmed'")
            #expect(count1 == 1)
            #expect(bench.slack.snapshot.messages.count == 2)
        }
    }

    @Test("Nobody else decides, nor the asker's id of another workspace, nor a click from another channel or thread")
    func wrongPerson() async throws {
        try await Self.with { bench, answering, id in
            for wrong in [
                click(id, by: "U2"), click(id, by: "U1", team: "T2"), click(id, channel: "C2"),
                click(id, thread: "1600000000.000001"), click(ConfirmationID()), click(id, "something_else"),
            ] {
                #expect(try await bench.interact(wrong) == 200)
            }
            let count2 = try await bench.count("confirmations", where: "decision IS NOT NULL")
            #expect(count2 == 0)
            #expect(answering.resumed.all.isEmpty)
            await bench.slack.wait { $0.calls("chat.postEphemeral").count >= 2 }
            let hints = bench.slack.snapshot.calls("chat.postEphemeral")
            let forU2 = hints.first { $0.arguments["user"] == "U2" }
            #expect(forU2?.arguments["text"]?.string?.contains("Only the person who asked") == true)
            #expect(bench.slack.snapshot.messages.count == 1)
        }
    }

    @Test("An approver of the settings may decide for others")
    func approver() async throws {
        let slack = try StubSlack()
        slack.setUser("U9", ["profile": ["display_name": "<@U1> grace"]])
        try await Self.with(slack: slack, adjust: { $0.approvers = ["U9"] }) { bench, answering, id in
            #expect(try await bench.interact(click(id, by: "U9")) == 200)
            try await bench.untilAnswered()
            // Named as text: nobody but the asker is mentioned.
            #expect(bench.slack.snapshot.messages[0].text.contains("Approved by &lt;@U1&gt; grace at"))
            #expect(!bench.slack.snapshot.messages[0].text.contains("<@"))
            #expect(answering.resumed.all == [id])
        }
    }

    @Test("A forged or unsigned click is refused and decides nothing")
    func forged() async throws {
        try await Self.with { bench, _, id in
            var unsigned = SlackBench.interaction(click(id))
            unsigned.headers[SlackSignature.signatureHeader] = "v0=" + String(repeating: "0", count: 64)
            let old = SlackBench.interaction(click(id), at: Date(timeIntervalSinceNow: -600))
            for request in [unsigned, old] {
                #expect(try await bench.send(request, to: SlackEventsRoute.interactionsPath).status == 401)
            }
            let count3 = try await bench.count("confirmations", where: "decision IS NOT NULL")
            #expect(count3 == 0)
        }
    }

    @Test("What nobody decides in time is closed without a click, and a late click does nothing")
    func expiry() async throws {
        try await Self.with { bench, answering, id in
            try await bench.postgres.query(
                "UPDATE ai.confirmations SET expires_at = clock_timestamp() - interval '1 s'")
            #expect(try await bench.interact(click(id)) == 200)
            let count4 = try await bench.count("confirmations", where: "decision IS NOT NULL")
            #expect(count4 == 0)
            await bench.slack.wait { !$0.calls("chat.postEphemeral").isEmpty }
            let hint = bench.slack.snapshot.calls("chat.postEphemeral").first?.arguments["text"]?.string
            #expect(hint?.contains("no longer active") == true)

            try await bench.postgres.query(
                "UPDATE ai.jobs SET run_at = clock_timestamp() WHERE kind = 'slack.confirmation_expiry'")
            await bench.slack.wait { $0.messages.first?.text.contains("Nobody decided in time") == true }
            #expect(bench.slack.snapshot.messages.first?.hasButtons == false)
            // The run ends with it, and the person is told below the message.
            await bench.slack.wait { $0.messages.contains { $0.text == "Resumed." } }
            let count5 = try await bench.count("confirmations", where: "decision = 'expired'")
            #expect(count5 == 1)
            #expect(try await bench.interact(click(id)) == 200)
            try await bench.untilQuiet()
            #expect(answering.resumed.all == [id])
            #expect(bench.slack.snapshot.messages.count == 2)
        }
    }

    /// Nothing is decided by the click; what the person is told about it, if anything.
    private func refused(_ click: JSONValue, _ bench: SlackBench, _ answering: FakeAnswering) async throws {
        #expect(try await bench.interact(click) == 200)
        #expect(try await bench.count("confirmations", where: "decision IS NOT NULL") == 0)
        #expect(answering.resumed.all.isEmpty)
        #expect(bench.slack.snapshot.messages.first?.hasButtons == true)
    }

    private func hint(_ bench: SlackBench) async -> String? {
        await bench.slack.wait { !$0.calls("chat.postEphemeral").isEmpty }
        return bench.slack.snapshot.calls("chat.postEphemeral").last?.arguments["text"]?.string
    }

    @Test(
        "Who may not ask by now does not decide, as an approver neither, and is told why",
        arguments: [
            (["is_restricted": true], "not guests"), (["is_ultra_restricted": true], "not guests"),
            (["team_id": "T2"], "own organisation"), (["is_stranger": true], "own organisation"),
            (["deleted": true], nil), (["is_bot": true], nil),
        ] as [([String: JSONValue], String?)])
    func mayNotAsk(_ members: [String: JSONValue], reason: String?) async throws {
        let slack = try StubSlack()
        slack.setUser("U9", members)
        try await Self.with(slack: slack, adjust: { $0.approvers = ["U9"] }) { bench, answering, id in
            try await refused(click(id, by: "U9"), bench, answering)
            if let reason {
                let hint = await hint(bench) ?? ""
                #expect(hint.contains(reason) && hint.contains("Nothing was done by your click"), "\(hint)")
            }
            // The asker still decides.
            #expect(try await bench.interact(click(id)) == 200)
            try await bench.untilAnswered()
            #expect(bench.slack.snapshot.calls("chat.postEphemeral").count == (reason == nil ? 0 : 1))
        }
    }

    @Test("Whoever asked as a member and is a guest when they click decides nothing; who they are is asked anew")
    func becameGuest() async throws {
        let slack = try StubSlack()
        try await Self.with(slack: slack, adjust: { $0.userLifetime = .zero }) { bench, answering, id in
            slack.setUser("U1", ["is_restricted": true])
            try await refused(click(id), bench, answering)
            #expect(await hint(bench)?.contains("not guests") == true)
        }
    }

    @Test("The lists of users and channels count for clicks; naming an approver lets them decide, not ask")
    func lists() async throws {
        try await Self.with(adjust: {
            $0.questions.access.users = ["U1"]
            $0.approvers = ["U9"]
        }) { bench, answering, id in
            try await bench.deliver(SlackBench.mention("MRR?", ts: "1700000005.000100", user: "U9"))
            await bench.slack.wait { state in
                state.messages.contains { $0.text.hasPrefix("Sorry, you are not among the people") }
            }
            #expect(answering.questions.all.count == 1)
            #expect(try await bench.interact(click(id, by: "U9")) == 200)
            try await bench.untilAnswered()
            #expect(answering.resumed.all == [id])
        }
    }

    @Test("In a channel that others read by now nobody decides")
    func sharedMeanwhile() async throws {
        let slack = try StubSlack()
        try await Self.with(slack: slack, adjust: { $0.channelLifetime = .zero }) { bench, answering, id in
            slack.setConversation("C1", ["is_ext_shared": true, "connected_team_ids": ["T2"]])
            try await refused(click(id), bench, answering)
            #expect(await hint(bench)?.contains("shared with another organisation") == true)
        }
    }

    @Test(
        "While Slack cannot say who clicks nothing is decided, and the click can be repeated",
        arguments: [StubSlack.Behaviour.status500, .refused("missing_scope"), .silent, .dropped])
    func unknownClicker(_ behaviour: StubSlack.Behaviour) async throws {
        let slack = try StubSlack()
        try await Self.with(slack: slack, adjust: { $0.approvers = ["U9"] }) { bench, answering, id in
            slack.setMode(behaviour, for: "users.info")
            try await refused(click(id, by: "U9"), bench, answering)
            #expect(await hint(bench)?.contains("could not check with Slack") == true)
            slack.setMode(.normal, for: "users.info")
            #expect(try await bench.interact(click(id, by: "U9")) == 200)
            try await bench.untilAnswered()
            #expect(answering.resumed.all == [id])
        }
    }

    @Test("When a click cannot be stored, Slack is told so, and it can be repeated")
    func outage() async throws {
        try await Self.with { bench, answering, id in
            try await bench.postgres.query("ALTER TABLE ai.slack_confirmations RENAME TO away")
            #expect(try await bench.interact(click(id)) == 503)
            try await bench.postgres.query("ALTER TABLE ai.away RENAME TO slack_confirmations")
            #expect(try await bench.interact(click(id)) == 200)
            try await bench.untilAnswered()
            #expect(answering.resumed.all == [id])
        }
    }
}

extension StubSlack.Message {
    var hasButtons: Bool { blocks.contains { $0["type"] == "actions" } }
}

extension SlackBench {
    /// A signed click, as Slack would send it.
    static func interaction(_ payload: JSONValue, at time: Date = .now) -> HTTPRequest {
        let body = SlackForm.encode([("payload", payload.encoded())])
        var request = request(body, at: time)
        request.target = SlackEventsRoute.interactionsPath
        request.headers["Content-Type"] = "application/x-www-form-urlencoded"
        return request
    }

    func send(_ request: HTTPRequest, to path: String) async throws -> HTTPResponse {
        let route = try #require(router.routes(for: path)?[.post])
        return try await route.handler(request)
    }

    func interact(_ payload: JSONValue, path: String = SlackEventsRoute.interactionsPath) async throws -> Int {
        try await send(Self.interaction(payload), to: path).status
    }

    /// Returns when the message with the buttons stands in the thread.
    func untilAsked() async throws {
        await slack.wait { state in state.messages.contains { $0.hasButtons } }
    }

    /// Returns when the run's answer stands there and the buttons are gone.
    func untilAnswered() async throws {
        await slack.wait { state in
            state.messages.contains { $0.text == "Resumed." }
                && !state.messages.contains { $0.hasButtons }
        }
    }
}

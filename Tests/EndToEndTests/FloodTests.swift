import Glibc
import HTTP
import LanguageModels
import ServiceRuntime
import TestSupport
import Testing

/// Questions without end, and one person who asks without end.
@Suite(.timeLimit(.minutes(20)))
struct FloodTests {
    @Test("A model that calls its tools for ever is stopped at a limit, and the person is told at which")
    func loop() async throws {
        let server = try ScriptedChatServer { request in
            let body = (try? JSONValue(parsing: request.body)) ?? .null
            let calls = body["messages"]?.array?.flatMap { $0["tool_calls"]?.array ?? [] }.count ?? 0
            let isLeader = "\(body["tools"] ?? .null)".contains("delegate")
            let call =
                isLeader
                ? ToolCall(
                    id: "c", name: "delegate", arguments: ["agent": "analyst", "task": .string("Round \(calls)")])
                : ToolCall(
                    id: "c", name: "run_sql",
                    arguments: ["sql": .string("SELECT id AS n\(calls) FROM support_tickets LIMIT 1")])
            return .calls(call)
        }
        try await World.with(loadingSample: false, adding: ObedientModel.settings(server)) { world in
            try await world.administer(Probe.tables)
            try await world.dashd.serving { daemon in
                try await SlackSender(daemon: daemon, http: world.http).send(
                    "Go on for ever", channel: "D1", channelType: "im", ts: "100.1", eventID: "Ev1")
                try await world.settle()
                let answer = world.slack.snapshot.messages.last(where: \.isByBot)?.text ?? ""
                #expect(answer.contains("limit of"), "\(answer)")
                #expect(server.requests.count <= 24)
            }
        }
    }

    @Test("While one person asks a hundred things at once, others are answered in their turn")
    func flood() async throws {
        let isOver = Locked(false)
        let server = try ScriptedChatServer { request in
            let body = (try? JSONValue(parsing: request.body)) ?? .null
            // The model takes its time over the flood, on a thread of its own, until the others have their answers.
            if "\(body)".contains("Number ") {
                while !isOver.withLock({ $0 }) { usleep(10_000) }
            }
            return ObedientModel.reply(to: body)
        }
        try await World.with(loadingSample: false, adding: ObedientModel.settings(server)) { world in
            try await world.administer(Probe.tables)
            try await world.dashd.serving { daemon in
                let sender = SlackSender(daemon: daemon, http: world.http)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<100 {
                        group.addTask {
                            let status = try await sender.send(
                                "<@\(StubSlack.botUser)> Number \(number)?", type: "app_mention",
                                channel: "C\(number / 5)", user: "U1", ts: "100.\(number + 1)", eventID: "A\(number)")
                            #expect(status == 200)
                        }
                    }
                    try await group.waitForAll()
                }
                for number in 0..<4 {
                    try await sender.send(
                        "Hello?", channel: "D\(number)", channelType: "im", user: "U2\(number)",
                        ts: "200.\(number + 1)",
                        eventID: "B\(number)")
                }
                await world.slack.wait { state in
                    let answered = state.messages.filter {
                        $0.isByBot && $0.channel.hasPrefix("D") && $0.text.contains("Here it is")
                    }
                    return answered.count == 4
                }
                let waiting = try await world.value("SELECT count(*) FROM ai.jobs WHERE state = 'ready'")
                #expect(waiting.flatMap { Int($0) } ?? 0 > 10, "the others had to wait for the flood: \(waiting ?? "")")
                isOver.withLock { $0 = true }
                try await world.settle()
                // The hour's limit of one person, and a sentence for each question beyond it.
                let answers = world.slack.snapshot.messages.filter { $0.isByBot && $0.channel.hasPrefix("C") }
                #expect(answers.filter { $0.text.contains("Here it is") }.count == 60)
                #expect(answers.filter { $0.text.contains("You've asked 60 questions") }.count == 40)
            }
        }
    }

    @Test("While one person's endless statements fill all that one may have, another's question is answered")
    func endless() async throws {
        let server = try ObedientModel.server()
        let settings = ["DASH_COST_LIMIT": "1000000000000000", "DASH_STATEMENT_TIMEOUT": "300"]
        try await World.with(
            loadingSample: false, adding: settings.merging(ObedientModel.settings(server)) { first, _ in first }
        ) { world in
            try await world.administer(Probe.tables)
            try await world.dashd.serving { daemon in
                let sender = SlackSender(daemon: daemon, http: world.http)
                for number in 0..<10 {
                    try await sender.send(
                        """
                        [[run_sql {"sql": "SELECT count(*) + \(number) FROM generate_series(1, 100000000000)"}]]
                        """, channel: "C\(number)", channelType: "im", user: "U1", ts: "100.\(number + 1)",
                        eventID: "A\(number)")
                }
                let role = try #require(world.dashd.environment["DASH_ROLE_PREFIX"]) + "_analyst"
                try await waitUntil {
                    try await world.value(
                        """
                        SELECT count(*) FROM pg_stat_activity
                        WHERE usename = '\(role)' AND state = 'active' AND query LIKE 'FETCH%'
                        """) == "3"
                }
                try await sender.send(
                    #"[[run_sql {"sql": "SELECT count(*) AS tickets FROM support_tickets"}]]"#, channel: "D1",
                    channelType: "im", user: "U2", ts: "200.1", eventID: "B1")
                #expect(
                    await world.slack.wait { state in
                        state.messages.contains { $0.isByBot && $0.channel == "D1" && $0.text.contains("200") }
                    })
                #expect(try await world.value("SELECT count(*) FROM ai.jobs WHERE state = 'running'") == "3")
                for statement in [
                    "UPDATE ai.jobs SET state = 'cancelled', finished_at = now() WHERE state = 'ready'",
                    "UPDATE ai.jobs SET cancel_requested_at = now() WHERE state = 'running'",
                    "SELECT count(pg_notify('dash_jobs_cancel', id::text)) FROM ai.jobs WHERE state = 'running'",
                ] { _ = try await world.value(statement) }
                try await world.settle()
            }
        }
    }
}

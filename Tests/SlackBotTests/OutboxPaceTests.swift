import Postgres
import ServiceRuntime
import SlackAPI
import SlackBot
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct OutboxPaceTests {
    private static func place(_ channel: SlackChannelID, _ number: Int) -> SlackDestination {
        SlackDestination(team: "T1", channel: channel, thread: SlackTimestamp(rawValue: "170000000\(number).000100"))
    }

    @Test("Two replicas that send at the same time keep a channel's pace between them")
    func shared() async throws {
        let slack = try StubSlack()
        let interval = Duration.milliseconds(40)
        try await OutboxBench.with(slack, senders: 2, options: { $0.postInterval = interval }) { outbox, postgres in
            for channel in ["C1", "C2"] as [SlackChannelID] {
                for number in 0..<8 {
                    try await OutboxBench.publish(
                        ["\(channel) \(number)"], key: "\(channel)\(number)", to: Self.place(channel, number), outbox,
                        postgres)
                }
            }
            try await OutboxBench.untilSent(postgres)
            // By the database's times: when the requests arrive depends on the machine.
            let gaps = try await postgres.query(
                """
                SELECT extract(epoch FROM intent_at - lag(intent_at) OVER (PARTITION BY channel ORDER BY intent_at)) AS gap
                FROM ai.slack_outbox
                """
            ).rows.compactMap { try $0.decodeIfPresent("gap", as: Double.self) }
            #expect(gaps.count == 14)
            #expect(gaps.allSatisfy { $0 >= interval.inSeconds })
            let owners = try await postgres.query("SELECT DISTINCT tries FROM ai.slack_outbox").rows
            #expect(owners.count == 1)
        }
        #expect(slack.snapshot.messages.count == 16)
    }

    @Test("All replicas leave a channel alone for as long as Slack asked one of them, and go on elsewhere")
    func limitedChannel() async throws {
        let slack = try StubSlack()
        slack.script("chat.postMessage", .rateLimited(seconds: 3600))
        try await OutboxBench.with(slack, senders: 2) { outbox, postgres in
            try await OutboxBench.publish(["a"], key: "a", to: Self.place("C1", 1), outbox, postgres)
            try await Self.untilLimited(1, postgres)
            try await OutboxBench.publish(["b"], key: "b", to: Self.place("C1", 2), outbox, postgres)
            try await OutboxBench.publish(["c"], key: "c", to: Self.place("C2", 3), outbox, postgres)
            // It comes later than the other one, which would have been taken first.
            await slack.wait { $0.messages.map(\.text) == ["c"] }
            #expect(slack.snapshot.calls("chat.postMessage").count == 2)
        }
        #expect(slack.snapshot.messages.map(\.text) == ["c"])
    }

    @Test("Limited in two channels at once, a workspace is left alone; edits and other workspaces are not")
    func limitedWorkspace() async throws {
        let slack = try StubSlack()
        try await OutboxBench.with(slack, senders: 2) { outbox, postgres in
            try await OutboxBench.placeholder(key: "a", to: Self.place("C3", 1), outbox, postgres)
            await slack.wait { $0.messages.count == 1 }
            slack.script("chat.postMessage", .rateLimited(seconds: 3600), .rateLimited(seconds: 3600))
            for (number, channel) in (["C1", "C2"] as [SlackChannelID]).enumerated() {
                try await OutboxBench.publish(
                    ["no"], key: "\(channel)", to: Self.place(channel, number), outbox, postgres)
            }
            try await Self.untilLimited(3, postgres)
            try await OutboxBench.publish(["no"], key: "b", to: Self.place("C4", 2), outbox, postgres)
            let elsewhere = SlackDestination(team: "T2", channel: "C9", thread: "1700000009.000100")
            try await OutboxBench.publish(["other"], key: "c", to: elsewhere, outbox, postgres)
            try await OutboxBench.publish(["answer"], key: "a", to: Self.place("C3", 1), outbox, postgres)
            await slack.wait { Set($0.messages.map(\.text)) == ["answer", "other"] }
        }
        #expect(slack.snapshot.calls("chat.postMessage").count == 4)
    }

    private static func untilLimited(_ count: Int, _ postgres: PostgresClient) async throws {
        while try await postgres.query("SELECT FROM ai.slack_pace WHERE limited_until > now()").rows.count < count {
            // Only so that the loop leaves the machine to those it waits for.
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

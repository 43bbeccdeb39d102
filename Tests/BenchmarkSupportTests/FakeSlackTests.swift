import HTTP
import ServiceRuntime
import Testing

@testable import BenchmarkSupport

@Suite struct FakeSlackTests {
    private typealias Call = @Sendable (String, JSONValue, Duration) async throws -> HTTPResponse

    private func with(_ faults: SlackFaults, _ body: @Sendable (FakeSlack, @escaping Call) async throws -> Void)
        async throws
    {
        let slack = try FakeSlack(faults: faults, seed: 1)
        let http = HTTPClient(logger: Logger(label: "test", minimumLevel: .error))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await http.run() }
            defer { group.cancelAll() }
            try await body(slack) { method, arguments, limit in
                try await http.send(
                    HTTPRequest(
                        method: .post, target: "http://127.0.0.1:\(slack.port)/api/\(method)",
                        headers: ["Content-Type": "application/json"], body: Array(arguments.encoded().utf8)),
                    timeout: limit)
            }
        }
        slack.stop()
    }

    private func post(seq: Int64) -> JSONValue {
        [
            "channel": "C1", "thread_ts": "100.000001", "text": "hello",
            "metadata": ["event_type": "dash_answer", "event_payload": ["answer_key": "key", "seq": .integer(seq)]],
        ]
    }

    @Test("A channel refuses posts that come too fast, which are not kept")
    func pace() async throws {
        try await with(.none) { slack, call in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for seq in 1...40 {
                    group.addTask { try await call("chat.postMessage", post(seq: Int64(seq)), .seconds(60)).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(statuses) == [200, 429])
            #expect(slack.snapshot.messages.count == statuses.count { $0 == 200 })
        }
    }

    @Test("What has reached it is carried out though the caller has gone, and is found by its mark")
    func late() async throws {
        var faults = SlackFaults.none
        (faults.slow, faults.slowness) = (1, 2...2)
        try await with(faults) { slack, call in
            await #expect(throws: HTTPError.self) {
                _ = try await call("chat.postMessage", post(seq: 1), .milliseconds(100))
            }
            slack.set(.none)
            while slack.snapshot.messages.isEmpty { await Task.yield() }
            let found = try await call(
                "conversations.replies", ["channel": "C1", "ts": "100.000001"], .seconds(20))
            let messages = try JSONValue(parsing: found.body)["messages"]?.array ?? []
            #expect(messages.map { $0["metadata"]?["event_payload"]?["answer_key"] } == ["key"])
        }
    }

    @Test("A lost answer is of a deed, a dropped call of none")
    func lost() async throws {
        for (isDone, faults) in [(true, lossy(answerLost: 1)), (false, lossy(dropped: 1))] {
            try await with(faults) { slack, call in
                await #expect(throws: HTTPError.self) {
                    _ = try await call("chat.postMessage", post(seq: 1), .seconds(20))
                }
                #expect(slack.snapshot.messages.count == (isDone ? 1 : 0))
            }
        }
    }

    private func lossy(answerLost: Double = 0, dropped: Double = 0) -> SlackFaults {
        var faults = SlackFaults.none
        (faults.answerLost, faults.dropped) = (answerLost, dropped)
        return faults
    }
}

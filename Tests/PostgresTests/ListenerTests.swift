import Postgres
import ServiceRuntime
import TestSupport
import Testing

@Suite struct ListenerTests {
    @Test("Notifications of the channels arrive in order, after the event that asks for a look")
    func notifications() async throws {
        try await PostgresServer.shared.withClient { client in
            var events = Self.listener(client, ["jobs", "Odd \"name\""]).makeAsyncIterator()
            let first = try await events.next()
            #expect(first == .connected)
            for number in 1...5 { try await client.query("SELECT pg_notify('jobs', \("\(number)"))") }
            try await client.query("SELECT pg_notify('other', 'x'), pg_notify('Odd \"name\"', 'y')")
            for number in 1...5 {
                let event = try await events.next()
                #expect(event == .notification(channel: "jobs", payload: "\(number)"))
            }
            let last = try await events.next()
            #expect(last == .notification(channel: "Odd \"name\"", payload: "y"))
        }
    }

    @Test("A killed listener heals, says so, and hears again")
    func killed() async throws {
        try await PostgresServer.shared.withClient { client in
            var events = Self.listener(client, ["jobs"]).makeAsyncIterator()
            let first = try await events.next()
            #expect(first == .connected)
            for round in 1...3 {
                let killed = try await client.query(
                    """
                    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                    WHERE application_name = 'listener' AND datname = current_database()
                    """)
                #expect(killed.rows.count == 1)
                let again = try await events.next()
                #expect(again == .connected)
                try await client.query("SELECT pg_notify('jobs', \("\(round)"))")
                let event = try await events.next()
                #expect(event == .notification(channel: "jobs", payload: "\(round)"))
            }
        }
    }

    @Test("Heart-beats and notifications share the session without losing either")
    func heartbeats() async throws {
        try await PostgresServer.shared.withClient { client in
            var events = Self.listener(client, ["jobs"], heartbeatInterval: .zero).makeAsyncIterator()
            let first = try await events.next()
            #expect(first == .connected)
            for round in 1...20 {
                try await client.query("SELECT pg_notify('jobs', \("\(round)"))")
                let event = try await events.next()
                #expect(event == .notification(channel: "jobs", payload: "\(round)"))
            }
        }
    }

    @Test("A connection that swallows everything is given up after the heart-beat's timeout")
    func blackHole() async throws {
        try await PostgresServer.shared.withClient { client in
            let proxy = try BlackHoleProxy(to: client.configuration.port)
            defer { proxy.stop() }
            var configuration = client.configuration
            configuration.port = proxy.port
            var events = PostgresListener(
                configuration: configuration, channels: ["jobs"], heartbeatInterval: .milliseconds(50),
                heartbeatTimeout: .seconds(2), eventLoop: PostgresServer.eventLoop, logger: Self.silent
            ).makeAsyncIterator()
            let first = try await events.next()
            #expect(first == .connected)
            proxy.swallowPresentConnections()
            let again = try await events.next()
            #expect(again == .connected)
            try await client.query("SELECT pg_notify('jobs', 'heard')")
            let event = try await events.next()
            #expect(event == .notification(channel: "jobs", payload: "heard"))
        }
    }

    @Test("Cancelling the task ends the wait")
    func cancel() async throws {
        try await PostgresServer.shared.withClient { client in
            let listener = Self.listener(client, ["jobs"])
            let connected = AsyncStream<Void>.makeStream()
            let task = Task {
                for try await _ in listener { connected.continuation.finish() }
            }
            for await _ in connected.stream {}
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    private static let silent = Logger(label: "test", handler: { _, _, _, _ in })

    private static func listener(
        _ client: PostgresClient, _ channels: [String], heartbeatInterval: Duration = .seconds(10)
    ) -> PostgresListener {
        var configuration = client.configuration
        configuration.applicationName = "listener"
        return PostgresListener(
            configuration: configuration, channels: channels, heartbeatInterval: heartbeatInterval,
            eventLoop: PostgresServer.eventLoop, logger: silent)
    }
}

import Jobs
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct LeasesTests {
    private static let long = Duration.seconds(3600)

    private static func expire(_ database: JobsDatabase) async throws {
        try await database.client.query("UPDATE ai.leases SET until = clock_timestamp() - interval '1 ms'")
    }

    @Test("One holder at a time; its term stays while it renews and counts up when another one takes over")
    func takeOver() async throws {
        try await JobsDatabase.with { database in
            let (one, other) = (Leases(client: database.client), Leases(client: database.client))
            let first = try #require(try await one.take("a", for: Self.long))
            #expect(first.term == 1)
            #expect(try await other.take("a", for: Self.long) == nil)
            #expect(try await other.take("b", for: Self.long) != nil)
            #expect(try await one.renew(first, for: Self.long))
            #expect(try await one.take("a", for: Self.long)?.term == 1)
            try await Self.expire(database)
            let second = try #require(try await other.take("a", for: Self.long))
            #expect(second.term == 2)
            #expect(try await !one.renew(first, for: Self.long))
            #expect(try await one.take("a", for: Self.long) == nil)
            // Whoever lost it cannot give it away either.
            try await one.release(first)
            #expect(try await other.renew(second, for: Self.long))
            try await other.release(second)
            #expect(try await !other.renew(second, for: Self.long))
            #expect(try await one.take("a", for: Self.long)?.term == 3)
        }
    }

    @Test("Of many that ask at the same moment one gets it")
    func race() async throws {
        try await JobsDatabase.with { database in
            for _ in 0..<10 {
                let terms = try await withThrowingTaskGroup(of: Int64?.self) { group in
                    for _ in 0..<8 {
                        group.addTask { try await Leases(client: database.client).take("a", for: Self.long)?.term }
                    }
                    return try await group.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }
                }
                #expect(terms.count == 1)
                try await Self.expire(database)
            }
        }
    }

    @Test("A holder distrusts its lease before the database does")
    func trust() async throws {
        try await JobsDatabase.with { database in
            let clock = JumpingClock()
            let leases = Leases(client: database.client, clock: clock)
            let lease = try #require(try await leases.take("a", for: .seconds(30)))
            clock.advance(by: .seconds(26))
            #expect(lease.isTrusted)
            clock.advance(by: .seconds(2))
            #expect(!lease.isTrusted)
            #expect(try await leases.renew(lease, for: .seconds(30)))
            #expect(lease.isTrusted)
        }
    }

    @Test("A transaction under a lease commits only while it is held, and nobody takes it over meanwhile")
    func fence() async throws {
        try await JobsDatabase.with { database in
            let (one, other) = (Leases(client: database.client), Leases(client: database.client))
            let first = try #require(try await one.take("a", for: Self.long))
            try await withThrowingTaskGroup(of: Int64?.self) { group in
                try await database.client.withTransaction { connection in
                    try await first.verify(on: connection)
                    try await connection.query("SELECT")
                    group.addTask {
                        try await Self.expire(database)
                        return try await other.take("a", for: Self.long)?.term
                    }
                    try await database.waitForBlockedStatement()
                }
                #expect(try await group.next() == 2)
            }
            await #expect(throws: LeaseLost.self) {
                try await database.client.withTransaction { try await first.verify(on: $0) }
            }
        }
    }

    @Test("A leased task runs on one replica; another one goes on when the first shuts down")
    func oneReplica() async throws {
        try await JobsDatabase.with { database in
            let log = EventLog<Int>()
            let shutdowns = (0..<3).map { _ in GracefulShutdown() }
            let clock = JumpingClock(jumpingUpTo: .seconds(1))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (replica, shutdown) in shutdowns.enumerated() {
                    let task = LeasedTask(
                        "a", leases: Leases(client: database.client), every: .milliseconds(1), lease: .seconds(3),
                        clock: clock, logger: PostgresServer.logger
                    ) { _ in log.append(replica) }
                    group.addTask { try await shutdown.run { try await task.run() } }
                }
                await log.wait { $0.count >= 20 }
                let first = try #require(log.all.first)
                let before = log.all
                #expect(Set(before) == [first])
                shutdowns[first].trigger()
                await log.wait { $0.contains { $0 != first } }
                for shutdown in shutdowns { shutdown.trigger() }
                try await group.waitForAll()
            }
            let free = try await database.client.query("SELECT holder FROM ai.leases").rows
            #expect(free.map { $0["holder"] } == [nil])
        }
    }

    @Test(
        "The body is cancelled when another replica has the lease, or it cannot be renewed", arguments: [true, false])
    func loss(_ isTaken: Bool) async throws {
        try await JobsDatabase.with { database in
            let log = EventLog<String>()
            let clock = JumpingClock()
            let task = LeasedTask(
                "a", leases: Leases(client: database.client, clock: clock), every: .seconds(1), lease: .seconds(30),
                clock: clock, logger: Logger(label: "test", handler: { _, _, _, _ in })
            ) { lease in
                log.append("began \(lease.term)")
                do {
                    try await Task.sleep(for: .seconds(3600))
                } catch {
                    log.append("cancelled \(lease.isTrusted)")
                    throw error
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await task.run() }
                await log.wait { !$0.isEmpty }
                // The renewal and the end of trust.
                await clock.sleepers(atLeast: 2)
                if isTaken {
                    try await database.client.query("UPDATE ai.leases SET holder = gen_random_uuid(), term = 2")
                    clock.advance(by: .seconds(10))
                } else {
                    try await database.client.query("ALTER TABLE ai.leases RENAME TO hidden")
                    clock.advance(by: .seconds(27))
                }
                await log.wait { $0.count == 2 }
                #expect(log.all == ["began 1", "cancelled \(isTaken)"])
                group.cancelAll()
            }
        }
    }
}

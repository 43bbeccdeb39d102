import Postgres
import ServiceRuntime
import TestSupport
import Testing

@Suite struct CopyTests {
    @Test("COPY stores the rows of all chunks, wherever these are cut")
    func copy() async throws {
        try await PostgresServer.shared.withClient { client in
            try await client.query("CREATE TABLE t (n integer, text text)")
            let lines = (1...50_000).map { "\($0)\tline \($0)\n" }.joined()
            let count = try await client.withConnection { connection in
                try await connection.copyIn("COPY t FROM STDIN", chunks: Self.chunks(Array(lines.utf8), size: 7919))
            }
            #expect(count == 50_000)
            let sum = try await client.query("SELECT sum(n) AS sum, count(DISTINCT text) AS texts FROM t").rows.first
            #expect(sum?.cells == ["1250025000", "50000"])
        }
    }

    @Test("A COPY whose source fails stores nothing and leaves the connection usable")
    func failingSource() async throws {
        struct Refusal: Error {}
        try await PostgresServer.shared.withClient { client in
            try await client.query("CREATE TABLE t (n integer)")
            try await client.withConnection { connection in
                let chunks = AsyncThrowingStream<[UInt8], any Error> { continuation in
                    continuation.yield(Array("1\n2\n".utf8))
                    continuation.finish(throwing: Refusal())
                }
                await #expect(throws: Refusal.self) {
                    try await connection.copyIn("COPY t FROM STDIN", chunks: chunks)
                }
                let rows = try await connection.query("SELECT * FROM t").rows
                #expect(rows.isEmpty)
            }
        }
    }

    @Test("Bad data is the server's error and leaves the connection usable")
    func badData() async throws {
        try await PostgresServer.shared.withClient { client in
            try await client.query("CREATE TABLE t (n integer)")
            try await client.withConnection { connection in
                let bytes = Array((1...20_000).map { $0 == 500 ? "x\n" : "\($0)\n" }.joined().utf8)
                let error = await #expect(throws: PostgresError.self) {
                    try await connection.copyIn("COPY t FROM STDIN", chunks: Self.chunks(bytes, size: 1000))
                }
                #expect(error?.sqlState == "22P02")
                let rows = try await connection.query("SELECT * FROM t").rows
                #expect(rows.isEmpty)
            }
        }
    }

    @Test(
        "A statement that is no COPY FROM STDIN is refused",
        arguments: ["SELECT 1", "SELEC 1", "COPY (SELECT 1) TO STDOUT", ""])
    func noCopy(statement: String) async throws {
        try await PostgresServer.shared.withClient { client in
            await #expect(throws: PostgresError.self) {
                try await client.withConnection { try await $0.copyIn(statement, chunks: Self.chunks([], size: 1)) }
            }
            let next = try await client.query("SELECT 1 AS one")
            #expect(next.rows.count == 1)
        }
    }

    @Test("COPY through the query interface is refused and does not hang", arguments: ["FROM STDIN", "TO STDOUT"])
    func copyByQuery(direction: String) async throws {
        try await PostgresServer.shared.withClient { client in
            try await client.query("CREATE TABLE t (n integer)")
            let error = await #expect(throws: PostgresError.self) {
                try await client.query(PostgresQuery(unescaped: "COPY t \(direction)"))
            }
            #expect(error?.sqlState == "0A000")
            let next = try await client.query("SELECT 1 AS one")
            #expect(next.rows.count == 1)
        }
    }

    @Test("A COPY whose task is cancelled while it waits for data stores nothing")
    func cancelled() async throws {
        try await PostgresServer.shared.withClient(maximumConnections: 1) { client in
            try await client.query("CREATE TABLE t (n integer)")
            let asked = AsyncStream<Void>.makeStream()
            let chunks = EndlessChunks(onSecond: { asked.continuation.finish() })
            let task = Task {
                try await client.withConnection { try await $0.copyIn("COPY t FROM STDIN", chunks: chunks) }
            }
            for await _ in asked.stream {}
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            let rows = try await client.query("SELECT * FROM t").rows
            #expect(rows.isEmpty)
        }
    }

    private static func chunks(_ bytes: [UInt8], size: Int) -> AsyncThrowingStream<[UInt8], any Error> {
        AsyncThrowingStream { continuation in
            for start in stride(from: 0, to: bytes.count, by: size) {
                continuation.yield(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            continuation.finish()
        }
    }
}

/// One chunk, then none until the task is cancelled.
private struct EndlessChunks: AsyncSequence, Sendable {
    let onSecond: @Sendable () -> Void

    func makeAsyncIterator() -> Iterator { Iterator(onSecond: onSecond) }

    struct Iterator: AsyncIteratorProtocol {
        let onSecond: @Sendable () -> Void
        var isFirst = true

        mutating func next() async throws -> [UInt8]? {
            guard !isFirst else {
                isFirst = false
                return Array("1\n".utf8)
            }
            onSecond()
            try await Task.sleep(for: .seconds(600))
            return nil
        }
    }
}

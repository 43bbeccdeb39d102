import FoundationEssentials
import Glibc
import ServiceRuntime
import Testing

@Suite(.timeLimit(.minutes(20))) struct ThreadPoolExecutorTests {
    private static func threadName() -> String {
        ((try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)) ?? "").trimmed
    }

    @Test("Blocking calls run at the same time, one per thread, and give results and errors")
    func blocking() async throws {
        let pool = ThreadPoolExecutor(name: "pool", threads: 4)
        let barrier = Barrier(parties: 4)
        // Nobody passes the barrier unless four calls are in it at once.
        let names = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await pool.run {
                        barrier.wait()
                        return Self.threadName()
                    }
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(names == ["pool-0", "pool-1", "pool-2", "pool-3"])
        await #expect(throws: JSONError.self) { try await pool.run { throw JSONError("x", line: 1, column: 1) } }
    }

    @Test("Tasks that prefer the executor run on its threads")
    func preference() async {
        let pool = ThreadPoolExecutor(name: "preferred", threads: 2)
        let names = await withTaskExecutorPreference(pool) {
            await withTaskGroup(of: String.self) { group in
                for _ in 0..<20 { group.addTask { Self.threadName() } }
                return await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
        }
        #expect(!names.isEmpty && names.isSubset(of: ["preferred-0", "preferred-1"]))
    }

    @Test("Thousands of calls all return, in any pool size", arguments: [1, 3])
    func many(threads: Int) async throws {
        let pool = ThreadPoolExecutor(name: "many", threads: threads)
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<5000 { group.addTask { try await pool.run { number } } }
            return try await group.reduce(0, +)
        }
        #expect(sum == 4999 * 5000 / 2)
    }

    @Test("A thread of one's own gives its result and its error")
    func ownThread() async throws {
        #expect(try await SystemThread.run(name: "a-rather-long-name") { Self.threadName() } == "a-rather-long-n")
        await #expect(throws: JSONError.self) {
            try await SystemThread.run(name: "x") { throw JSONError("x", line: 1, column: 1) }
        }
    }
}

/// Lets callers go on only when all parties have come.
private final class Barrier: @unchecked Sendable {
    // @unchecked: the system's barrier is made for many threads; the pointer never changes.
    private let barrier = UnsafeMutablePointer<pthread_barrier_t>.allocate(capacity: 1)

    init(parties: UInt32) { pthread_barrier_init(barrier, nil, parties) }

    deinit {
        pthread_barrier_destroy(barrier)
        barrier.deallocate()
    }

    func wait() { pthread_barrier_wait(barrier) }
}

import BenchmarkSupport
import Jobs
import ServiceRuntime

/// Notes when each job starts, by its number.
final class NoOpHandler: JobHandler {
    static let jobKind: JobKind<Int> = "no-op"

    private let started = Locked<[Int: ContinuousClock.Instant]>([:])

    var kind: JobKind<Int> { Self.jobKind }

    func run(_ number: Int, _ context: JobContext) async throws {
        let now = ContinuousClock.now
        started.withLock { $0[number] = now }
    }

    /// Returns when as many have started.
    func starts(of count: Int) async throws -> [Int: ContinuousClock.Instant] {
        let deadline = ContinuousClock.now + .seconds(600)
        while true {
            let soFar = started.withLock { $0.count }
            if soFar >= count { return started.withLock { $0 } }
            guard .now < deadline else { throw BenchmarkError("\(soFar) of \(count) jobs started in 10 min") }
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

import Jobs
import ServiceRuntime
import TestSupport

/// A handler that does what the test says and tells what happened.
struct TestHandler: JobHandler {
    static let jobKind: JobKind<String> = "test"

    struct Failure: Error {}

    enum Event: Sendable, Equatable {
        case started(String, attempt: Int)
        case finished(String)
        case gaveUp(String, String)

        var isFinish: Bool {
            if case .finished = self { true } else { false }
        }
    }

    let events = EventLog<Event>()
    let work: @Sendable (String, JobContext) async throws -> Void

    init(work: @escaping @Sendable (String, JobContext) async throws -> Void = { _, _ in }) {
        self.work = work
    }

    var kind: JobKind<String> { Self.jobKind }

    func run(_ payload: String, _ context: JobContext) async throws {
        events.append(.started(payload, attempt: context.attempt))
        try await work(payload, context)
        events.append(.finished(payload))
    }

    func gaveUp(_ payload: String, _ context: JobContext, because failure: JobFailure) async throws {
        let reason =
            switch failure {
            case .failed: "failed"
            case .crashed: "crashed"
            case .cancelled: "cancelled"
            }
        events.append(.gaveUp(payload, reason))
    }
}

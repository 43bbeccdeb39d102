import ServiceRuntime

/// What is done with the jobs of one kind.
///
/// A job may run more than once (a crash, a lost lease): its effects belong into the transaction that calls
/// `context.complete(on:)`, which fails where the job has passed to somebody else.
package protocol JobHandler: Sendable {
    associatedtype Payload: Codable & Sendable

    var kind: JobKind<Payload> { get }

    /// Does the work. Returning completes the job; throwing has it repeated later, up to its number of attempts.
    ///
    /// The task is cancelled when the lease is lost, the job is cancelled or the daemon's grace is over.
    func run(_ payload: Payload, _ context: JobContext) async throws

    /// Called when the job will not run again, before it is closed: the place to tell whoever waits.
    ///
    /// May call `context.fail(on:)` in a transaction of its own. Throwing has the hook repeated later, a few times.
    func gaveUp(_ payload: Payload, _ context: JobContext, because failure: JobFailure) async throws
}

extension JobHandler {
    package func gaveUp(_ payload: Payload, _ context: JobContext, because failure: JobFailure) async throws {}

    var kindName: String { kind.rawValue }

    func run(json: JSONValue, _ context: JobContext) async throws {
        try await run(try json.decode(as: Payload.self), context)
    }

    func gaveUp(json: JSONValue, _ context: JobContext, because failure: JobFailure) async throws {
        try await gaveUp(try json.decode(as: Payload.self), context, because: failure)
    }
}

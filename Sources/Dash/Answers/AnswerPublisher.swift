package import Postgres

/// A surface's way to deliver an answer once.
package protocol AnswerPublisher: Sendable {
    /// Records the answer for delivery inside the caller's transaction; the same key is delivered once.
    func publish(
        _ answer: Answer, to destination: String, key: String, on connection: PostgresConnection
    ) async throws
}

package import Agents
package import Dash

/// Whoever answers questions.
package protocol Answering: Sendable {
    /// Failures are answers; throws only `CancellationError`.
    func run(_ question: Question, id: RunID, onEvent: @escaping @Sendable (RunEvent) -> Void) async throws -> Answer
}

extension QuestionRunner: Answering {}

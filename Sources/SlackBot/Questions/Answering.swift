package import Agents
package import Dash

/// Whoever answers questions.
package protocol Answering: Sendable {
    /// Failures are answers; throws `CancellationError`, and an error where nothing could be answered for now.
    func run(_ question: Question, id: RunID, onEvent: @escaping @Sendable (RunEvent) -> Void) async throws -> Answer
}

extension QuestionRunner: Answering {}

package import Agents
package import Dash

/// Whoever answers questions.
package protocol Answering: Sendable {
    /// Failures are answers; throws `CancellationError`, and an error where nothing could be answered for now.
    func run(_ question: Question, id: RunID, onEvent: @escaping @Sendable (RunEvent) -> Void) async throws -> Answer

    /// Goes on with a run that somebody has decided about; may be called again after a crash. Throws as `run` does.
    func resume(_ id: ConfirmationID, onEvent: @escaping @Sendable (RunEvent) -> Void) async throws -> Answer
}

extension QuestionRunner: Answering {}

package import Agents

/// The way of a question: conversation → team → answer, the same from every surface.
package struct QuestionRunner: Sendable {
    /// Runs the team and returns its answer; failures are answers of kind `failure` with the run's id.
    ///
    /// Stores both turns, the run and its events. Throws only `CancellationError`; a cancelled run stops its SQL and
    /// its model calls.
    package func run(
        _ question: Question, id: RunID, onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async throws -> Answer { fatalError("not written yet") }
}

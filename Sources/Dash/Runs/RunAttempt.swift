/// One attempt at a run. A worker that lost its lease goes on with an older one and must not overwrite what a newer wrote.
package struct RunAttempt: Sendable, Equatable {
    /// When it began, as the database says it.
    var mark: String
}

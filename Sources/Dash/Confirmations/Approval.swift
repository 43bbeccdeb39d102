/// What a person has agreed to, while the statement runs that it was asked for.
///
/// A value of the task, so that every layer between the tool and the server passes it on without knowing of it.
package enum Approval {
    @TaskLocal private static var current: ProposedAction?

    /// Runs the closure with the person's agreement to this action.
    package static func given<Result>(
        for action: ProposedAction, _ body: () async throws -> Result
    ) async rethrows -> Result {
        try await $current.withValue(action) { try await body() }
    }

    /// As above, for what does not suspend.
    package static func given<Result>(for action: ProposedAction, _ body: () throws -> Result) rethrows -> Result {
        try $current.withValue(action) { try body() }
    }

    /// Whether the agreement in force covers this effect of this statement.
    static func isGiven(for kind: ProposedAction.Effect.Kind, role: String, sql: String) -> Bool {
        guard let current else { return false }
        return current.role == role && current.sql == sql && current.effects.contains { $0.kind == kind }
    }

    /// Throws `ConfirmationRequired` unless a person has agreed to an action that covers this one.
    ///
    /// Where they agreed to something else that the same statement does, they are asked about both: several layers may
    /// ask about one statement, and none of them may forget what was said to another.
    package static func require(for action: ProposedAction) throws(ConfirmationRequired) {
        guard let current, current.hash == action.hash else { throw ConfirmationRequired(action) }
        guard !current.covers(action) else { return }
        var both = action
        both.effects += current.effects.filter { !action.effects.contains($0) }
        both.dependants += current.dependants.filter { !action.dependants.contains($0) }
        throw ConfirmationRequired(both)
    }
}

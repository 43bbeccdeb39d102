import Agents
package import ServiceRuntime

/// Thrown by a runner instead of doing what a person has to agree to; the run is suspended.
///
/// Nothing has been done. With an `Approval` for the same action in force the statement runs.
package struct ConfirmationRequired: SuspendingError, CustomStringConvertible {
    package var action: ProposedAction

    package init(_ action: ProposedAction) {
        self.action = action
    }

    package var request: JSONValue {
        (try? JSONValue(encoding: action)) ?? .null
    }

    package var description: String { "a person has to confirm this first: \(action.sentence)" }
}

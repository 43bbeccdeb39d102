import Postgres

/// What became of a statement of an agent, and which layer decided it.
package struct StatementVerdict: Sendable, Equatable {
    package enum Outcome: String, Sendable, Codable {
        case ran
        /// Not allowed.
        case refused
        /// Allowed, but wrong: a missing column, a division by zero.
        case failed
        /// Ended before it was done: by a limit or because the question was cancelled.
        case stopped
    }

    /// The layers are independent; each is known to be not enough alone.
    package enum Layer: String, Sendable, Codable {
        /// The parse tree.
        case `guard`
        /// Rights and the read-only transaction.
        case database
        /// Time, size, number.
        case limit
    }

    package var outcome: Outcome
    package var layer: Layer?
    package var reason: String?
    package var sqlState: String?

    package init(_ outcome: Outcome, layer: Layer? = nil, reason: String? = nil, sqlState: String? = nil) {
        self.outcome = outcome
        self.layer = layer
        self.reason = reason
        self.sqlState = sqlState
    }

    package static let ran = StatementVerdict(.ran)

    package init(_ error: any Error) {
        switch error {
        case let failure as SQLFailure: self.init(failure)
        case let required as ConfirmationRequired:
            self.init(.stopped, layer: .limit, reason: "a person has to confirm it first: \(required.action.sentence)")
        case is CancellationError: self.init(.stopped, reason: "cancelled")
        // The rights, which the database would have to keep, are not in order.
        case let off as SQLToolsOff: self.init(.refused, layer: .database, reason: off.description)
        case let error as PostgresError where error.isPassing:
            self.init(.failed, reason: "a database that is needed for it cannot be reached")
        default: self.init(.failed, reason: "Dash could not run it")
        }
    }

    private init(_ failure: SQLFailure) {
        let (outcome, layer): (Outcome, Layer?) =
            switch failure.errorClass {
            // The server gives a state with its refusals; the guard has seen the text only.
            case .refused: (.refused, failure.sqlState == nil ? .guard : .database)
            case .permission: (.refused, .database)
            case .timeout, .limit: (.stopped, .limit)
            case .connection where failure.isBusy: (.stopped, .limit)
            default: (.failed, nil)
            }
        self.init(outcome, layer: layer, reason: failure.message, sqlState: failure.sqlState)
    }
}

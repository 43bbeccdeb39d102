import Dash
import Jobs

/// Closes a confirmation that nobody has decided in time.
struct ConfirmationExpiryJob: JobHandler {
    static let jobKind: JobKind<ConfirmationID> = "slack.confirmation_expiry"

    let confirmations: SlackConfirmations

    var kind: JobKind<ConfirmationID> { Self.jobKind }

    func run(_ id: ConfirmationID, _ context: JobContext) async throws {
        try await confirmations.expire(id, context)
    }
}

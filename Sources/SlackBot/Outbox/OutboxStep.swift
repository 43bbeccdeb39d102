/// What is done with a message of the outbox.
package enum OutboxStep: Sendable, Equatable {
    /// A new message in the thread.
    case post
    /// New content for the message that the same answer's step `target` posted.
    case update(target: Int)

    var name: String {
        switch self {
        case .post: "post"
        case .update: "update"
        }
    }

    var target: Int? {
        switch self {
        case .post: nil
        case .update(let target): target
        }
    }
}

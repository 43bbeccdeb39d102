package import FoundationEssentials

/// What was decided about a learning, by whom and when.
package struct LearningDecision: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case approved, reverted
        /// Taken out of use for lack of room.
        case evicted
        /// In use again, because it happened again.
        case returned
    }

    package var kind: Kind
    package var person: String
    package var decidedAt: Date
}

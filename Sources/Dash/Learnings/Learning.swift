package import FoundationEssentials

/// Something Dash learned from an error or from a person.
package struct Learning: Sendable, Codable, Equatable {
    package enum Scope: String, Sendable, Codable {
        /// Applies to its author's questions only.
        case asker
        case everyone
    }

    package enum State: String, Sendable, Codable {
        case active, proposed, reverted
    }

    /// A statement that failed and the one that then worked.
    package struct Correction: Sendable, Codable, Equatable {
        package var original: String
        package var error: String
        package var corrected: String
        /// What the corrected statement answers, in its own names; never what somebody said.
        package var question: String

        package init(original: String, error: String, corrected: String) {
            self.init(
                original: original, error: error, corrected: corrected,
                question: NeutralQuestion.text(for: corrected) ?? "")
        }

        init(original: String, error: String, corrected: String, question: String) {
            self.original = original
            self.error = error
            self.corrected = corrected
            self.question = question
        }
    }

    package var id: Int64
    package var title: String
    package var text: String
    package var correction: Correction?
    package var scope: Scope
    package var state: State
    /// The asker's id, or `dash` for what Dash found by itself.
    package var author: String
    package var createdAt: Date

    package init(
        id: Int64, title: String, text: String, correction: Correction?, scope: Scope, state: State, author: String,
        createdAt: Date
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.correction = correction
        self.scope = scope
        self.state = state
        self.author = author
        self.createdAt = createdAt
    }
}

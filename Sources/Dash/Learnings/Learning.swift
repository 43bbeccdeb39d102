package import FoundationEssentials

/// Something Dash learned from an error or from a person.
package struct Learning: Sendable, Codable, Equatable {
    package enum Scope: String, Sendable, Codable {
        /// Applies to its author's questions only.
        case asker
        /// Applies to questions in the channel where it was said, and to its author's everywhere.
        case channel
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
    /// What it changes for the planner; nil for what is only text.
    package var teaching: Teaching?
    package var scope: Scope
    package var state: State
    /// The asker's id, or `dash` for what Dash found by itself.
    package var author: String
    /// The channel where it was said, for example `slack:T1:C1`; nil where nobody read along.
    package var place: String?
    package var createdAt: Date

    package init(
        id: Int64, title: String, text: String, correction: Correction?, teaching: Teaching? = nil, scope: Scope,
        state: State, author: String, place: String? = nil, createdAt: Date
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.correction = correction
        self.teaching = teaching
        self.scope = scope
        self.state = state
        self.author = author
        self.place = place
        self.createdAt = createdAt
    }
}

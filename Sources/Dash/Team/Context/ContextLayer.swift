/// One of the six layers of what the team knows before it works on a question.
package struct ContextLayer: Sendable, Equatable {
    package var name: String
    /// How many entries were retrieved; `text` may have room for fewer and then says so.
    package var entries: Int
    package var text: String

    package init(name: String, entries: Int, text: String) {
        self.name = name
        self.entries = entries
        self.text = text
    }
}

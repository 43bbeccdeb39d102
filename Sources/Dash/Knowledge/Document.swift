/// A text of institutional knowledge, or the description of an object that the Engineer built.
package struct Document: Sendable, Codable, Equatable {
    package var title: String
    package var text: String

    package init(title: String, text: String) {
        self.title = title
        self.text = text
    }
}

/// One sentence about how the business counts.
package struct BusinessRule: Sendable, Codable, Equatable {
    package var text: String

    package init(text: String) {
        self.text = text
    }
}

/// A text that must never reach a log, an error or a person: every description of it is `***`.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    package init(_ value: String) {
        self.value = value
    }

    /// The text itself, for the one call that sends or hashes it.
    package func reveal() -> String { value }

    package var isEmpty: Bool { value.allSatisfy(\.isWhitespace) }
    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

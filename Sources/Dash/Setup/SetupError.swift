/// Why setup could not do its work at all.
package struct SetupError: Error, Sendable, Equatable, CustomStringConvertible {
    package var message: String

    init(_ message: String) {
        self.message = message
    }

    package var description: String { message }
}

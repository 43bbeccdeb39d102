/// Why the embedded server cannot be used, with what to do about it.
package struct ServerError: Error, Sendable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) {
        self.description = description
    }
}

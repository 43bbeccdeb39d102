/// Why a text is not JSON, and where.
package struct JSONError: Error, Sendable, CustomStringConvertible {
    package var message: String
    /// Counted from 1, in the text that was parsed.
    package var line: Int
    package var column: Int

    package init(_ message: String, line: Int, column: Int) {
        self.message = message
        self.line = line
        self.column = column
    }

    package var description: String { "line \(line), column \(column): \(message)" }
}

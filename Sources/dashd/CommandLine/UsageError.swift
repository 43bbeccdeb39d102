/// The command was called wrongly: exit code 2.
struct UsageError: Error, Sendable, CustomStringConvertible {
    var message: String
    var command: String

    init(_ message: String, command: String) {
        self.message = message
        self.command = command
    }

    var description: String {
        let name = command.isEmpty ? "dashd" : "dashd \(command)"
        return "\(name): \(message). Try '\(name) --help'."
    }
}

/// The command could not do its work: exit code 1, with a sentence that names cause and remedy.
struct CommandFailure: Error, Sendable, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}

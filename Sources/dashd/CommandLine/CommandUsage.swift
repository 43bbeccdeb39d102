/// What a command is called and what it takes: the source of its parsing and of its `--help`.
struct CommandUsage: Sendable {
    struct Positional: Sendable {
        var name: String
        var help: String
        var isOptional = false
    }

    struct Option: Sendable {
        /// Without the dashes.
        var name: String
        /// The placeholder of its value; nil for a flag.
        var value: String?
        var help: String
    }

    /// For example `["knowledge", "load"]`.
    var path: [String]
    /// One line for the list of commands.
    var summary: String
    var positionals: [Positional] = []
    var options: [Option] = []
    /// What else a newcomer wants to know, with an example.
    var discussion = ""

    var name: String { path.joined(separator: " ") }

    /// The text of `--help`.
    var help: String {
        var line = "Usage: dashd \(name)"
        for positional in positionals {
            line += positional.isOptional ? " [\(positional.name)]" : " <\(positional.name)>"
        }
        for option in options { line += " [\(label(option))]" }
        var text = "\(summary)\n\n\(line)\n"
        let rows =
            positionals.map { ($0.name, $0.help) } + options.map { (label($0), $0.help) } + [("--help", "This text")]
        let width = rows.map(\.0.count).max() ?? 0
        text += "\n"
        for (name, help) in rows {
            text += "  " + name + String(repeating: " ", count: width - name.count + 2) + help + "\n"
        }
        if !discussion.isEmpty { text += "\n\(discussion)\n" }
        return text
    }

    private func label(_ option: Option) -> String {
        "--\(option.name)" + (option.value.map { " \($0)" } ?? "")
    }
}

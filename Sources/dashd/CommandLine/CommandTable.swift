import ServiceRuntime

/// Finds the command that the words name.
struct CommandTable: Sendable {
    var commands: [any Subcommand.Type]

    enum Match {
        case command(any Subcommand.Type, rest: [String])
        case help(String)
    }

    /// Throws `UsageError` where no command has the name.
    func match(_ words: [String]) throws(UsageError) -> Match {
        guard let first = words.first else { return .help(overview) }
        if ["--help", "-h", "help"].contains(first) { return .help(overview) }
        if first == "--version" { return try match(["version"] + words.dropFirst()) }
        for command in commands where words.starts(with: command.usage.path) {
            return .command(command, rest: Array(words.dropFirst(command.usage.path.count)))
        }
        let group = commands.filter { $0.usage.path.first == first }
        guard !group.isEmpty else {
            let hint = nearestName(to: first).map { " (did you mean '\($0)'?)" } ?? ""
            throw UsageError("there is no command '\(first)'\(hint)", command: "")
        }
        if words.count == 1 || ["--help", "-h"].contains(words[1]) {
            return .help(list(group, title: "Commands of dashd \(first):"))
        }
        let known = group.compactMap { $0.usage.path.last }.joined(separator: ", ")
        throw UsageError("there is no command '\(words[1])' (known: \(known))", command: first)
    }

    private func nearestName(to word: String) -> String? {
        let names = commands.flatMap { [$0.usage.name] + $0.usage.path.prefix(1) }
        let nearest = names.min { $0.editDistance(to: word) < $1.editDistance(to: word) }
        return nearest.flatMap { $0.editDistance(to: word) <= 2 ? $0 : nil }
    }

    private var overview: String {
        "Dash: a data agent that answers questions from PostgreSQL, in Slack and here.\n\n"
            + list(commands, title: "Usage: dashd <command> [options]")
            + "\nEvery command explains itself with --help. Settings: see example.env.\n"
    }

    private func list(_ commands: [any Subcommand.Type], title: String) -> String {
        let width = commands.map { $0.usage.name.count }.max() ?? 0
        let lines = commands.map { command in
            let name = command.usage.name
            return "  " + name + String(repeating: " ", count: width - name.count + 2) + command.usage.summary
        }
        return title + "\n\n" + lines.joined(separator: "\n") + "\n"
    }
}

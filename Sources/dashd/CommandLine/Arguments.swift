/// The words after a command's name, matched against its usage.
struct Arguments: Sendable {
    private var positionals: [String] = []
    private var values: [String: String] = [:]
    private var flags: Set<String> = []
    private(set) var wantsHelp = false

    /// Throws `UsageError` for an unknown option, a missing value, and too many or too few words.
    init(_ words: [String], for usage: CommandUsage) throws(UsageError) {
        var rest = words[...]
        var onlyPositionals = false
        while let word = rest.popFirst() {
            if onlyPositionals || !word.hasPrefix("-") || word == "-" {
                positionals.append(word)
            } else if word == "--" {
                onlyPositionals = true
            } else if word == "--help" || word == "-h" {
                wantsHelp = true
            } else {
                try parseOption(word, rest: &rest, usage: usage)
            }
        }
        guard !wantsHelp else { return }
        guard positionals.count <= usage.positionals.count else {
            let hint = usage.positionals.isEmpty ? "" : "; text of several words goes in quotes"
            throw UsageError("unexpected '\(positionals[usage.positionals.count])'\(hint)", command: usage.name)
        }
        if positionals.count < usage.positionals.count, !usage.positionals[positionals.count].isOptional {
            throw UsageError("<\(usage.positionals[positionals.count].name)> is missing", command: usage.name)
        }
    }

    subscript(option name: String) -> String? { values[name] }

    subscript(positional index: Int) -> String? {
        positionals.indices.contains(index) ? positionals[index] : nil
    }

    func has(_ flag: String) -> Bool { flags.contains(flag) }

    private mutating func parseOption(
        _ word: String, rest: inout ArraySlice<String>, usage: CommandUsage
    ) throws(UsageError) {
        let parts = word.drop(while: { $0 == "-" }).split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts.first ?? "")
        guard word.hasPrefix("--"), let option = usage.options.first(where: { $0.name == name }) else {
            throw UsageError("unknown option '\(word)'", command: usage.name)
        }
        guard option.value != nil else {
            guard parts.count == 1 else { throw UsageError("--\(name) takes no value", command: usage.name) }
            flags.insert(name)
            return
        }
        guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
            throw UsageError("--\(name) needs a value", command: usage.name)
        }
        values[name] = value
    }
}

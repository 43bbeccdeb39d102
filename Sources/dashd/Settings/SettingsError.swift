/// Settings that cannot be used: each problem names the variable and the remedy, never a value.
struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    var problems: [String]

    init(_ problem: String) {
        problems = [problem]
    }

    init(problems: [String]) {
        self.problems = problems
    }

    var description: String {
        "settings: " + problems.joined(separator: "\n          ")
    }
}

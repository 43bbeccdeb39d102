import Dash

/// Drops the sample company's tables and nothing else.
struct SampleRemoveCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["sample", "remove"], summary: "Drop the sample company's tables",
        options: [.init(name: "database", value: "NAME", help: "Required with DB_HOST: the database you mean")])

    private let database: String?

    init(_ arguments: Arguments) {
        database = arguments[option: "database"]
    }

    func run() async throws {
        let settings = try Settings.current()
        try await SampleTarget.with(settings, named: database) { loader in
            let removed = try await loader.remove()
            Terminal.write(
                removed.isEmpty
                    ? "The sample company is not loaded.\n" : "Removed \(removed.joined(separator: ", ")).\n")
        }
    }
}

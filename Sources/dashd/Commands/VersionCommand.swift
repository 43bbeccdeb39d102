struct VersionCommand: Subcommand {
    static let usage = CommandUsage(path: ["version"], summary: "Print the version")

    init(_ arguments: Arguments) {}

    func run() async throws {
        Terminal.write("dashd \(Version.current)\n")
    }
}

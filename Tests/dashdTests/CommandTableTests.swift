import Testing

@testable import dashd

@Suite struct CommandTableTests {
    private let table = CommandTable(commands: [AskCommand.self, KnowledgeLoadCommand.self, KnowledgeCheckCommand.self])

    @Test(
        "A command that is none is refused, with a near one where there is one",
        arguments: [
            (["aks"], "dashd: there is no command 'aks' (did you mean 'ask'?). Try 'dashd --help'."),
            (["fly"], "dashd: there is no command 'fly'. Try 'dashd --help'."),
            (
                ["knowledge", "lod"],
                "dashd knowledge: there is no command 'lod' (known: load, check). Try 'dashd knowledge --help'."
            ),
        ])
    func unknown(words: [String], message: String) {
        let error = #expect(throws: UsageError.self) { try table.match(words) }
        #expect(error?.description == message)
    }
}

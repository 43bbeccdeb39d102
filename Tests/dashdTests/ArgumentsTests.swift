import Testing

@testable import dashd

@Suite struct ArgumentsTests {
    private let usage = CommandUsage(
        path: ["ask"], summary: "Ask", positionals: [.init(name: "question", help: "")],
        options: [
            .init(name: "json", value: nil, help: ""), .init(name: "session", value: "NAME", help: ""),
        ])

    @Test("Options may stand before, after and joined with '='")
    func places() throws {
        for words in [["--session", "x", "--json", "q"], ["q", "--json", "--session=x"]] {
            let arguments = try Arguments(words, for: usage)
            #expect(arguments[positional: 0] == "q")
            #expect(arguments[option: "session"] == "x")
            #expect(arguments.has("json"))
        }
    }

    @Test("After '--' everything is a word")
    func separator() throws {
        #expect(try Arguments(["--", "--json"], for: usage)[positional: 0] == "--json")
    }

    @Test(
        "Wrong usage is refused",
        arguments: [[], ["a", "b"], ["q", "--sesion", "x"], ["q", "--session"], ["q", "--json=1"], ["q", "-j"]])
    func wrongUsage(words: [String]) {
        #expect(throws: UsageError.self) { try Arguments(words, for: usage) }
    }

    @Test("Help needs no other word")
    func help() throws {
        #expect(try Arguments(["--help"], for: usage).wantsHelp)
    }
}

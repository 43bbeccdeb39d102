import Testing

@testable import Dash

@Suite struct SandboxCursorTests {
    @Test(
        "The readings of a text without its end start with the whole and drop one semicolon after the other",
        arguments: [
            ("SELECT 1", ["SELECT 1"]), ("SELECT 1 ; \n;", ["SELECT 1"]),
            ("SELECT 1; -- a; b", ["SELECT 1; -- a; b", "SELECT 1; -- a", "SELECT 1"]),
        ])
    func endings(sql: String, expected: [String]) {
        #expect(SandboxCursor.withoutEnd(sql).map(String.init) == expected)
    }

    @Test("The number of readings is bounded")
    func bound() {
        #expect(SandboxCursor.withoutEnd(String(repeating: "x;", count: 1000)).count == 8)
    }
}

import Testing

@testable import dashd

@Suite struct TextPageTests {
    @Test(
        "Text is broken between words and goes on under its beginning",
        arguments: [
            (40, "short", 2, "short"),
            (10, "one two three", 2, "one two\n  three"),
            (10, "  • one two", 4, "  • one\n    two"),
            (8, "incomprehensible no", 0, "incomprehensible\nno"),
            (8, "a\n\nb", 0, "a\n\nb"),
        ])
    func wrapping(width: Int, text: String, indent: Int, expected: String) {
        #expect(TextPage(width: width).wrapped(text, indent: indent) == expected)
    }

    @Test("A pipe gets whole lines and no escape codes")
    func pipe() {
        let text = String(repeating: "word ", count: 100)
        #expect(TextPage().wrapped(text) == text)
        #expect(TextPage().strong(text) == text)
    }
}

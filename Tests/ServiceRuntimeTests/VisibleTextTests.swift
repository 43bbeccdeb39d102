import ServiceRuntime
import Testing

@Suite struct VisibleTextTests {
    @Test(
        "What hides, reorders or commands is gone",
        arguments: [
            ("a\u{1B}[31mred\u{1B}[0m", "a[31mred[0m"), ("a\u{7}\u{8}b\u{7F}", "ab"), ("\u{9B}2J", "2J"),
            ("ev\u{200B}il\u{2060}.com", "evil.com"), ("\u{202E}abc\u{202C}", "abc"), ("\u{2066}x\u{2069}", "x"),
            ("ht\u{AD}tps", "https"), ("a\u{FEFF}b", "ab"), ("x\u{E0041}y", "xy"), ("ht\u{200D}tp", "http"),
            ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
        ])
    func hidden(_ text: String, _ expected: String) {
        #expect(VisibleText.clean(text) == expected)
    }

    @Test(
        "What people write stays",
        arguments: ["plain", "tab\tand\nline", "Ünïcödé 数字", "👩‍👩‍👧 🇩🇪", "می‌خواهم", "e\u{301}", ""])
    func kept(_ text: String) {
        #expect(VisibleText.clean(text) == text)
    }
}

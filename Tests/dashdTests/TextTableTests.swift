import Testing

@testable import dashd

@Suite struct TextTableTests {
    @Test("Numbers end at the same column, texts begin at it, lines carry no trailing blanks")
    func alignment() {
        let table = TextTable(
            header: ["plan", "mrr"], rows: [["enterprise", "9"], ["pro", "1,000"]], rightAligned: [1])
        #expect(table.rendered() == "plan          mrr\n──────────  ─────\nenterprise      9\npro         1,000")
    }

    @Test("A header wider than its column is broken between words, and its last lines stand together")
    func brokenHeader() {
        let table = TextTable(header: ["Plan", "Failed payments"], rows: [["a", "3"]], rightAligned: [1])
        #expect(table.rendered() == "        Failed\nPlan  payments\n────  ────────\na            3")
    }

    @Test("A long header takes two lines where there is room, else as many as it has words")
    func longHeader() {
        let table = TextTable(header: ["Average at the start"], rows: [["1"]], rightAligned: [0])
        #expect(table.rendered().hasPrefix("Average at\n the start\n──────────\n"))
        #expect(table.rendered(width: 8).hasPrefix("Average\n at the\n  start\n───────\n"))
    }

    @Test("Texts are cut to fit the width, numbers never")
    func cut() {
        let text = String(repeating: "x", count: 40)
        let table = TextTable(header: ["a", "b"], rows: [[text, "123,456"]], rightAligned: [1])
        let lines = table.rendered(width: 30).split(separator: "\n")
        #expect(lines.last == "\(String(repeating: "x", count: 20))…  123,456")
        #expect(table.rendered(width: 5).hasSuffix("…  123,456"))
        #expect(table.rendered().contains(text))
    }
}

import Testing

@testable import dashd

@Suite struct TextTableTests {
    @Test("Numbers end at the same column, texts begin at it, lines carry no trailing blanks")
    func alignment() {
        let table = TextTable(
            header: ["plan", "mrr"], rows: [["enterprise", "9"], ["pro", "1,000"]], rightAligned: [1])
        #expect(table.rendered() == "plan          mrr\n──────────  ─────\nenterprise      9\npro         1,000")
    }
}

import SQLGuard
import SQLGuardTestSupport
import Testing

@Suite struct GuardLimitTests {
    @Test(
        "Statements are bounded before they are parsed",
        arguments: [
            ("", GuardRefusal.Rule.empty), (" ;; -- nothing\n", .empty), ("SELECT 1; SELECT 2", .oneStatement),
            ("SELECT 1\0; DROP TABLE x", .encoding),
            ("SELECT '" + String(repeating: "x", count: 65_536) + "'", .length),
            (String(repeating: "/*", count: 30_000), .length),
            ("SELECT 1 " + String(repeating: "+", count: 600), .length),
        ] as [(String, GuardRefusal.Rule)])
    func bounds(_ sql: String, _ rule: GuardRefusal.Rule) async {
        let refusal = await GuardCorpus.refusal(sql)
        #expect(refusal?.rule == rule)
    }

    @Test(
        "A text that is not UTF-8 is refused",
        arguments: [[0xFF], [0xC0, 0x80], [0x53, 0xED, 0xA0, 0x80]] as [[UInt8]])
    func encoding(_ bytes: [UInt8]) async {
        await #expect(throws: GuardRefusal.self) { try await GuardCorpus.analyst.check(utf8: bytes) }
    }

    @Test(
        "Nesting of any kind ends in a refusal",
        arguments: [
            ("(", "1", ")", 32_000), ("", "1", "+1", 32_000), ("NOT ", "true", "", 16_000), ("- ", "1", "", 32_000),
            ("", "1", "::int", 13_000), ("CASE WHEN ", "true", " THEN 1 END", 3_000), ("abs(", "1", ")", 10_000),
            ("(SELECT ", "1", ")", 6_000), ("ARRAY[", "1", "]", 9_000), ("", "'a'", "||'a'", 12_000),
            ("(", "1", "", 60_000),
            ("(", "1", " IS NULL)", 6_000), ("ROW(", "1", ")", 10_000), ("", "1", " COLLATE \"C\"", 5_000),
        ] as [(String, String, String, Int)])
    func nesting(_ opening: String, _ core: String, _ closing: String, _ depth: Int) async {
        let sql =
            "SELECT " + String(repeating: opening, count: depth) + core + String(repeating: closing, count: depth)
        let refusal = await GuardCorpus.refusal(sql)
        #expect(refusal?.rule == .nesting)
    }

    private static let longStatements = [
        "SELECT id FROM customers WHERE id IN (" + (1...5_000).map(String.init).joined(separator: ", ") + ")",
        "SELECT id FROM customers WHERE " + repeated("id = 1", 5_000, " OR "),
        "SELECT id FROM customers WHERE " + repeated("id <> 1", 5_000, " AND "),
        repeated("SELECT 1", 500, " UNION ALL "),
        "SELECT " + repeated("1", 2_000, " + "),
        "VALUES " + repeated("(1, 'a')", 5_000, ", "),
        "WITH " + (1...500).map { "t\($0) AS (SELECT \($0))" }.joined(separator: ", ") + " SELECT * FROM t500",
    ]

    private static func repeated(_ text: String, _ count: Int, _ separator: String) -> String {
        Array(repeating: text, count: count).joined(separator: separator)
    }

    @Test("Long statements that are not deep pass", arguments: longStatements)
    func long(_ sql: String) async {
        let refusal = await GuardCorpus.refusal(sql)
        #expect(refusal == nil, "\(refusal?.description ?? "")")
    }

    @Test("Many statements are decided about at once")
    func concurrently() async {
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let isAttack = number.isMultiple(of: 2)
                    let sql = isAttack ? "SELECT pg_sleep(\(number))" : "SELECT \(number) FROM customers"
                    return await GuardCorpus.refusal(sql) != nil && isAttack || !isAttack
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}

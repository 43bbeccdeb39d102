import Testing

@testable import Dash

@Suite struct KnowledgeQueryFileTests {
    private func parse(_ text: String) -> KnowledgeFolder.Contents {
        KnowledgeSection.queries.parse(Array(text.utf8), file: "queries/q.sql")
    }

    private func queries(_ text: String) -> [ValidatedQuery] {
        parse(text).entries.compactMap { if case .query(let query) = $0.content { query } else { nil } }
    }

    @Test("Several queries per file, with descriptions over several lines and questions")
    func reads() {
        let text = """
            -- =====================
            -- Everything about pots
            -- =====================

            -- <query pots_sold>
            -- <description>Pots sold
            -- per month</description>
            -- <question>How many pots did we sell?</question>
            --<question>Pots
            --   per month?</question>
            -- <query>
            -- not part of the tags
            SELECT 1;

            -- </query>
            \t-- <query   two words  >
            -- <query>
            SELECT ';'
              -- </QUERY>
            """
        #expect(parse(text).problems.isEmpty)
        #expect(
            queries(text) == [
                ValidatedQuery(
                    name: "pots_sold", description: "Pots sold per month", sql: "-- not part of the tags\nSELECT 1",
                    questions: ["How many pots did we sell?", "Pots per month?"]),
                ValidatedQuery(name: "two words", description: "", sql: "SELECT ';'"),
            ])
    }

    @Test(
        "A wrong query is named with its line, the others load",
        arguments: [
            ("-- <query a>\n-- <query>\nSELECT 1", 4, "-- </query> is missing at the end of the file"),
            ("-- <query a>\n-- <query>\n\n-- </query>", 4, "the query has no statement"),
            ("-- <query a>\n-- </query>", 4, "the query has no statement"),
            ("-- <query a>\nSELECT 1\n-- </query>", 5, "-- <query> is missing before the statement"),
            (
                "-- <query a>\n-- <query b>\n-- <query>\nSELECT 1\n-- </query>", 4,
                "a new query begins before -- </query>"
            ),
            ("-- <query >\n-- <query>\nSELECT 1\n-- </query>", 4, "a query needs a name"),
            ("-- <query>\nSELECT 1\n-- </query>", 4, "stands outside of a query"),
            ("-- <query a>\n-- <description>x\n-- <query>\nSELECT 1\n-- </query>", 4, "</description> is missing"),
            ("-- <query a>\n-- <question>x\n-- <query>\nSELECT 1\n-- </query>", 4, "</question> is missing"),
        ])
    func wrong(text: String, line: Int, cause: String) {
        let contents = parse("\n\n\n" + text + "\n")
        #expect(contents.problems.contains { $0.line == line && $0.cause.contains(cause) && $0.severity == .error })
        let before = "-- <query good>\n-- <query>\nSELECT 2\n-- </query>\n"
        #expect(queries(before + text).first?.name == "good")
    }

    @Test("Parameters have a name, a kind, a column and an example")
    func parameters() {
        let text = """
            -- <query a>
            -- <parameter Port value ships.port>Hook of Holland</parameter>
            -- <parameter when period ships.left_at>last month</parameter>
            -- <parameter n number>7</parameter>
            -- <question>Ships from {port} in {when} over {n} tons</question>
            -- <query>
            SELECT '{}' FROM ships WHERE port = {port} AND left_at >= {when.start} AND left_at < { when.end } AND t > {n};
            -- </query>
            """
        #expect(parse(text).problems.isEmpty)
        #expect(
            queries(text).first?.parameters == [
                QueryParameter(name: "port", kind: .value, column: "ships.port", example: "Hook of Holland"),
                QueryParameter(name: "when", kind: .period, column: "ships.left_at", example: "last month"),
                QueryParameter(name: "n", kind: .number, example: "7"),
            ])
    }

    @Test(
        "A query whose parameters do not fit its texts is named and not loaded",
        arguments: [
            ("<parameter n>1</parameter>", "Over {n}", "SELECT {n}", "a parameter has a name"),
            ("<parameter n sort>1</parameter>", "Over {n}", "SELECT {n}", "a parameter has a name"),
            ("<parameter n value>1</parameter>", "Over {n}", "SELECT {n}", "a parameter has a name"),
            ("<parameter n number></parameter>", "Over {n}", "SELECT {n}", "a parameter has a name"),
            ("<parameter n number>1</parameter>", "Over {m}", "SELECT {n}", "must have each parameter once"),
            ("<parameter n number>1</parameter>", "Over {n} and {n}", "SELECT {n}", "must have each parameter once"),
            ("<parameter n number>1</parameter>", "Over {n}", "SELECT 1", "does not use the parameter {n}"),
            ("<parameter n number>1</parameter>", "Over {n}", "SELECT '{n}'", "does not use the parameter {n}"),
            ("<parameter n number>1</parameter>", "Over {n}", "SELECT {n} + {m}", "which is no parameter"),
            ("<parameter n number>1</parameter>", "Over {n}", "SELECT {n.start}", "which is no parameter"),
            ("<parameter n period>May</parameter>", "In {n}", "SELECT {n}", "which is no parameter"),
            ("<parameter n number>1</parameter>", "Over {n}", "SELECT {n", "holds no parameter's name"),
            ("<parameter n number>1</parameter>", "Over {n}", "SELECT n}", "holds no parameter's name"),
        ])
    func wrongParameters(tag: String, question: String, sql: String, cause: String) {
        let text = "-- <query a>\n-- \(tag)\n-- <question>\(question)</question>\n-- <query>\n\(sql)\n-- </query>\n"
        #expect(parse(text).problems.contains { $0.severity == .error && $0.cause.contains(cause) }, "\(text)")
        #expect(queries(text).isEmpty)
    }

    @Test("Text outside of queries is a notice")
    func stray() {
        let contents = parse("SELECT 1;\nSELECT 2;\n")
        #expect(contents.problems.map(\.line) == [1])
        #expect(!contents.hasErrors)
    }
}

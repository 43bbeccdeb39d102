import Testing

@testable import Dash

/// Measures, views, corrections and follow-ups of made-up companies.
@Suite struct GroundedMeasureTests {
    typealias Case = GroundedMatchingTests.Case

    private static func library(adding content: KnowledgeContent...) -> KnowledgeView {
        var knowledge = MadeUpLibrary.knowledge
        for item in content { knowledge.add(KnowledgeEntry(content: item, source: "made-up")) }
        return knowledge
    }

    static let use = KnowledgeContent.query(
        ValidatedQuery(
            name: "use_by_branch", description: "Use of branches in the last 30 days, with fines.",
            sql: """
                SELECT branch_name, round(avg(hours), 1) AS avg_hours, count(DISTINCT member_id) AS seen_members,
                    sum(fines) AS fines, count(*) FILTER (WHERE late) AS late_loans
                FROM branches JOIN loans ON true GROUP BY branch_name
                """,
            questions: ["How much do members use each branch?", "Fines by branch", "Late loans by branch"],
            tables: ["public.branches", "public.loans"],
            columns: ["branch_name", "avg_hours", "seen_members", "fines", "late_loans"]))

    static let measures = [
        Case("fines by branch", "use_by_branch"), Case("late loans by branch", "use_by_branch"),
        // One column must say all of it.
        Case("average fines by branch", "-"), Case("fines growth by branch", "-"),
        // Seen members are not the members.
        Case("members by branch", "-"), Case("Which branch has the most members?", "-"),
        // A number is a demand, wherever a description has it.
        Case("fines by branch for 30", "-"),
    ]

    @Test("One column of the result says all that is measured", arguments: measures)
    func measure(_ item: Case) {
        let outcome = Matcher(knowledge: Self.library(adding: Self.use)).match(item.question)
        let name = GroundedMatchingTests.name(outcome)
        #expect(name == item.expected || (item.expected == "-" && name == "?"), "\(name)")
    }

    private static func view(_ sql: String?) -> KnowledgeContent {
        .query(
            ValidatedQuery(
                name: "dash.loans_by_month", description: "Loans per month.",
                sql: "SELECT month, loans FROM dash.loans_by_month", questions: ["Loans by month"],
                tables: ["dash.loans_by_month"], columns: ["month", "loans"],
                origin: sql.map { .init(name: "loans_by_month", sql: $0) }))
    }

    @Test("A view stands for a curated query only where it was made from it, as it is today")
    func views() {
        let curated = MadeUpLibrary.knowledge.queries.first { $0.query.name == "loans_by_month" }?.query.sql
        let question = "loans per month please"
        let made = Matcher(knowledge: Self.library(adding: Self.view(curated))).match(question)
        #expect(["dash.loans_by_month", "loans_by_month"].contains(GroundedMatchingTests.name(made)))
        let asked = Matcher(knowledge: Self.library(adding: Self.view(nil))).match("How many loans per month?")
        #expect(GroundedMatchingTests.name(asked) == "loans_by_month")
        let other = Matcher(knowledge: Self.library(adding: Self.view("SELECT 1 AS loans"))).match("loans by month")
        #expect(GroundedMatchingTests.name(other) != "-")
    }

    @Test("A correction does not hold for a question that only shares a word with it")
    func subjects() {
        let said = SaidCorrection("active members are members with a loan")
        #expect(said.isAbout(Wording("How many active members?").core, MadeUpLibrary.knowledge))
        #expect(!said.isAbout(Wording("members by branch").core, MadeUpLibrary.knowledge))
    }

    @Test(
        "Asking how a number came about is told from asking for causes",
        arguments: [
            ("why that number?", true), ("Why this?", true), ("how did you get that number", true),
            ("where does that come from", true), ("show me the SQL", true), ("how was this calculated?", true),
            ("how did you compute it", true), ("explain that", true), ("why did loans fall", false),
            ("why is churn so high", false), ("how many loans", false), ("where do members come from", false),
            ("show loans", false), ("how are we doing", false),
        ])
    func explanations(text: String, isAsked: Bool) {
        #expect(Explanation.isAsked(text) == isAsked)
    }

    @Test(
        "One view is dropped or refreshed by its bare name as well",
        arguments: [
            ("drop the view monthly_loans", "dash.monthly_loans"), ("refresh top_members", "dash.top_members"),
            ("delete the view loans please", "dash.loans"), ("drop the table monthly_loans", nil),
            ("delete all members", nil), ("drop view public.foo", nil), ("refresh the data", nil),
        ] as [(String, String?)])
    func bareNames(text: String, name: String?) {
        #expect(BuiltObjectRequest(text)?.name == name)
    }

    @Test(
        "Only what falls into one period each adds up over periods",
        arguments: [
            ("SELECT m, count(*) FILTER (WHERE a) AS x FROM t GROUP BY 1", true),
            ("SELECT m, coalesce(sum(a), 0) AS x FROM t GROUP BY 1", true),
            ("SELECT m, count(DISTINCT a) AS x FROM t GROUP BY 1", false),
            ("SELECT m, sum(a) AS x FROM t WHERE e IS NULL OR e >= m GROUP BY 1", false),
            ("SELECT m, avg(a) AS x FROM t GROUP BY 1", false),
            ("SELECT m, 100.0 * count(*) / sum(n) AS x FROM t GROUP BY 1", false),
        ])
    func sums(sql: String, addsUp: Bool) {
        #expect(SQLOutline(sql).addsUpOverTime("x") == addsUp)
    }

    @Test(
        "Rules that people state are corrections",
        arguments: [
            ("Costs should exclude fees", Intent.correction), ("should we exclude fees", .question),
            ("No, I meant members", .question), ("which loans should count", .question),
            ("by income I mean net fees", .correction), ("'heavy users' means gold tier", .correction),
            ("overdue excludes digital loans", .correction), ("ignore the word roughly", .correction),
            ("loans excluding digital", .question), ("what does overdue mean?", .question),
            ("exclude digital loans", .question), ("only count gold members", .question),
            ("what can you answer about loans", .question), ("what can you answer about the data", .help),
        ])
    func rules(text: String, intent: Intent) {
        #expect(Intent(text) == intent)
        #expect(FollowUp.restated("No, I meant members by branch") == "members by branch")
    }

    @Test("Percentages move in points, and what got worse comes first")
    func comparison() {
        let table = ResultTable(
            id: "r", sql: "SELECT 1",
            columns: [
                .init(name: "indicator", type: .text), .init(name: "last_month", type: .decimal),
                .init(name: "average_before", type: .decimal), .init(name: "change_pct", type: .decimal),
                .init(name: "reading", type: .text),
            ],
            rows: [
                ["Turnover (USD)", "110", "100", "10.0", "better"], ["Late loans (%)", "9", "6", "50.0", "worse"],
            ], isTruncated: false, milliseconds: 1)
        let comparison = Comparison(
            table, ResultShape(table.columns, rows: table.rows), Wording("How are we doing?"), name: "Health",
            label: { table.columns[$0].name }, shown: { table.rows[$0][$1] ?? "" }, isSize: { _ in false })
        #expect(
            comparison.narration?.meaning
                == "Worse than before: Late loans (%) up 3 points from 6 to 9. Moved most: Turnover (USD) up 10% from 100 to 110."
        )
    }
}

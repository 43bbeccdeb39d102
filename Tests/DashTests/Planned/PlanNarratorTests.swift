import Planner
import Testing

@testable import Dash

/// A printer's jobs, put into words without a database.
@Suite struct PlanNarratorTests {
    private static let jobs = TableID(name: "print_jobs")
    private static let paper = ColumnID(jobs, "paper")

    private static func narration(
        _ plan: Plan, _ columns: [(String, ColumnType, CompiledPlan.Column.Role)], _ rows: [[String?]],
        filters: [String] = [], period: String? = nil, metrics: [Metric] = []
    ) -> Narration {
        PlanNarrator(
            plan: plan, columns: columns.map { .init(name: $0.0, role: $0.2) }, filters: filters, period: period,
            table: ResultTable(
                id: "r", sql: "", columns: columns.map { .init(name: $0.0, type: $0.1) }, rows: rows,
                isTruncated: false, milliseconds: 1), isComplete: true, rowCount: rows.count,
            knowledge: KnowledgeView(metrics.map { KnowledgeEntry(content: .metric($0), source: "made-up") }),
            labels: ColumnLabels(knowledge: KnowledgeView([])), today: "2026-11-22"
        ).narrate()
    }

    private static let listed: [(String, ColumnType, CompiledPlan.Column.Role)] = [
        ("print_job_id", .integer, .dimension), ("paper", .text, .attribute), ("title", .text, .attribute),
    ]

    @Test("Rows go by what tells them apart, never by what the question has fixed")
    func names() {
        let plan = Plan(recipe: .list, subject: Self.jobs, conditions: [.oneOf(Self.paper, ["A4"])])
        let rows = [["7", "A4", "Menu"], ["9", "A4", "Poster"]]
        #expect(
            Self.narration(plan, Self.listed, rows, filters: ["paper = 'A4'"]).headline
                == "2 print jobs for A4: Menu and Poster.")
        let bare = Array(Self.listed.prefix(2))
        #expect(
            Self.narration(plan, bare, rows.map { Array($0.prefix(2)) }, filters: ["paper = 'A4'"]).headline
                == "2 print jobs for A4 (id 7 and 9).")
        #expect(
            Self.narration(plan, bare, [["7", "A4"]], filters: ["paper = 'A4'"]).headline
                == "1 print job for A4 (id 7).")
        let many = (1...12).map { ["\($0)", "A4"] as [String?] }
        #expect(Self.narration(plan, bare, many, filters: ["paper = 'A4'"]).headline == "12 print jobs for A4.")
        let repeated = (1...4).map { ["\($0)", $0 < 4 ? "A3" : "A4"] as [String?] }
        #expect(
            Self.narration(Plan(recipe: .list, subject: Self.jobs), bare, repeated).headline
                == "4 print jobs (id 1, 2, 3 and 4).")
    }

    @Test("A single row goes by its key where all else is what was asked for, also at the head of a ranking")
    func constant() {
        let plan = Plan(
            recipe: .ranking, subject: Self.jobs, conditions: [.oneOf(Self.paper, ["A4"])], limit: 1)
        #expect(
            Self.narration(plan, Array(Self.listed.prefix(2)), [["7", "A4"]], filters: ["paper = 'A4'"]).headline
                == "The first print job for A4 (id 7).")
    }

    @Test(
        "Each period of a course is told beside what it was compared with",
        arguments: [
            (.month, "2026-09-01", .calendar(.year, offset: 0, isFiscal: false), "in Sep 2026 against Sep 2025:"),
            (.quarter, "2026-07-01", .calendar(.year, offset: 0, isFiscal: false), "in Q3 2026 against Q3 2025:"),
            (
                .month, "2026-09-01", .calendar(.quarter, offset: -1, isFiscal: false),
                "in Sep 2026 against its counterpart in the quarter before:"
            ),
            (.month, "2026-09-01", nil, "in Sep 2026 against the month before:"),
        ] as [(TimeGrain, String, Period?, String)])
    func counterparts(_ grain: TimeGrain, _ cell: String, _ period: Period?, _ said: String) {
        let plan = Plan(
            recipe: .comparison, measures: [.count(Self.jobs)], dimensions: [.time(nil, grain)],
            time: period.map { .init(period: $0) }, comparison: .previousPeriod)
        let narration = Self.narration(
            plan,
            [
                (grain.name, .date, .dimension), ("jobs", .integer, .measure), ("previous_jobs", .integer, .compared),
            ], [["2026-04-01", "8", "4"], [cell, "20", "3"]])
        #expect(narration.headline.contains(said), "\(narration.headline)")
    }

    @Test(
        "Deeds that are still to come are said as such",
        arguments: [
            ("closed_at", "2 print jobs that are not closed yet: Menu and Poster."),
            ("shipped", "2 print jobs that are not shipped yet: Menu and Poster."),
            ("email", "2 print jobs without email: Menu and Poster."),
            ("date_of_birth", "2 print jobs without date of birth: Menu and Poster."),
        ])
    func absent(_ column: String, _ headline: String) {
        let plan = Plan(
            recipe: .list, subject: Self.jobs, conditions: [.isEmpty(ColumnID(Self.jobs, column))])
        let rows = [["7", "A4", "Menu"], ["9", "A3", "Poster"]]
        #expect(
            Self.narration(plan, Array(Self.listed), rows.map { [$0[0], $0[2], $0[2]] }, filters: ["x"]).headline
                == headline)
    }

    @Test(
        "One period is written in the unit that was asked for",
        arguments: [
            (TimeGrain.day, "1 Jul 2026"), (.week, "The week of 1 Jul 2026"), (.month, "Jul 2026"),
            (.quarter, "Q3 2026"),
        ])
    func grain(_ grain: TimeGrain, _ text: String) {
        let plan = Plan(
            recipe: .ranking, measures: [.count(Self.jobs)], dimensions: [.time(nil, grain)],
            order: [.init(.measure(0), isDescending: true)], limit: 1)
        let columns: [(String, ColumnType, CompiledPlan.Column.Role)] = [
            ("start", .date, .dimension), ("jobs", .integer, .measure),
        ]
        #expect(
            Self.narration(plan, columns, [["2026-07-01", "9"]]).headline.hasPrefix("\(text) has the highest jobs"))
    }

    @Test("Rates of groups are compared, parts of a whole make it up")
    func rates() {
        let plan = Plan(
            recipe: .share, measures: [.ratio(.count(Self.jobs), .count(Self.jobs))],
            dimensions: [.column(Self.paper)])
        let columns: [(String, ColumnType, CompiledPlan.Column.Role)] = [
            ("paper", .text, .dimension), ("share", .decimal, .measure),
        ]
        #expect(Self.narration(plan, columns, [["A4", "0.11"], ["A3", "0.05"]]).headline.contains("highest for A4"))
        #expect(Self.narration(plan, columns, [["A4", "0.6"], ["A3", "0.4"]]).headline.contains("makes up the most"))
    }

    @Test("A list up to a number is a ranking, one that is only ordered says how")
    func ordered() {
        let columns: [(String, ColumnType, CompiledPlan.Column.Role)] = [
            ("print_job_id", .integer, .dimension), ("pages", .integer, .attribute),
        ]
        var plan = Plan(
            recipe: .list, subject: Self.jobs, columns: [ColumnID(Self.jobs, "pages")],
            order: [.init(.column(0), isDescending: true)], limit: 2)
        let rows = [["7", "90"], ["9", "40"]] as [[String?]]
        #expect(
            Self.narration(plan, columns, rows).headline
                == "Top 2 print jobs by pages: print job 7 (90) and print job 9 (40).")
        plan.limit = nil
        let dated: [(String, ColumnType, CompiledPlan.Column.Role)] = [
            ("print_job_id", .integer, .dimension), ("pages", .date, .attribute), ("title", .text, .attribute),
        ]
        #expect(
            Self.narration(plan, dated, [["7", "2026-11-20", "Menu"], ["9", "2026-10-01", "Poster"]]).headline
                == "2 print jobs, newest first: Menu and Poster.")
    }

    @Test("A course of one period is that period's number, and never from it to itself")
    func onePeriod() {
        let plan = Plan(
            recipe: .trend, measures: [.metric("Printed Sheets")], dimensions: [.time(nil, .quarter)])
        let narration = Self.narration(
            plan, [("quarter", .date, .dimension), ("printed_sheets", .integer, .measure)], [["2026-07-01", "1200"]])
        #expect(narration.headline == "Printed Sheets in Q3 2026: 1,200.")
    }

    @Test("Groups by a key go by the name beside it, and limits on them are said in words")
    func groups() {
        let plan = Plan(
            recipe: .breakdown, measures: [.count(Self.jobs)],
            dimensions: [.column(ColumnID(TableID(name: "clients"), "id")), .column(Self.paper)])
        let columns: [(String, ColumnType, CompiledPlan.Column.Role)] = [
            ("client_id", .integer, .dimension), ("client_name", .text, .attribute), ("paper", .text, .dimension),
            ("jobs", .integer, .measure),
        ]
        let narration = Self.narration(
            plan, columns, [["126", "Ada", "A4", "20"], ["126", "Ada", "A3", "5"]], filters: ["jobs >= 5"])
        #expect(
            narration.headline
                == "Jobs by client and paper with jobs of at least 5: Ada / A4 leads with 20, 80% of 25.")
    }

    @Test("A stock says its day where a period is asked for; values near each other differ by an amount")
    func stock() {
        let metric = Metric(
            name: "Open Jobs", definition: "Jobs that wait.", table: "print_jobs", calculation: "",
            expression: "COUNT(*)", kind: .snapshot(start: "sent_at", end: "done_at"))
        let columns: [(String, ColumnType, CompiledPlan.Column.Role)] = [("open_jobs", .integer, .measure)]
        let plan = Plan(recipe: .value, measures: [.metric("Open Jobs")])
        #expect(
            Self.narration(plan, columns, [["8"]], period: "2026 so far", metrics: [metric]).headline
                == "Open Jobs as of 22 Nov 2026: 8.")
        #expect(
            Self.narration(plan, columns, [["8"]], period: "2025", metrics: [metric]).headline
                == "Open Jobs at the end of 2025: 8.")
        let average = Plan(
            recipe: .breakdown, measures: [.aggregate(.average, .column(ColumnID(Self.jobs, "pages")))],
            dimensions: [.column(Self.paper)])
        let rows = [["A4", "4.5"], ["A3", "4.0"]] as [[String?]]
        let near = Self.narration(average, [("paper", .text, .dimension), ("pages", .decimal, .measure)], rows)
        #expect(near.meaning == "A4 is 0.5 above A3 (4).")
    }
}

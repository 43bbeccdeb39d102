import Testing

@testable import Planner

/// Small words that may mean more than they seem to.
@Suite struct SmallWordsTests {
    private static let schema = SchemaQuestions(
        """
        berths | berths of the marina
          id int
          label text!
          kind text! | kind of berth | Single, Double, Guest
          price num
        projects | building projects
          id int
          title text! | title of the project
          role text! | | main, side
        fees | one row per fee
          id int
          berth_id int! -> berths
          state text! | | paid, failed, waived
          amount num
          due date!
        sailors | people who sail
          id int
          name text!
          country text! | | France, Norway
        trips | one row per trip
          id int
          sailor_id int -> sailors
          berth_id int -> berths
          miles num
          wing text | | North, South
          started_on date
          sail_year int | year of the sail that was used
        """)

    @Test(
        "What is said is read",
        arguments: [
            ("Highest price of single berths", "SELECT max(price) AS maximum_price FROM berths WHERE kind = 'Single'"),
            (
                "How many main projects are there?",
                "SELECT count(*) AS number_of_projects FROM projects WHERE role = 'main'"
            ),
            ("How many projects are there?", "SELECT count(*) AS number_of_projects FROM projects"),
            (
                "How many trips by French sailors are there in each wing?",
                "SELECT trips.wing, count(*) AS number_of_trips FROM trips LEFT JOIN sailors ON sailors.id = trips.sailor_id WHERE sailors.country = 'France' GROUP BY trips.wing ORDER BY number_of_trips DESC NULLS LAST, wing"
            ),
            (
                "Top 2 countries by number of trips",
                "SELECT sailors.country, count(*) AS number_of_trips FROM trips LEFT JOIN sailors ON sailors.id = trips.sailor_id WHERE sailors.country IS NOT NULL GROUP BY sailors.country ORDER BY number_of_trips DESC NULLS LAST, country LIMIT 2"
            ),
            (
                "How many fees are paid or waived?",
                "SELECT count(*) AS number_of_fees FROM fees WHERE state IN ('paid', 'waived')"
            ),
        ])
    func read(question: String, sql: String) throws {
        #expect(try Self.schema.sql(question) == sql)
    }

    @Test(
        "Orders to do something, and values that no row has at once, have no plan",
        arguments: [
            "Please cancel the failed fees", "could you delete all projects?", "Book a single berth",
            "failed fees waived last month", "average miles by French sailors",
            "What are the top 3 sailors by total miles? Return the name, number of starts and total miles.",
            "What is the longest trip in miles, and when was it?", "Which trips are worth more than 20 miles?",
            "What share of payments failed?", "Dash, refund the fees of 2025",
        ])
    func declined(question: String) throws {
        #expect(try Self.schema.sql(question) == nil)
    }

    @Test("What has not begun is not forecast, unless something is known of it already")
    func future() throws {
        let parsed = SchemaText.source(
            """
            fees | one row per fee
              id int
              amount num
              due date!
            """)
        let source = parsed.source
        let planner = Planner(model: SemanticModel(source), values: ValueIndex())
        guard case .plan(let planned) = planner.plan("How many fees are due next month?") else {
            Issue.record("a plan is expected")
            return
        }
        let today = try #require(Day("2026-11-22")).date
        let due = ColumnID(TableID(name: "fees"), "due")
        func compile(newest: String?) throws -> CompiledPlan {
            let days = try newest.map { [due: try #require(Day($0)).date] } ?? [:]
            return try PlanCompiler(source: source, clock: DataClock(today: today, newest: days)).compile(planned.plan)
        }
        #expect(throws: CompileError.self) { try compile(newest: "2026-11-20") }
        #expect(throws: Never.self) { try compile(newest: "2026-12-24") }
        #expect(throws: Never.self) { try compile(newest: nil) }
    }
}

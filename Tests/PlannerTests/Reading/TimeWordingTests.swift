import FoundationEssentials
import Planner
import Testing

@Suite("Time, comparisons and differences in questions")
struct TimeWordingTests {
    private static let fees = "comparison · [Port Fees]"
    private static let periods: [(String, String)] = [
        ("Fees in March 2024 versus March 2025", "\(fees) · in March 2025 · against yearBefore"),
        ("fees in March 2025 versus March 2024", "\(fees) · in March 2025 · against yearBefore"),
        ("fees Q1 vs Q2 2025", "\(fees) · in Q2 2025 · against previousPeriod"),
        ("fees Q1 vs Q3 2025", "\(fees) · in Q3 2025 · against Q1 2025"),
        ("fees December vs January 2026", "\(fees) · in January 2026 · against previousPeriod"),
        ("2024 against 2025 fees by purpose", "\(fees) · by calls.purpose · in 2025 · against previousPeriod"),
        ("compare fees in 2024 and 2025", "\(fees) · in 2025 · against previousPeriod"),
        ("fees compared with last year", "\(fees) · in year to date · against yearBefore"),
        ("fees last month compared to the previous month", "\(fees) · in last month · against previousPeriod"),
        ("compare fees last month with the month before", "\(fees) · in last month · against previousPeriod"),
        ("fees in May 2026 compared to the previous month", "\(fees) · in May 2026 · against previousPeriod"),
        ("fees in the last 30 days vs the 30 days before", "\(fees) · in past 30 days · against previousPeriod"),
        ("did fees increase from May to June 2026", "\(fees) · in June 2026 · against previousPeriod"),
        (
            "this year's calls against last year's",
            "comparison · count(calls) · in this year of calls.arrived_at · against previousPeriod"
        ),
        ("fees month over month in 2025", "trend · [Port Fees] · by month · in 2025 · against previousPeriod"),
        ("fees year over year by purpose", "\(fees) · by calls.purpose · in last year · against yearBefore"),
    ]

    private static let others: [(String, String)] = [
        // Running totals.
        ("cumulative fees by month in 2025", "trend · running([Port Fees]) · by month · in 2025"),
        ("running total of fees", "trend · running([Port Fees]) · by month"),
        ("cumulative fees in 2025", "value · [Port Fees] · in 2025"),
        // The definition's own time, and whose grain counts.
        ("which month had the highest fees", "ranking · [Port Fees] · by month · order measure 0 desc · limit 1"),
        ("fees by quarter in 2024 and 2025", "trend · [Port Fees] · by quarter · in 1 Jan 2024 – 31 Dec 2025"),
        ("number of calls per month", "breakdown · count(calls) · by month of calls.arrived_at"),
        ("trend of calls", "trend · count(calls) · by month of calls.arrived_at"),
        ("fees by fiscal quarter", "trend · [Port Fees] · by fiscal_quarter"),
        ("trend of fees over 6 months", "trend · [Port Fees] · by month · in last 6 months"),
        // Years and months that are columns.
        ("total tonnes per year", "breakdown · sum(harvests.tonnes) · by harvests.year · order dimension 0"),
        ("total tonnes in 2019", "value · sum(harvests.tonnes) · where harvests.year = 2019"),
        ("how many harvests before 2018", "value · count(harvests) · where harvests.year in until 31 December 2017"),
        (
            "total tonnes per month",
            "breakdown · sum(harvests.tonnes) · by harvests.year, harvests.month · order dimension 0, dimension 1"
        ),
        (
            "total tonnes in 2019 versus 2020",
            "comparison · sum(harvests.tonnes) · in 2020 of harvests.year · against previousPeriod"
        ),
        ("number of grants per year", "breakdown · count(grants) · by grants.year · order dimension 0"),
        // What comes round again.
        ("how many calls in July across all years", "value · count(calls) · where calls.arrived_at monthOfYear [7]"),
        (
            "which days of the week have the most calls",
            "ranking · count(calls) · by weekday of calls.arrived_at · order measure 0 desc"
        ),
        (
            "which day of the week has the most calls",
            "ranking · count(calls) · by weekday of calls.arrived_at · order measure 0 desc · limit 1"
        ),
        ("fees by weekday", "breakdown · [Port Fees] · by weekday"),
        ("fees on weekends", "value · [Port Fees] · where calls.paid_at weekday [0, 6]"),
        ("calls by hour of day", "breakdown · count(calls) · by hourOfDay of calls.arrived_at"),
        (
            "calls on weekends vs weekdays",
            "breakdown · count(calls) · by on Sundays, Saturdays / on Mondays, Tuesdays, Wednesdays, Thursdays, Fridays"
        ),
        // Differences and times between.
        (
            "average time between requested_on and completed_on",
            "value · average(inspections.requested_on…inspections.completed_on day)"
        ),
        (
            "average number of days between arrived_at and paid_at by purpose",
            "breakdown · average(calls.arrived_at…calls.paid_at day) · by calls.purpose"
        ),
        (
            "difference between budget and actual by zone",
            "breakdown · sum(piers.budget - piers.actual) · by piers.zone"
        ),
        (
            "difference between the highest and lowest fee per purpose",
            "breakdown · maximum(calls.fee) - minimum(calls.fee) · by calls.purpose"
        ),
        (
            "which field has the largest difference between highest and lowest elevation",
            "ranking · sum(fields.highest_elevation - fields.lowest_elevation) · by fields.id · showing fields.field_name · order measure 0 desc · limit 1"
        ),
    ]

    @Test("Periods beside each other: the later one, and what it is held against", arguments: periods)
    func compares(question: String, sketch: String) {
        #expect(Harbour.plan(question).map(Sketch.plain) ?? "declined" == sketch)
    }

    @Test("Running totals, own times, years as numbers, weekdays, differences", arguments: others)
    func reads(question: String, sketch: String) {
        #expect(Harbour.plan(question).map(Sketch.plain) ?? "declined" == sketch)
    }

    @Test(
        "What has no sound reading is declined",
        arguments: [
            "top 3 purposes by cumulative fees by month", "cumulative tonnes by year", "Ships in Port on weekends",
            "fees in 2023 vs 2024 vs 2025", "top 5 piers by fees per month", "difference between calls and fees",
            "difference between budget and score", "average time between requested_on and budget",
            "tonnes in March 2019", "fees compared with the month after",
        ])
    func declines(question: String) throws {
        #expect(throws: (any Error).self) {
            guard try Harbour.compile(question) != nil else { throw CompileError("declined") }
        }
    }

    @Test(
        "A definition's rows are put into periods by its own date",
        arguments: [
            "fees Q1 vs Q2 2025", "which month had the highest fees", "fees by quarter in 2024 and 2025",
            "fees on weekends", "fees by weekday", "fees in 2024 against 2025 by purpose",
        ])
    func ownDate(question: String) throws {
        let sql = try Harbour.sql(question)
        #expect(sql.contains("paid_at") && !sql.contains("arrived_at"))
    }

    @Test(
        "Where the data ends within a period both end with it, and it is said",
        arguments: [
            ("fees this month compared with last month", "2026-11-14", "2026-11-15", "2026-10-15"),
            ("fees 2025 vs 2026", "2026-09-30", "2026-10-01", "2025-10-01"),
            ("fees in October 2026 vs October 2025", "2026-10-12", "2026-10-13", "2025-10-13"),
        ])
    func ends(question: String, newest: String, end: String, other: String) throws {
        let compiled = try #require(try Harbour.compile(question, newest: newest))
        #expect(compiled.sql.contains("< '\(end)'::timestamp") && compiled.sql.contains("< '\(other)'::timestamp"))
        #expect(compiled.caveats.contains { $0.hasSuffix("so both periods are compared until that day.") })
    }

    @Test(
        "A stock stands at the ends of both periods, whenever its table changed last",
        arguments: [
            ("Ships in Port year over year", "2026-11-23", "2025-11-23"),
            ("Ships in Port in 2024 vs 2025", "2026-01-01", "2025-01-01"),
        ])
    func stocks(question: String, end: String, other: String) throws {
        let sql = try Harbour.sql(question, newest: "2026-11-18")
        #expect(sql.contains("arrived_at < '\(end)'") && sql.contains("arrived_at < '\(other)'"), "\(sql)")
    }

    @Test(
        "Statements on the company's clock, in its own weeks and years",
        arguments: [
            ("calls by weekday", "ARRAY['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']"),
            ("calls by weekday", "to_char(arrived_at AT TIME ZONE 'Asia/Tokyo', 'FMDay')"),
            ("calls by hour of day", "EXTRACT(HOUR FROM arrived_at AT TIME ZONE 'Asia/Tokyo')::integer"),
            ("how many calls on Sundays", "EXTRACT(ISODOW FROM arrived_at AT TIME ZONE 'Asia/Tokyo') = 7"),
            (
                "number of calls by fiscal year",
                "date_trunc('year', arrived_at AT TIME ZONE 'Asia/Tokyo' - INTERVAL '3 months') + INTERVAL '3 months'"
            ),
            ("cumulative fees by month in 2025", "sum(COALESCE(totals.value_1, 0)) OVER (ORDER BY dates.month)"),
            ("cumulative fees by month and purpose", "OVER (PARTITION BY series.purpose ORDER BY dates.month)"),
            ("how many harvests between 2015 and 2017", "year >= 2015 AND year < 2018"),
        ])
    func statements(question: String, part: String) throws {
        let sql = try Harbour.sql(question)
        #expect(sql.contains(part), "\(sql)")
    }

    @Test("Counts by month list the months that have rows, and say so; trends have no gaps")
    func gaps() throws {
        let listed = try #require(try Harbour.compile("number of calls per month"))
        #expect(!listed.sql.contains("generate_series"))
        #expect(listed.caveats.contains("Months without rows are not listed."))
        let trend = try #require(try Harbour.compile("trend of calls"))
        #expect(trend.sql.contains("generate_series"))
        let defined = try #require(try Harbour.compile("fees per month"))
        #expect(defined.sql.contains("generate_series"))
    }

    @Test("A comparison with a period of its own is written and read back")
    func coded() throws {
        let plan = try #require(Harbour.plan("fees Q1 vs Q3 2025"))
        let data = try JSONEncoder().encode(plan)
        #expect(try JSONDecoder().decode(Plan.self, from: data) == plan)
        #expect(plan.hash == Harbour.plan("fees Q3 2025 vs Q1 2025")?.hash)
    }
}

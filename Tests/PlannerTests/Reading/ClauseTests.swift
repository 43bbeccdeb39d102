import Testing

@testable import Planner

/// Who did what to which rows, and what a row stands for.
@Suite("Clauses that say who did something, and rows that stand for several")
struct ClauseTests {
    private static let fair = SchemaQuestions(
        """
        grounds
          ground_id int
          ground_name text! | | Meadow, Quarry
          steward_id int -> wardens
        wardens
          warden_id int
          warden_name text!
        pitches
          pitch_id int
          ground_id int! -> grounds
          let_on date!
          total_amount num
        instalments
          instalment_id int
          pitch_id int! -> pitches
          amount num!
        traders
          trader_id int
          trader_name text!
          is_listed bool | still hired
        stalls
          stall_id int
          trader_id int! -> traders
          ground_id int! -> grounds
          state text! | | hired, empty
          hired_on date
          rent num
        season
          season_id int
          ground_id int! -> grounds
          term text! | | Easter, Advent
          year int!
        opening
          opening_id int
          season_id int! -> season
          trader_id int! -> traders
          joined_year int
        leaflets
          leaflet_id int
          title text!
          year int!
          printed_on date
        """)

    private static let counter = SchemaQuestions(
        """
        gtGate | gates of a park
          gtGaId int
          gtGaName text! | name | North, South
        gtVisit | visits through a gate per month
          gtVsId int
          gtVsGateId int! -> gtGate
          gtVsMonth date! | first day of the month
          gtVsKind text! | | adult, child
          gtVsCount int! | number of visits
        gtShed
          gtShId int
          gtShBedCount int | number of beds
        """)

    @Test("The total behind a ranking by a sum is that sum")
    func totals() throws {
        let question = "What are the top 3 grounds by total instalments? Return the ground name and the total amount."
        #expect(
            try Self.fair.sql(question)
                == "SELECT pitches.ground_id, grounds.ground_name, sum(instalments.amount) AS total_amount FROM instalments JOIN pitches ON pitches.pitch_id = instalments.pitch_id JOIN grounds ON grounds.ground_id = pitches.ground_id GROUP BY pitches.ground_id, grounds.ground_name ORDER BY total_amount DESC NULLS LAST, ground_id, ground_name LIMIT 3"
        )
    }

    @Test(
        "What a verb says of somebody, of another clause or of another year is not guessed",
        arguments: [
            "traders that hired more than 40 stalls",
            "grounds without any stalls that came out since September 1",
            "grounds without stalls that were hired in 2025",
            "who keeps the Meadow?",
        ])
    func declines(question: String) throws { #expect(try Self.fair.sql(question) == nil) }

    @Test("The year of a row is its own column")
    func years() throws {
        #expect(
            try Self.fair.sql("How many leaflets were printed per year?")
                == "SELECT year, count(*) AS number_of_leaflets FROM leaflets GROUP BY year ORDER BY year")
    }

    @Test(
        "Where a row stands for several, they are added up however they are asked for",
        arguments: [
            ("total number of visits", "SELECT sum(\"gtVsCount\") AS total_gt_vs_count FROM \"gtVisit\""),
            (
                "visits by kind",
                "SELECT \"gtVsKind\" AS gt_vs_kind, sum(\"gtVsCount\") AS total_gt_vs_count FROM \"gtVisit\" GROUP BY \"gtVsKind\" ORDER BY total_gt_vs_count DESC NULLS LAST, gt_vs_kind"
            ),
            (
                "Which gate was visited the most?",
                "SELECT \"gtVisit\".\"gtVsGateId\" AS gt_ga_id, \"gtGate\".\"gtGaName\" AS gt_ga_name, sum(\"gtVisit\".\"gtVsCount\") AS total_gt_vs_count FROM \"gtVisit\" JOIN \"gtGate\" ON \"gtGate\".\"gtGaId\" = \"gtVisit\".\"gtVsGateId\" GROUP BY \"gtVisit\".\"gtVsGateId\", \"gtGate\".\"gtGaName\" ORDER BY total_gt_vs_count DESC NULLS LAST, gt_ga_id, gt_ga_name LIMIT 1"
            ),
            (
                "What percentage of 2026 visits were child visits?",
                "SELECT 100.0 * sum(\"gtVsCount\") FILTER (WHERE \"gtVsKind\" = 'child') / NULLIF(sum(\"gtVsCount\"), 0) AS share_of_total_gt_vs_count_pct FROM \"gtVisit\" WHERE \"gtVsMonth\" >= '2026-01-01' AND \"gtVsMonth\" < '2027-01-01'"
            ),
            ("How many sheds are there?", "SELECT count(*) AS number_of_gt_shed FROM \"gtShed\""),
        ])
    func tallies(question: String, sql: String) throws { #expect(try Self.counter.sql(question) == sql) }

    private static let school = SchemaQuestions(
        """
        pupils
          pupil_id int
          name text!
          enrollment_year int
        terms
          term_id int
          semester text! | | Fall, Spring
          year int!
        enrollments
          enrollment_id int
          pupil_id int! -> pupils
          term_id int! -> terms
        """)

    @Test("A year right behind a term is not that of somebody's first one")
    func strayYear() throws {
        #expect(try Self.school.sql("How many pupils enrolled in the fall semester of 2025?") == nil)
    }
}

import Testing

@testable import Planner

/// A theatre: keys by name, ends that may be empty, numbers of rows that others belong to.
@Suite("Words of a foreign schema: theatre")
struct TheatreWordsTests {
    private static let schema = SchemaQuestions(
        """
        director
          director_id int
          first_name text!
          last_name text!
        production
          production_id int
          title text! | | Hamlet, Carmen
          genre text! | | tragedy, comedy
          director_id int -> director
          premiere_date date!
          closing_date date
          budget_cents int! | Budget in cents
        performer
          performer_id int
          full_name text!
          gender text | | F, M
          hired_on date!
          left_on date
        performance
          performance_id int
          production_id int! -> production
          starts_at timestamp!
          status text! | | scheduled, held, cancelled
        patron
          patron_id int
          full_name text!
          is_donor bool!
        ticket
          ticket_id int
          performance_id int! -> performance
          patron_id int -> patron
          guest_id int -> patron
          price_cents int! | Price paid in cents
          sold_at timestamp!
        """)

    @Test(
        "Rows are counted by how many others belong to them",
        arguments: [
            (
                "How many patrons bought at least 20 tickets?",
                "SELECT count(*) AS number_of_patron FROM patron "
                    + "WHERE (SELECT count(*) FROM ticket WHERE patron_id = patron.patron_id) >= 20"
            ),
            (
                "How many patrons bought more than 2 tickets in 2025?",
                "SELECT count(*) AS number_of_patron FROM patron "
                    + "WHERE (SELECT count(*) FROM ticket WHERE patron_id = patron.patron_id AND "
                    + "(sold_at >= '2025-01-01' AND sold_at < '2026-01-01')) > 2"
            ),
        ])
    func counted(question: String, statement: String) throws {
        #expect(try Self.schema.sql(question) == statement)
    }

    @Test(
        "The first of each group is found in its group",
        arguments: [
            (
                "What is the most expensive ticket of each patron?",
                ["price_cents = (SELECT max(price_cents) FROM ticket", "patron_id IS NOT DISTINCT FROM"]
            ),
            (
                "What are the 3 most expensive productions by budget?", ["ORDER BY budget_cents DESC", "LIMIT 3"]
            ),
        ])
    func extremes(question: String, parts: [String]) throws {
        let statement = try #require(try Self.schema.sql(question))
        for part in parts { #expect(statement.contains(part), "\(statement)") }
    }

    @Test(
        "States are told by ends that may be empty and by words that mean something else elsewhere",
        arguments: [
            ("How many performances were held?", "status = 'held'"),
            ("Which performers are still employed?", "left_on IS NULL"),
            ("How many current performers are there?", "left_on IS NULL"),
            ("List the productions that are still running.", "closing_date IS NULL"),
            ("How many performers are women?", "gender = 'F'"),
            ("What is the cancellation rate of performances?", "FILTER (WHERE status = 'cancelled')"),
            ("Which production has the highest cancellation rate?", "ORDER BY share_of_performance_pct DESC"),
            ("How many donors are there among the patrons?", "is_donor"),
        ])
    func states(question: String, part: String) throws {
        let statement = try #require(try Self.schema.sql(question))
        #expect(statement.contains(part), "\(statement)")
    }

    @Test("The key that is called as the table is goes before one with a role")
    func ownKey() throws {
        let statement = try #require(try Self.schema.sql("Which director has directed the fewest productions?"))
        #expect(statement.contains("ORDER BY number_of_production, director_id"))
        let owned = try #require(try Self.schema.sql("Which patrons have no tickets?"))
        #expect(owned.contains("WHERE patron_id = patron.patron_id"))
    }
}

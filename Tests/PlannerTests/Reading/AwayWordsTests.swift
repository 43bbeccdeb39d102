import Testing

@testable import Planner

/// What is handed over and comes back, states of rows, and what rows are called by.
@Suite("What is out, whose state it is, and what names a row")
struct AwayWordsTests {
    private static let schema = SchemaQuestions(
        """
        canoes
          canoe_id int
          canoe_tag text!
          maker_name text
          bought_on date
        guests
          guest_id int
          name text!
        rentals
          rental_id int
          canoe_id int! -> canoes
          guest_id int! -> guests
          checkout_date date
          due_date date
          return_date date
        repairs
          repair_id int
          canoe_id int! -> canoes
          started date!
          remark text
        parts_orders
          po_id int
          repair_id int! -> repairs
          start_dt date!
          end_dt date
        """)

    @Test(
        "Out is what has not come back; the day of the handing over is no end",
        arguments: [
            "How many rentals are still out?", "How many rentals are out?", "How many rentals are open?",
            "How many rentals are ongoing?", "How many rentals are out at the moment?",
        ])
    func out(question: String) throws {
        #expect(
            try Self.schema.sql(question)
                == "SELECT count(*) AS number_of_rentals FROM rentals WHERE return_date IS NULL")
    }

    @Test("Things are out whose row has no end")
    func thingsOut() throws {
        let open = "EXISTS (SELECT 1 FROM rentals WHERE canoe_id = canoes.canoe_id AND return_date IS NULL)"
        #expect(
            try Self.schema.sql("Which canoes have not been returned?")
                == "SELECT canoe_id, canoe_tag FROM canoes WHERE \(open) ORDER BY canoe_id")
    }

    @Test(
        "What is out, or goes on, is not guessed",
        arguments: [
            "How many canoes are still out?", "How many repairs are still out?", "How many repairs are on loan?",
            "How many repairs are ongoing?", "Count the ongoing repairs", "List the open repairs",
        ])
    func declined(question: String) throws { #expect(try Self.schema.sql(question) == nil) }

    @Test("The state of rows that are named is theirs")
    func ofNamed() throws {
        #expect(
            try Self.schema.sql("How many parts orders are ongoing?")
                == "SELECT count(*) AS number_of_parts_orders FROM parts_orders WHERE end_dt IS NULL")
        #expect(try Self.schema.sql("Break the number of repairs out by month") != nil)
    }

    @Test("A condition stays one where a sentence behind it says what is shown")
    func shownBehind() throws {
        let there = "FROM repairs WHERE NULLIF(remark, '') IS NOT NULL ORDER BY repair_id"
        #expect(
            try Self.schema.sql("Which repairs have a remark? Give the repair id and remark.")
                == "SELECT repair_id, remark \(there)")
        #expect(
            try Self.schema.sql("Which repairs have a remark? Show the repair id.")
                == "SELECT repair_id \(there)")
    }

    @Test("Rows are called by their tag, and not by whom they come from")
    func labels() throws {
        #expect(
            try Self.schema.sql("Which canoes were bought in 2025?")
                == "SELECT canoe_id, canoe_tag, bought_on FROM canoes WHERE bought_on >= '2025-01-01' AND bought_on < '2026-01-01' ORDER BY canoe_id"
        )
        #expect(
            try Self.schema.sql("Which makers did our canoes come from?")
                == "SELECT DISTINCT maker_name FROM canoes WHERE NULLIF(maker_name, '') IS NOT NULL ORDER BY maker_name"
        )
    }

    private static let market = SchemaQuestions(
        """
        stall
          stall_id int
          name text!
          street text
        category
          id int
          stall_id int! -> stall
          category_name text! | | Bakers, Cobblers
        """)

    @Test("Things of a kind are called by their own name")
    func kinds() throws {
        #expect(
            try Self.market.sql("List the name and street of all cobblers.")
                == "SELECT name, street FROM stall WHERE EXISTS (SELECT 1 FROM category WHERE stall_id = stall.stall_id AND category_name = 'Cobblers') ORDER BY stall.stall_id"
        )
    }

    private static let land = SchemaQuestions(
        """
        province
          province_name text | | Umbra, Lenz
          population int
        city
          city_id int
          city_name text!
          population int
          province_name text! -> province
        """)

    @Test(
        "A whole that has a number of its own is not the sum of its parts", arguments: ["province", "whole province"])
    func whole(_ whole: String) throws {
        #expect(
            try Self.land.sql(
                "What is the ratio of the population of the cities in Umbra to the population of the \(whole)?") == nil)
    }
}

import Testing

@Suite("What is no question, or asks for what the rows do not tell, has no plan")
struct GuardedReadingTests {
    private static let bureau = SchemaQuestions(
        """
        branches | Branches
          id int
          name text!
          town text! | | Lugano, Vaduz
        brokers | Brokers
          id int
          full_name text!
          branch_id int! -> branches
          margin_pct numeric!
          hired_on date!
          status text! | | active, barred
          barred_at ts
        signs | Signs at the door
          id int
          flat int! -> flats
          colour text! | | red, blue
          removed_at ts
          cost numeric!
        flats | Flats to let
          id int
          title text!
          broker_id int! -> brokers
          rent numeric!
          closed_on date!
        viewings | Viewings of flats
          id int
          flat_id int! -> flats
          guide_id int! -> brokers
          checked_in_at ts!
          checked_out_at ts
          purpose text! | | rent, resale
          score int
        """)

    @Test(
        "Orders, forecasts, summed percentages and unsaid arrivals are declined",
        arguments: [
            "Bar every broker in Vaduz", "Will rents in Lugano rise next year?", "total margin by branch",
            "average margin in 2026",
            "How many flats will Vaduz get in 2027?", "signs newer than 2020",
            "viewings by a guide other than the flat's broker",
        ])
    func declines(question: String) throws {
        #expect(try Self.bureau.sql(question) == nil)
    }

    @Test(
        "What is asked like them is answered",
        arguments: [
            ("barred brokers in Vaduz", "status = 'barred'"), ("average margin by branch", "avg(brokers.margin_pct)"),
            ("average margin of brokers hired in 2026", "hired_on >= '2026-01-01'"),
            ("viewings in 2026", "checked_in_at >= '2026-01-01'"),
            ("average length of a viewing in minutes", "checked_out_at - checked_in_at"),
            (
                "Which brokers were barred in 2026? Return the full name and when they were barred.",
                "SELECT full_name, barred_at FROM"
            ),
            ("List the signs above 1000 EUR with their flat, sorted by cost", "flats.title"),
            ("which purpose of viewing gets the worst scores?", "avg(score)"),
            ("how many viewings does a flat have on average?", "avg(value)"),
        ])
    func answers(question: String, part: String) throws {
        let sql = try Self.bureau.sql(question)
        #expect(sql?.contains(part) == true, "\(sql ?? "none")")
    }
}

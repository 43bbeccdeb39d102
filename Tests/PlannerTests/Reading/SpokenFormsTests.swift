import Testing

@testable import Planner

@Suite("People's longer ways of asking say the same as the short ones")
struct SpokenFormsTests {
    private static let radio = SchemaQuestions(
        """
        stations | Radio stations
          id int
          name text!
          city text! | | Bremen, Porto
        shows | Shows
          id int
          title text!
          station_id int! -> stations
          language text! | | English, German
        editions | Editions of shows
          id int
          show_id int! -> shows
          title text!
          aired_at ts!
          duration_s int! | Length in seconds
        reviews | Reviews of shows
          id int
          show_id int! -> shows
          stars int!
          written_on date!
        spots | Advertising spots
          id int
          edition_id int! -> editions
          price_cents int! | Price in euro cents
          sold_on date!
          status text! | | confirmed, cancelled, no_show
        supporters | Supporters
          id int
          full_name text!
          city text! | | Bremen, Porto
        pledges | Pledges of supporters
          id int
          supporter_id int! -> supporters
          amount num!
          pledged_on date!
          channel text! | | online, phone
        outings | Outings
          id int
          station_id int! -> stations
          title text!
          planned_on date!
        """)

    @Test(
        "A verb of money is the sum of the one amount that its rows have",
        arguments: [
            ("Which supporter has pledged the most so far, and how much?", "sum(pledges.amount)", "LIMIT 1"),
            ("Which supporter gave us the most money?", "sum(pledges.amount)", "LIMIT 1"),
            ("How much did each supporter contribute, from most to least?", "sum(pledges.amount)", "GROUP BY"),
            ("How much has been pledged to date?", "sum(amount)", "FROM pledges"),
            ("How much did supporters in Porto pledge?", "sum(pledges.amount)", "city = 'Porto'"),
        ])
    func money(question: String, number: String, rest: String) throws {
        let sql = try #require(try Self.radio.sql(question))
        #expect(sql.contains(number) && sql.contains(rest), "\(sql)")
    }

    @Test(
        "Money of rows that may have been called off is not added up by a verb alone",
        arguments: ["Which show brought in the most money?", "How much did each show earn?"])
    func states(question: String) throws {
        #expect(try Self.radio.sql(question) == nil)
    }

    @Test(
        "Numbers are told in the unit that was asked for, and compared in the one they are kept in",
        arguments: [
            ("What is the average duration in minutes?", "avg(duration_s / 60.0)"),
            ("What is the average spot price in euros?", "avg(price_cents / 100.0)"),
            ("Which editions are longer than 30 minutes?", "duration_s > 1800"),
            ("Which spots cost over 100 euros?", "price_cents > 10000"),
        ])
    func units(question: String, part: String) throws {
        let sql = try #require(try Self.radio.sql(question))
        #expect(sql.contains(part), "\(sql)")
    }

    @Test("Cents of one currency are not told in another one")
    func currencies() throws {
        #expect(try Self.radio.sql("What is the average spot price in dollars?") == nil)
    }

    @Test(
        "What stands before, aside or behind is the condition that it says",
        arguments: [
            ("Number of 1-star reviews each year", "WHERE stars = 1"),
            ("How many 5-star reviews does each show have?", "WHERE reviews.stars = 5"),
            ("Total pledged amount by channel, leaving phone aside", "channel <> 'phone'"),
            ("What share of spots ended as no-shows?", "FILTER (WHERE status = 'no_show')"),
            ("What percentage of 2026 pledges came from the phone channel?", "pledged_on >= '2026-01-01'"),
            ("Number of spots by status, counting only spots sold in 2026", "sold_on >= '2026-01-01'"),
            ("Which cities have more than one of our stations?", "HAVING count(*) > 1"),
            ("How many editions has each show aired?", "GROUP BY editions.show_id"),
            ("How many reviews has each show received?", "GROUP BY reviews.show_id"),
        ])
    func conditions(question: String, part: String) throws {
        let sql = try #require(try Self.radio.sql(question))
        #expect(sql.contains(part), "\(sql)")
    }

    @Test("Rows of one period and none of the other are two conditions")
    func butNot() throws {
        let sql = try #require(try Self.radio.sql("Which supporters pledged in 2025 but not in 2026?"))
        #expect(sql.contains("WHERE EXISTS") && sql.contains("AND NOT EXISTS"), "\(sql)")
    }

    @Test(
        "The next one is the first that lies ahead",
        arguments: ["What is the next outing?", "When is the next planned outing?"])
    func next(question: String) throws {
        let sql = try #require(try Self.radio.sql(question))
        #expect(sql.contains("planned_on >= '2026-11-23' ORDER BY planned_on"), "\(sql)")
    }

    @Test("How long the longest is says the number that it was found by")
    func lengths() throws {
        let sql = try #require(try Self.radio.sql("What is the longest edition and how many seconds does it last?"))
        #expect(sql.hasPrefix("SELECT title, duration_s FROM editions ORDER BY duration_s DESC"), "\(sql)")
    }

    private static let store = SchemaQuestions(
        """
        makers | Makers
          id int
          name text!
        lamps | Lamps
          id int
          maker_id int! -> makers
          price num!
          listed_on date!
        sales | Sales of lamps
          id int
          lamp_id int! -> lamps
          quantity int!
          sold_on date!
        """)

    @Test("The price of what is for sale is nothing that somebody has paid")
    func listPrices() throws {
        #expect(try Self.store.sql("Which maker brought in the most money?") == nil)
    }
}

import Testing

@testable import Planner

/// Questions as people put them to a database that nobody has described: places, lists, verbs, periods.
@Suite("Plain questions about a schema without definitions")
struct PlainQuestionTests {
    private static let club = SchemaQuestions(
        """
        plans
          id int
          name text! | | Basic, Premium
          monthly_fee num!
        members
          id int
          first_name text!
          last_name text!
          email text
          birth_date date
          plan_id int! -> plans
          joined_on date!
          cancelled_on date
        classes
          id int
          title text!
          category text | | Yoga, Cardio
          starts_at timestamp!
          duration_minutes int
        bookings
          id int
          class_id int! -> classes
          member_id int! -> members
          booked_at timestamp!
          status text! | booked, attended, cancelled | booked, attended, cancelled
        payments
          id int
          member_id int! -> members
          amount num!
          paid_on date!
          method text | | card, cash
        """)

    private static let desk = SchemaQuestions(
        """
        usr
          id int
          nm text!
        agt
          id int
          nm text!
          team text | | Desktop, Apps
          lvl int | support level of the agent
          founded int
        tkt
          id int
          ttl text!
          usr_id int! -> usr
          agt_id int -> agt
          st text! | status: O = open, R = resolved, C = closed | O, R, C
          opn_dt timestamp | when the ticket was opened
          res_dt timestamp | when the ticket was resolved, NULL if not yet
        srvy
          id int
          tkt_id int! -> tkt
          score int | satisfaction score 1 to 5
        Job_Posting
          Job_ID int
          Job_Title text!
          Bedrooms int
          Location text
          List_Date date
          Sold_Date date
          Price num
          Sold_Price num
        """)

    @Test(
        "A place behind the first one is counted from the greatest",
        arguments: [
            ("What is the second highest monthly fee?", "SELECT DISTINCT monthly_fee", "LIMIT 1 OFFSET 1"),
            ("What is the 3rd lowest monthly fee of plans?", "ORDER BY monthly_fee", "OFFSET 2"),
            ("Which member has the second most bookings?", "ORDER BY number_of_bookings DESC", "OFFSET 1"),
            ("What is the third longest class?", "duration_minutes DESC", "OFFSET 2"),
        ])
    func places(question: String, order: String, place: String) throws {
        let statement = try #require(try Self.club.sql(question))
        #expect(statement.contains(order) && statement.contains(place), "\(statement)")
    }

    @Test("A place within each group is not computed")
    func placesOfGroups() throws {
        #expect(try Self.club.sql("What is the second highest payment amount per member?") == nil)
    }

    @Test(
        "Periods are shown and ordered as such",
        arguments: [
            (
                "How many payments were there per month in 2026? Return the month and the number of payments.",
                "ORDER BY month"
            ),
            ("How many payments were there per month, newest first?", "ORDER BY month DESC"),
            ("How many payments were there per month, earliest first?", "ORDER BY month"),
            ("How many payments were there per month, ordered by month descending?", "ORDER BY month DESC"),
            ("How many payments were there per month, highest first?", "ORDER BY number_of_payments DESC"),
        ])
    func periods(question: String, order: String) throws {
        let statement = try #require(try Self.club.sql(question))
        #expect(statement.contains(order), "\(statement)")
    }

    @Test(
        "What happened to the rows themselves goes before what others are called",
        arguments: [
            ("Which members have not cancelled?", "WHERE cancelled_on IS NULL"),
            ("How many members have cancelled?", "WHERE cancelled_on IS NOT NULL"),
            ("How many bookings are cancelled?", "WHERE status = 'cancelled'"),
            ("How many members attended a yoga class?", "bookings.status = 'attended'"),
        ])
    func ownEvents(question: String, part: String) throws {
        let statement = try #require(try Self.club.sql(question))
        #expect(statement.contains(part), "\(statement)")
    }

    @Test(
        "The most booked are those with the most bookings, whatever has become of these",
        arguments: ["What are the 3 most booked classes?", "Which class has been booked most often?"])
    func deedRanks(question: String) throws {
        let statement = try #require(try Self.club.sql(question))
        #expect(statement.contains("count(*)") && !statement.contains("status"), "\(statement)")
    }

    @Test("Different ones of what each row has one of are not counted")
    func singles() throws { #expect(try Self.club.sql("How many different plans does each member have?") == nil) }

    @Test(
        "What is shown of listed rows is no condition and no sum",
        arguments: [
            ("List the members with their email and join date.", "SELECT first_name, last_name, email, joined_on"),
            ("List the plans with their monthly fee, ordered by monthly fee.", "SELECT name, monthly_fee"),
            ("What is the youngest member's name and birth date?", "first_name, last_name"),
        ])
    func shown(question: String, columns: String) throws {
        let statement = try #require(try Self.club.sql(question))
        #expect(statement.contains(columns) && !statement.contains("WHERE"), "\(statement)")
    }

    @Test(
        "Numbers said without their name are those that rows have one of",
        arguments: [
            ("How many payments above 50 were made by card?", "amount > 50"),
            ("What is the highest payment per member?", "max(payments.amount)"),
            ("How many classes last more than 45 minutes?", "duration_minutes > 45"),
            ("What is the average duration of classes longer than 30 minutes?", "duration_minutes > 30"),
        ])
    func amounts(question: String, part: String) throws {
        let statement = try #require(try Self.club.sql(question))
        #expect(statement.contains(part), "\(statement)")
    }

    @Test(
        "So many of what is ranked are that many, and the value of rows is added up",
        arguments: [
            ("Return the name and monthly fee of the 2 plans with the largest monthly fee.", "LIMIT 2"),
            ("What is the total value of the payments by method?", "sum(amount)"),
            ("Which plan has the highest number of members?", "count(*)"),
        ])
    func wholes(question: String, part: String) throws {
        let statement = try #require(try Self.club.sql(question))
        #expect(statement.contains(part) && !statement.contains("HAVING"), "\(statement)")
    }

    @Test("The first of each is not every one")
    func firstOfEach() throws {
        #expect(try Self.club.sql("What is the average time between joining and first booking of members?") == nil)
    }

    @Test(
        "Short names and short descriptions are read",
        arguments: [
            ("How many tickets does each agent have?", "GROUP BY tkt.agt_id"),
            ("What is the average satisfaction score?", "avg(score)"),
            ("How many agents are there per level?", "GROUP BY lvl"),
            ("What is the average resolution time in hours?", "avg(EXTRACT(EPOCH FROM res_dt - opn_dt) / 3600)"),
            ("Which agent has resolved the most tickets?", "tkt.res_dt IS NOT NULL"),
            ("How many resolved tickets are there?", "st = 'R'"),
            ("Which users have never opened a ticket?", "NOT EXISTS (SELECT 1 FROM tkt"),
            ("Return the id and nm of users who have never opened a ticket.", "SELECT id AS usr_id, nm"),
            ("Which agent was founded first?", "ORDER BY founded"),
            ("How many jobs are there?", "FROM \"Job_Posting\""),
            ("Which are the 3 most expensive jobs?", "ORDER BY price DESC"),
            ("How many job postings were there in 2026?", "\"List_Date\" >= '2026-01-01'"),
            (
                "List the job title, location and number of bedrooms of job postings.",
                "AS location, \"Bedrooms\" AS bedrooms"
            ),
        ])
    func shortNames(question: String, part: String) throws {
        let statement = try #require(try Self.desk.sql(question))
        #expect(statement.lowercased().contains(part.lowercased()), "\(statement)")
    }

    @Test("Values that are listed behind “were” are told apart, with “or” they are not")
    func listedValues() throws {
        let each = try #require(try Self.club.sql("How many bookings were booked, attended and cancelled?"))
        #expect(each.contains("GROUP BY status"), "\(each)")
        let all = try #require(try Self.club.sql("How many bookings were attended or cancelled?"))
        #expect(!all.contains("GROUP BY"), "\(all)")
    }
}

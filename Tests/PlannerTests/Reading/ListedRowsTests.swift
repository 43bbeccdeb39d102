import Testing

@testable import Planner

@Suite("Which rows are listed, and what of them")
struct ListedRowsTests {
    @Test(
        "First and last names are columns and rank nothing",
        arguments: [
            ("Return the first and last name of guides who have no tours", "SELECT first_name, last_name FROM guides"),
            ("first and last name of guides", "SELECT first_name, last_name FROM guides"),
            ("last name of the guides", "SELECT last_name FROM guides"),
            ("first, middle and last name of guides", "SELECT first_name, middle_name, last_name FROM guides"),
            ("last name and first name of guides", "SELECT last_name, first_name FROM guides"),
        ])
    func names(_ question: String, _ start: String) throws {
        let sql = try #require(try Tours.sql(question))
        #expect(sql.hasPrefix(start) && !sql.contains("LIMIT"), "\(sql)")
    }

    @Test("“last” before anything else is still the latest")
    func last() throws { #expect(try Tours.sql("the last tour")?.contains("started_at DESC NULLS LAST") == true) }

    @Test("Where things are is no list of them", arguments: ["Where do our guides come from?", "where are the venues"])
    func places(_ question: String) throws { #expect(try Tours.sql(question) == nil) }

    @Test(
        "Several columns of the row with the extreme",
        arguments: [
            ("Name and city of the biggest venue, please", "ORDER BY venues.area_m2 DESC"),
            ("Name the guide with the highest wage", "wage DESC"),
            ("lowest rated city of venues", "avg(rating) AS average_rating"),
        ])
    func extremes(_ question: String, _ order: String) throws {
        let sql = try #require(try Tours.sql(question))
        #expect(sql.contains(order) && sql.hasSuffix("LIMIT 1") && !sql.contains("count("), "\(sql)")
    }

    @Test(
        "What rows are called by their kind are the rows that have it",
        arguments: [
            "all museums", "List the museums in Ghent", "How many museums are in Ghent?",
            "museums with a rating above 4",
        ])
    func kinds(_ question: String) throws {
        let sql = try #require(try Tours.sql(question))
        #expect(sql.contains("FROM venues") && sql.contains("EXISTS") && sql.contains("tag_name = 'Museums'"), "\(sql)")
    }

    @Test(
        "What is there, and what is not",
        arguments: [
            ("Which guides have a fax number?", "NULLIF(fax_number, '') IS NOT NULL"),
            ("guides without a fax number", "NULLIF(fax_number, '') IS NULL"),
            ("How many nonstop tours are there?", "stops = 0 OR stops IS NULL"),
            ("tours without stops", "stops = 0 OR stops IS NULL"),
            ("tours with a stop", "stops > 0"),
            ("tours without a guide", "guide_id IS NULL"),
            ("venues without a guide", "guide_id IS NOT NULL)"),
        ])
    func presence(_ question: String, _ condition: String) throws {
        let sql = try #require(try Tours.sql(question))
        #expect(sql.contains(condition), "\(sql)")
    }

    @Test(
        "What happened at no time that was said has happened at all",
        arguments: [
            ("finished tours", "finished_at IS NOT NULL"),
            ("How many finished tours are there?", "finished_at IS NOT NULL"),
            ("unfinished tours", "finished_at IS NULL"),
            ("tours finished in 2025", "finished_at >= '2025-01-01'"),
            ("tours finished after the promised date", "finished_at > "),
        ])
    func events(_ question: String, _ condition: String) throws {
        let sql = try #require(try Tours.sql(question))
        #expect(sql.contains(condition), "\(sql)")
        if sql.contains("2025") { #expect(!sql.contains("IS NOT NULL"), "\(sql)") }
    }

    @Test("A word is taken for the rows' own column before that of other rows")
    func ownColumn() throws {
        let sql = try #require(try Tours.sql("guides in level 3"))
        #expect(sql.contains("tour_level = 3") && !sql.contains("mishaps"), "\(sql)")
    }

    @Test("Numbers of rows are not put together because they are equal")
    func numbers() throws {
        let sql = try #require(try Tours.sql("wages of the guides"))
        #expect(sql.contains("first_name, last_name, wage") && !sql.contains("DISTINCT"), "\(sql)")
    }

    @Test(
        "A word that hardly fits, or fits something else, answers nothing",
        arguments: [
            "severe mishaps", "tours still in use", "venue delays", "tours of a certain mood",
        ])
    func declined(_ question: String) throws { #expect(try Tours.sql(question) == nil) }

    @Test("Words that promise a choice and make none are shown as not used")
    func unused() {
        guard case .plan(let planned) = Tours.planner.plan("How many particular tours are there?") else {
            Issue.record("It is not passed over.")
            return
        }
        #expect(planned.unused == ["particular"])
    }

    @Test("A word that was taught to change nothing is shown as not used")
    func taught() {
        let context = PlanContext(remembered: [.excludedWord("jolly")])
        guard case .plan(let planned) = Tours.planner.plan("How many jolly tours are there?", context: context) else {
            Issue.record("It is not passed over.")
            return
        }
        #expect(planned.unused == ["jolly"])
        #expect(planned.plan.conditions.isEmpty)
    }
}

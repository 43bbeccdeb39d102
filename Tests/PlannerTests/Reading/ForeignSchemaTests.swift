import Planner
import Testing

@Suite("Schemas that nobody has described")
struct ForeignSchemaTests {
    @Test(
        "What belongs to many is counted and averaged in the table of pairs",
        arguments: [
            ("How many tools are there per use?", ["count(DISTINCT tool_uses.tool_id)", "uses.use_name"]),
            ("What are the top 3 uses by number of tools?", ["count(DISTINCT tool_uses.tool_id)", "LIMIT 3"]),
            ("Average price of tools per use", ["avg(tools.price)", "FROM tool_uses"]),
            ("Which uses have more than 2 tools?", ["HAVING count(DISTINCT tool_uses.tool_id) > 2"]),
        ])
    func pairs(_ question: String, _ parts: [String]) throws {
        let sql = try #require(try Toolshed.sql(question))
        for part in parts { #expect(sql.contains(part), "\(sql)") }
    }

    @Test("What belongs to many has no share of a total")
    func shares() {
        #expect(throws: CompileError.self) { try Toolshed.sql("What share of tools does each use have?") }
    }

    @Test(
        "A verb is a row of the table that it leaves behind",
        arguments: [
            ("Top 3 makers by number of tools sold", ["FROM sales", "count(*)", "tools.maker", "LIMIT 3"]),
            ("How many tools did we sell in 2023?", ["FROM sales", "count(*)", "sold_on >= '2023-01-01'"]),
            ("Which tools have never been borrowed?", ["FROM tools", "NOT EXISTS (SELECT 1 FROM loans"]),
            ("Which members never borrowed anything?", ["FROM members", "NOT EXISTS (SELECT 1 FROM loans"]),
            ("Which tools were sold more than once?", ["HAVING count(*) > 1", "FROM sales"]),
            ("Who borrowed the most tools?", ["FROM loans", "count(DISTINCT loans.tool_id)", "LIMIT 1"]),
            ("Top borrower by number of loans", ["members.full_name", "FROM loans", "LIMIT 1"]),
            ("Which members borrowed more than 5 tools?", ["FROM loans", "HAVING count(DISTINCT loans.tool_id) > 5"]),
            ("How many different tools has Ada Holt borrowed?", ["EXISTS (SELECT 1 FROM loans", "Ada Holt"]),
        ])
    func deeds(_ question: String, _ parts: [String]) throws {
        let sql = try #require(try Toolshed.sql(question))
        for part in parts { #expect(sql.contains(part), "\(sql)") }
        #expect(!sql.contains("manager_id"), "\(sql)")
    }

    @Test("Whether things count once or every time is not guessed")
    func counting() throws {
        #expect(try Toolshed.sql("Top 3 members by number of tools borrowed") == nil)
        #expect(try Toolshed.sql("Top 3 members by number of different tools borrowed")?.contains("DISTINCT") == true)
    }

    @Test(
        "What has begun and has not ended is open, out or there at the moment",
        arguments: [
            ("How many loans are still open?", "returned_on IS NULL"),
            ("Which tools are out on loan?", "returned_on IS NULL"),
            ("How many fees have not been paid yet?", "paid_on IS NULL"),
        ])
    func states(_ question: String, _ condition: String) throws {
        let sql = try #require(try Toolshed.sql(question))
        #expect(sql.contains(condition) && !sql.contains("opened_on"), "\(sql)")
    }

    @Test(
        "Columns answer to what people say for them",
        arguments: [
            ("What is the serial number of each tool?", ["serial_no"]),
            ("Which members have no email address?", ["NULLIF(email, '') IS NULL"]),
            ("Members born before 1960", ["birth_year <= 1959"]),
            ("How many tools were manufactured in 2020?", ["count(*)", "year_made = 2020"]),
            ("How many members have an A membership?", ["membership = 'A'"]),
            ("Who is the manager of Mill Shed?", ["members.full_name", "branches.name = 'Mill Shed'"]),
            ("total fees charged in 2023", ["sum(amount)", "charged_on >= '2023-01-01'"]),
            ("Average price per maker, rounded to one decimal", ["round(avg(price)::numeric, 1)"]),
        ])
    func names(_ question: String, _ parts: [String]) throws {
        let sql = try #require(try Toolshed.sql(question))
        for part in parts { #expect(sql.contains(part), "\(sql)") }
    }

    @Test("How many of the best are wanted may be said at the end")
    func limits() throws {
        #expect(try Toolshed.sql("Members by number of loans, top 3")?.hasSuffix("LIMIT 3") == true)
        #expect(
            try Toolshed.sql("Which makers have the most tools? Show the top 2 with the number of tools.")?
                .hasSuffix("LIMIT 2") == true)
    }
}

import Testing

@testable import Planner

@Suite("Names of some of a table's rows")
struct NamedRowsTests {
    @Test(
        "What a number is called after are rows, where rows are asked for",
        arguments: [
            (
                "Which paying members in Leeds have dues over 100?",
                ["ended_at IS NULL", "HAVING SUM(fee) > 100", "Leeds"]
            ),
            ("list paying members", ["FROM members", "EXISTS", "ended_at IS NULL"]),
            ("Bounced bills of last month", ["SELECT id", "status = 'bounced'", "2026-04-01"]),
            ("bounced bills by city", ["city", "count(*)", "status = 'bounced'"]),
            ("How many bounced bills were there?", ["count(*)", "status = 'bounced'"]),
            ("members with two or more bounced bills", ["HAVING count(*) >= 2", "status = 'bounced'"]),
        ])
    func rows(_ question: String, _ parts: [String]) throws {
        let sql = try #require(try Gym.sql(question))
        for part in parts { #expect(sql.contains(part), "\(sql)") }
        #expect(!sql.contains("100.0"), "\(sql)")
    }

    @Test("The number itself is given where a number is asked for")
    func numbers() {
        #expect(Gym.plan("How many paying members do we have?")?.plan.measures == [.metric("Running Passes")])
        #expect(Gym.plan("bounce rate by city")?.plan.measures == [.metric("Bounce Rate")])
    }

    @Test(
        "A table of several kinds is asked for the kind that was said",
        arguments: [
            ("How many athletes ever upgraded?", "switch_type = 'upgrade'"),
            ("How many members downgraded in 2025?", "switch_type = 'downgrade'"),
            ("members who upgraded last year", "switch_type = 'upgrade'"),
            ("members without upgrades", "switch_type = 'upgrade'"),
            ("members with more than 2 downgrades", "switch_type = 'downgrade'"),
        ])
    func kinds(_ question: String, _ condition: String) throws {
        let sql = try #require(try Gym.sql(question))
        #expect(sql.contains(condition) && sql.contains("members"), "\(sql)")
    }

    @Test("Two kinds at once are rows of their own each")
    func bothKinds() throws {
        let sql = try #require(try Gym.sql("members with both an upgrade and a downgrade"))
        #expect(sql.split(separator: "EXISTS").count == 3 && !sql.contains("COUNT"), "\(sql)")
    }

    @Test("A rate, a word that is a state and a word for a cycle keep what stands beside them")
    func kept() throws {
        #expect(try Gym.sql("settled amount in 2025")?.contains("status = 'settled'") == true)
        #expect(Gym.plan("settlement rate") == nil)
        #expect(try Gym.sql("How many running passes are monthly?")?.contains("billing_cycle = 'monthly'") == true)
    }

    @Test("What somebody is doing is not taken for what has been done")
    func present() {
        #expect(Gym.plan("Are members upgrading or downgrading?") == nil)
        #expect(Gym.plan("How many complaining members are there?") == nil)
    }

    @Test("What says nothing but that rows came to be belongs to the rows it is said of")
    func origins() throws {
        let sql = try #require(try Gym.sql("How many members were created in 2024?"))
        #expect(sql.contains("joined_on >= '2024-01-01'") && !sql.contains("complaints"), "\(sql)")
        #expect(Gym.plan("How many members were closed in 2024?") == nil)
    }

    @Test("Conditions of definitions are read only where a plan can say the same")
    func filters() {
        let table = TableID(name: "bills")
        func read(_ text: String) -> [Condition]? {
            FilterText.conditions(text, of: table, columns: ["status", "paid_at", "amount", "is_open"])
        }
        #expect(
            read("status IN ('a', 'b') AND paid_at IS NOT NULL") == [
                .oneOf(ColumnID(table, "status"), ["a", "b"]), .not(.isEmpty(ColumnID(table, "paid_at"))),
            ])
        #expect(read("is_open AND amount > 10")?.count == 2)
        #expect(read("NOT is_open") == [.not(.isTrue(ColumnID(table, "is_open")))])
        for text in [
            "status = 'it''s'", "status = 'a' OR amount > 1", "lower(status) = 'a'", "paid_at > now()", "other = 1",
            "status = 'a' AND", "",
        ] {
            #expect(read(text) == nil, "\(text)")
        }
    }
}

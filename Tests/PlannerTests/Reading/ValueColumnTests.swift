import Testing

@testable import Planner

@Suite("Values: which column, which rows")
struct ValueColumnTests {
    @Test(
        "A value of two columns is asked back where nothing prefers one of them",
        arguments: [
            "gold members", "How many gold members are there?", "what percentage of members are on gold",
            "dues of gold members",
        ])
    func rivals(_ question: String) {
        #expect(Gym.choices(question) == ["body type gold of members", "tier gold of passes"])
    }

    @Test(
        "A named column and a column that is taken decide",
        arguments: [
            ("gold members by tier", "tier = 'gold'"),
            ("members of gold tier", "tier = 'gold'"),
            ("gold members on the basic tier", "body_type = 'gold'"),
            ("members with body type gold", "body_type = 'gold'"),
        ])
    func preferred(_ question: String, _ condition: String) throws {
        let sql = try #require(try Gym.sql(question))
        #expect(sql.contains(condition), "\(sql)")
    }

    @Test("A choice that was made is not asked again")
    func chosen() throws {
        guard case .clarify(let clarification) = Gym.planner.plan("gold members"),
            let decision = clarification.choices[1].decision
        else {
            Issue.record("There is no question back.")
            return
        }
        let again = Gym.planner.plan("How many gold members are there?", context: .init(remembered: [decision]))
        guard case .plan(let planned) = again else {
            Issue.record("It is asked again.")
            return
        }
        #expect(planned.plan.conditions.contains { if case .related = $0 { true } else { false } })
    }

    @Test(
        "A word for a span of time is a value where rows have it",
        arguments: [
            ("dues of annual members", "billing_cycle = 'annual'"),
            ("yearly passes", "billing_cycle = 'annual'"),
            ("How many monthly passes are there?", "billing_cycle = 'monthly'"),
            ("How many passes are billed annually?", "billing_cycle = 'annual'"),
            ("How many members pay monthly?", "billing_cycle = 'monthly'"),
        ])
    func cycles(_ question: String, _ condition: String) throws {
        let sql = try #require(try Gym.sql(question))
        #expect(sql.contains(condition) && !sql.contains("generate_series"), "\(sql)")
    }

    @Test("Elsewhere it is a split by time")
    func grains() throws {
        #expect(Gym.plan("monthly complaints")?.plan.conditions == [])
        #expect(try Gym.sql("monthly complaints")?.contains("date_trunc('month'") == true)
    }

    @Test("What holds for a while is held to today, unless the past is asked for")
    func today() throws {
        #expect(try Gym.sql("members with an annual pass")?.contains("ended_at IS NULL") == true)
        #expect(try Gym.sql("members who ever had an annual pass")?.contains("ended_at IS NULL") == false)
        #expect(try Gym.sql("How many annual passes do we have?")?.contains("ended_at IS NULL") == true)
        #expect(try Gym.sql("How many annual passes were sold?") == nil)
        #expect(try Gym.sql("what percentage of members are on the basic tier")?.contains("ended_at IS NULL") == true)
    }

    @Test("A value without anything that has it is not counted as something else")
    func bare() { #expect(Gym.plan("How many billing?") == nil) }

    @Test("A share is of its groups, or of what a condition tells")
    func shares() throws {
        #expect(
            Gym.plan("share of complaints by topic")?.plan.measures == [
                .shareOfTotal(.count(TableID(name: "complaints")))
            ])
        let part = try #require(try Gym.sql("How much of our dues is on annual passes?"))
        #expect(part.contains("billing_cycle = 'annual'") && part.contains("100.0 *"), "\(part)")
    }

    @Test(
        "Groups are held against a curated number",
        arguments: [
            ("tiers with dues above 5000", ["GROUP BY tier", "HAVING SUM(fee) > 5000"]),
            ("cities with at least 300 of dues", ["GROUP BY members.city", "HAVING SUM(fee) >= 300"]),
            ("members with dues above 50", ["member_name", "HAVING SUM(fee) > 50"]),
            ("passes with dues above 50", ["FROM passes", "fee > 50"]),
        ])
    func having(_ question: String, _ parts: [String]) throws {
        let sql = try #require(try Gym.sql(question))
        for part in parts { #expect(sql.contains(part), "\(sql)") }
    }

    @Test("Two states side by side are both meant")
    func both() throws {
        let sql = try #require(try Gym.sql("Compare active and lapsed members by number"))
        #expect(sql.contains("state IN ('active', 'lapsed') GROUP BY state"), "\(sql)")
    }
}

import Planner
import Testing

@Suite struct ZooFollowUpTests {
    @Test(
        "A question that goes on from a plan changes that plan",
        arguments: [
            ("takings", "by channel", "breakdown · [Gate Revenue (GR)] · by ticket_sales.channel"),
            ("takings", "only web", "value · [Gate Revenue (GR)] · where ticket_sales.channel = web"),
            ("takings", "what about web?", "value · [Gate Revenue (GR)] · where ticket_sales.channel = web"),
            ("takings", "without web", "value · [Gate Revenue (GR)] · where not ticket_sales.channel = web"),
            ("takings", "last year", "value · [Gate Revenue (GR)] · in last year"),
            ("takings last month", "last year instead", "value · [Gate Revenue (GR)] · in last year"),
            ("takings last month", "same for 2024", "value · [Gate Revenue (GR)] · in 2024"),
            ("takings", "by month", "trend · [Gate Revenue (GR)] · by month"),
            ("takings by month", "by channel", "trend · [Gate Revenue (GR)] · by month, ticket_sales.channel"),
            (
                "takings by channel", "as a chart",
                "breakdown · [Gate Revenue (GR)] · by ticket_sales.channel · as chart"
            ),
            (
                "takings by channel", "and refund rate?", "breakdown · [Refund Rate] · by ticket_sales.channel"
            ),
            (
                "takings by channel", "also refund rate",
                "breakdown · [Gate Revenue (GR)], [Refund Rate] · by ticket_sales.channel"
            ),
            (
                "takings by channel", "as percentages", "share · share([Gate Revenue (GR)]) · by ticket_sales.channel"
            ),
            ("takings by channel", "back to the total", "value · [Gate Revenue (GR)]"),
            (
                "takings by channel", "which one is the highest?",
                "ranking · [Gate Revenue (GR)] · by ticket_sales.channel · order measure 0 desc · limit 1"
            ),
            ("takings by channel", "only 2025", "breakdown · [Gate Revenue (GR)] · by ticket_sales.channel · in 2025"),
            ("takings last month", "the month before instead", "value · [Gate Revenue (GR)] · in 2 months ago"),
            ("takings in March 2024", "and the month before?", "value · [Gate Revenue (GR)] · in February 2024"),
            ("takings by month", "last 3 months only", "trend · [Gate Revenue (GR)] · by month · in last 3 months"),
            (
                "takings last month", "how does that compare to the month before?",
                "comparison · [Gate Revenue (GR)] · in last month · against previousPeriod"
            ),
            (
                "takings last month", "why did it rise?",
                "comparison · [Gate Revenue (GR)] · by ticket_sales.channel · in last month · against previousPeriod"
            ),
            (
                "takings by month", "what drove the change?",
                "comparison · [Gate Revenue (GR)] · by ticket_sales.channel · in last month · against previousPeriod"
            ),
            ("list otters", "how many are there?", "value · count(animals) · where animals.species = OTTER|Otter"),
            ("takings by channel", "refund rate instead", "breakdown · [Refund Rate] · by ticket_sales.channel"),
            (
                "number of animals by species", "top 3",
                "ranking · count(animals) · by animals.species · order measure 0 desc · limit 3"
            ),
            ("number of animals by species", "instead by zone", "breakdown · count(animals) · by enclosures.enc_zone"),
            (
                "number of animals by species", "and by zone",
                "breakdown · count(animals) · by animals.species, enclosures.enc_zone"
            ),
            (
                "number of animals by species", "only otters",
                "breakdown · count(animals) · by animals.species · where animals.species = OTTER|Otter"
            ),
            ("takings", "why that number?", "value · [Gate Revenue (GR)]"),
        ])
    func changes(first: String, then: String, sketch: String) throws {
        let earlier = try #require(Zoo.plan(first))
        #expect(Zoo.plan(then, after: earlier).map(Sketch.text) == sketch)
    }

    @Test(
        "Taking a split back gives the first plan",
        arguments: ["takings", "takings last month", "GR by month", "How many animals are there?"],
        ["by channel", "by species", "by zone"])
    func isUndone(first: String, split: String) throws {
        let earlier = try #require(Zoo.plan(first))
        guard let split = Zoo.plan(split, after: earlier), split.dimensions.count > earlier.dimensions.count else {
            return
        }
        #expect(Zoo.plan("remove the split", after: split) == earlier)
    }

    @Test(
        "Why a number is asked changes nothing and is told apart", arguments: ["why that number?", "why?", "explain"])
    func explains(question: String) throws {
        let earlier = try #require(Zoo.plan("takings by channel"))
        #expect(Zoo.planner.edits(question, context: PlanContext(earlier: earlier)) == [.explain])
        #expect(Zoo.plan(question, after: earlier) == earlier)
    }

    @Test(
        "What has no period has no change to explain, and a whole is not counted",
        arguments: [("takings", "why did it rise?"), ("list otters", "why did it fall?"), ("takings", "how many?")])
    func declines(first: String, then: String) throws {
        let earlier = try #require(Zoo.plan(first))
        guard case .declined(let decline) = Zoo.planner.plan(then, context: PlanContext(earlier: earlier)) else {
            Issue.record("“\(then)” was answered")
            return
        }
        #expect(decline.reason == .unsound)
    }

    @Test(
        "A whole question stands by itself, whatever was asked before",
        arguments: ["How many keepers are there?", "Which species has the most animals?", "otters in the north zone"])
    func standsAlone(question: String) throws {
        let earlier = try #require(Zoo.plan("takings by channel"))
        #expect(Zoo.plan(question, after: earlier) == Zoo.plan(question))
    }
}

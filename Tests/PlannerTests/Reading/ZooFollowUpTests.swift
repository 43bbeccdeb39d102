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
                "takings by channel", "and refund rate?",
                "breakdown · [Gate Revenue (GR)], [Refund Rate] · by ticket_sales.channel"
            ),
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
        "A whole question stands by itself, whatever was asked before",
        arguments: ["How many keepers are there?", "Which species has the most animals?", "otters in the north zone"])
    func standsAlone(question: String) throws {
        let earlier = try #require(Zoo.plan("takings by channel"))
        #expect(Zoo.plan(question, after: earlier) == Zoo.plan(question))
    }
}

import Testing

@testable import Planner

/// What takes back, puts in another order, or compares what was said before.
@Suite struct TakenBackTests {
    @Test(
        "Filters are taken back in the words people use for it",
        arguments: [
            (
                ["fees by tariff", "only annual", "reset the filters"],
                "breakdown · [Running Fees] · by contracts.tariff"
            ),
            (
                ["fees by tariff", "only annual", "remove all filters"],
                "breakdown · [Running Fees] · by contracts.tariff"
            ),
            (["fees by tariff", "only annual", "clear filters"], "breakdown · [Running Fees] · by contracts.tariff"),
            (
                ["washes", "only wool", "in France", "drop the last filter"],
                "value · [Washed Loads] · where loads.fabric = wool"
            ),
            (
                ["washes", "only wool", "in France", "undo the last filter"],
                "value · [Washed Loads] · where loads.fabric = wool"
            ),
            (["washes by fabric", "in 2024", "in France", "reset everything"], "value · [Washed Loads]"),
            (["top 5 clients by fees", "in France", "reset"], "value · [Running Fees]"),
            (["clients in France", "reset"], "list · of clients · showing clients.id, clients.name, clients.country"),
            (
                ["which tariff has the highest fees?", "show all tariffs"],
                "ranking · [Running Fees] · by contracts.tariff · order measure 0 desc"
            ),
        ])
    func takesBack(texts: [String], sketch: String) { #expect(Laundry.sketch(texts) == sketch) }

    @Test(
        "What was picked is shown in another order, and what changes the rows forgets it",
        arguments: [
            (["top 5 clients by fees", "lowest first"], 5, [Plan.Order(.measure(0))]),
            (["top 5 clients by fees", "sort by name"], 5, [Plan.Order(.column(0))]),
            (["top 5 clients by fees", "sort by name", "in France"], 5, [Plan.Order(.column(0))]),
            (["top 5 clients by fees", "sort by name", "top 3"], 3, nil),
            (["top 5 clients by fees", "sort by name", "sort by fees"], 5, nil),
        ] as [([String], Int, [Plan.Order]?)])
    func reorders(texts: [String], limit: Int, order: [Plan.Order]?) throws {
        let plan = try #require(Laundry.planned(texts)?.plan)
        #expect(plan.limit == limit)
        #expect(plan.order == [.init(.measure(0), isDescending: true)])
        #expect(plan.reordered == order)
    }

    @Test("All of what was sorted stays sorted")
    func all() {
        let plan = Laundry.planned(["top 5 clients by fees", "sort by name", "all of them"])?.plan
        #expect(plan?.order == [.init(.column(0))])
        #expect(plan?.reordered == nil && plan?.limit == nil)
    }

    @Test(
        "Periods of one kind are compared, whichever of them the clock knows",
        arguments: [
            (
                ["washes in 2026", "compare that with last year"],
                "comparison · [Washed Loads] · in 2026 · against last year"
            ),
            (
                ["washes in October 2026", "vs last month"],
                "comparison · [Washed Loads] · in October 2026 · against last month"
            ),
            (["washes in 2026", "compare with 2023"], "comparison · [Washed Loads] · in 2026 · against 2023"),
        ])
    func compares(texts: [String], sketch: String) { #expect(Laundry.sketch(texts) == sketch) }

    @Test(
        "A few words that lean keep what they lean on",
        arguments: [
            (["washes in 2024", "the same for wool"], "value · [Washed Loads] · where loads.fabric = wool · in 2024"),
            (["washes by country", "the same for fees"], "breakdown · [Running Fees] · by clients.country"),
            (
                ["how many clients by country", "only FR", "which ones?"],
                "list · of clients · showing clients.id, clients.name, clients.country · where clients.country = FR"
            ),
        ])
    func leans(texts: [String], sketch: String) { #expect(Laundry.sketch(texts) == sketch) }

    @Test(
        "Why it cannot be is said, where nothing else can be meant",
        arguments: [
            (
                ["prospects by country", "without the trials"],
                "The number counts only rows whose status is “trial”: nothing would be left."
            ),
            (
                ["washes last month", "start over"],
                "All right: ask the next question as a whole, and nothing of the ones before is kept."
            ),
            (
                ["washes", "drop the last filter"],
                "It is not clear which filter that is; name it, as in “without the filter on …”."
            ),
        ])
    func reasons(texts: [String], reason: String) throws {
        let earlier = try #require(Laundry.planned(Array(texts.dropLast()))?.plan)
        guard
            case .declined(let decline) = Laundry.planner.plan(
                texts[texts.count - 1], context: PlanContext(earlier: earlier))
        else {
            Issue.record("It is declined.")
            return
        }
        #expect(decline.text == reason)
    }
}

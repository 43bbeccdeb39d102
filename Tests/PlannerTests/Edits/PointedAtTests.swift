import Testing

@testable import Planner

/// What is asked about an answer without saying so in full.
@Suite struct PointedAtTests {
    @Test(
        "How many of a thing that is, is told of what was shown, and never of all there is",
        arguments: [
            (
                ["clients in France", "how many clients is that?"],
                "value · count(clients) · where clients.country = FR"
            ),
            (
                ["how many clients in France by trade", "how many clients are those?"],
                "value · count(clients) · where clients.country = FR"
            ),
            (["bills over 500", "how many clients is that?"], nil),
            (["turnaround by fabric", "how many loads is that?"], nil),
            (["top 5 clients by fees", "how many clients is that?"], nil),
        ] as [([String], String?)])
    func counts(texts: [String], sketch: String?) { #expect(Laundry.sketch(texts) == sketch) }

    @Test(
        "Another period is that of the rows that had to be in the one before",
        arguments: [
            (
                ["clients with loads in May", "and in June?"],
                "list · of clients · showing clients.id, clients.name · where some loads(loads.taken_at in June)"
            ),
            (
                ["how many clients without loads in May", "and in June?"],
                "value · count(clients) · where not some loads(loads.taken_at in June)"
            ),
        ])
    func moves(texts: [String], sketch: String) { #expect(Laundry.sketch(texts) == sketch) }

    @Test(
        "The total of what was counted keeps what was said of it; a number with a name of its own stands by itself",
        arguments: [
            (
                ["how many bills by state in 2024", "what was the total amount?"],
                "value · [Invoiced Amount] · in 2024"
            ),
            (
                ["how many open bills by month", "what is the average amount?"],
                "value · average(bills.amount) · where bills.state = open"
            ),
            (["how many open bills", "what is the turnaround?"], "value · [Turnaround]"),
        ])
    func totals(texts: [String], sketch: String) { #expect(Laundry.sketch(texts) == sketch) }

    @Test(
        "What is only the rest of a sentence is nothing without the beginning",
        arguments: ["and France?", "only the deluxe tariff", "just wool", "also linen", "or wool"])
    func rest(text: String) {
        guard case .declined(let decline) = Laundry.planner.plan(text) else {
            Issue.record("It is declined.")
            return
        }
        #expect(decline == EditText.declineOfNothing)
    }

    @Test(
        "What they are is shown beside what was listed or ranked, where each has one",
        arguments: [
            (
                ["top 5 clients by fees", "what country are they in?"],
                "ranking · [Running Fees] · by clients.id · showing clients.name, clients.country · order measure 0 desc · limit 5"
            ),
            (
                ["clients in France", "which trade are they from?"],
                "list · of clients · showing clients.id, clients.name, clients.country, clients.trade · where clients.country = FR"
            ),
            (["clients in France", "what tariff are they on?"], nil),
            (["fees by tariff", "what country are they in?"], nil),
        ] as [([String], String?)])
    func beside(texts: [String], sketch: String?) { #expect(Laundry.sketch(texts) == sketch) }

    @Test(
        "A word that an edit has no use for is not passed over",
        arguments: [
            ["fees", "only because of weather"], ["washes by fabric", "compare both by month"],
            ["clients in France", "what are the trades?"],
        ])
    func declines(texts: [String]) {
        #expect(Laundry.planned(Array(texts.dropLast())) != nil)
        #expect(Laundry.sketch(texts) == nil)
    }

    @Test(
        "Months and quarters without a year are the ones before the period that is shown",
        arguments: [
            (["washes in October 2026", "compare with September"], "against previousPeriod"),
            (["washes in Q3 2025", "vs Q2"], "against previousPeriod"),
            (["washes in January 2026", "compare with December"], "against previousPeriod"),
            (["washes in March 2024", "vs January"], "against January 2024"),
            (["washes in March 2024", "vs November"], "against November 2023"),
            (["washes last month", "vs September"], "against September"),
            (["washes last year", "versus 2023"], "against 2023"),
        ])
    func named(texts: [String], end: String) throws {
        let sketch = try #require(Laundry.sketch(texts))
        #expect(sketch.hasSuffix(end))
    }

    @Test("Parts of a whole keep the date by which their number was taken")
    func share() throws {
        let plan = try #require(Laundry.planned(["washes by fabric in 2024", "in percent", "last quarter"])?.plan)
        #expect(plan.time == .init(period: .calendar(.quarter, offset: -1, isFiscal: false)))
        #expect(plan.recipe == .share)
    }

    @Test("The other end of what was picked has as many")
    func otherEnd() {
        #expect(
            Laundry.sketch(["top 3 clients by fees", "lowest instead"])
                == "ranking · [Running Fees] · by clients.id · showing clients.name · order measure 0 · limit 3")
    }
}

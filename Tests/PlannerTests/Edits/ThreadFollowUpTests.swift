import Testing

@testable import Planner

@Suite struct ThreadFollowUpTests {
    @Test(
        "What people write next in a thread changes that and nothing else",
        arguments: [
            (
                ["fees", "ok, and by tariff?"],
                "breakdown · [Running Fees] · by contracts.tariff"
            ),
            (
                ["fees", "can you split that by tariff?"],
                "breakdown · [Running Fees] · by contracts.tariff"
            ),
            (
                ["fees", "can I see that by tariff"],
                "breakdown · [Running Fees] · by contracts.tariff"
            ),
            (
                ["washes", "what was it last year?"],
                "value · [Washed Loads] · in last year"
            ),
            (
                ["fees on the basic tariff", "back to all tariffs"],
                "value · [Running Fees]"
            ),
            (
                ["top 5 clients by fees", "next 5"],
                "ranking · [Running Fees] · by clients.id · showing clients.name · order measure 0 desc · limit 5 · behind 5"
            ),
            (
                ["top 5 clients by fees", "next 5", "and the next 3"],
                "ranking · [Running Fees] · by clients.id · showing clients.name · order measure 0 desc · limit 3 · behind 10"
            ),
            (
                ["top 5 clients by fees", "next 5", "in France"],
                "ranking · [Running Fees] · by clients.id · showing clients.name · where clients.country = FR · order measure 0 desc · limit 5"
            ),
            (
                ["top 5 clients by fees", "the rest"],
                "ranking · [Running Fees] · by clients.id · showing clients.name · order measure 0 desc · behind 5"
            ),
            (
                ["top 5 clients by fees", "make it 10"],
                "ranking · [Running Fees] · by clients.id · showing clients.name · order measure 0 desc · limit 10"
            ),
            (
                ["top 5 clients by fees", "3 instead of 5"],
                "ranking · [Running Fees] · by clients.id · showing clients.name · order measure 0 desc · limit 3"
            ),
            (
                ["top 5 clients by fees", "by washes instead"],
                "ranking · [Washed Loads] · by clients.id · showing clients.name · order measure 0 desc · limit 5"
            ),
            (
                ["fees by tariff", "reverse the order"],
                "breakdown · [Running Fees] · by contracts.tariff · order measure 0"
            ),
            (
                ["fees by tariff", "sort by tariff"],
                "breakdown · [Running Fees] · by contracts.tariff · order dimension 0"
            ),
            (
                ["fees by tariff", "above 1000"],
                "breakdown · [Running Fees] · by contracts.tariff · having [Running Fees] > 1000"
            ),
            (
                ["fees by tariff", "only those above 1000"],
                "breakdown · [Running Fees] · by contracts.tariff · having [Running Fees] > 1000"
            ),
            (
                ["fees by tariff", "basic and deluxe"],
                "breakdown · [Running Fees] · by contracts.tariff · where contracts.tariff = basic|deluxe"
            ),
            (
                ["fees by tariff", "basic vs deluxe"],
                "breakdown · [Running Fees] · by contracts.tariff · where contracts.tariff = basic|deluxe"
            ),
            (
                ["clients in France", "sort by name"],
                "list · of clients · showing clients.id, clients.name, clients.country · where clients.country = FR · order column 1"
            ),
            (
                ["clients in France", "newest first"],
                "list · of clients · showing clients.id, clients.name, clients.country · where clients.country = FR · order clients.joined_on desc"
            ),
            (
                ["clients in France", "show trade too"],
                "list · of clients · showing clients.id, clients.name, clients.country, clients.trade · where clients.country = FR"
            ),
            (
                ["clients in France", "add their status"],
                "list · of clients · showing clients.id, clients.name, clients.country, clients.status · where clients.country = FR"
            ),
            (
                ["clients in France", "how many are active?"],
                "value · count(clients) · where clients.country = FR and clients.status = active"
            ),
            (
                ["clients in France", "of those, how many are active?"],
                "value · count(clients) · where clients.country = FR and clients.status = active"
            ),
            (
                ["clients in France", "which of them are on the deluxe tariff?"],
                "list · of clients · showing clients.id, clients.name, clients.country · where clients.country = FR and some contracts(contracts.tariff = deluxe and contracts.ended_on empty)"
            ),
            (
                ["clients in France", "which are churned?"],
                "list · of clients · showing clients.id, clients.name, clients.country, clients.status · where clients.country = FR and clients.status = churned"
            ),
            (
                ["clients in France", "their fees"],
                "breakdown · [Running Fees] · by clients.id · showing clients.name · where clients.country = FR"
            ),
            (
                ["how many clients in France", "which of them are active?"],
                "list · of clients · showing clients.id, clients.name, clients.status · where clients.country = FR and clients.status = active"
            ),
            (
                ["washes last month", "compare with last year"],
                "comparison · [Washed Loads] · in last month · against yearBefore"
            ),
            (
                ["washes by month", "vs last year"],
                "comparison · [Washed Loads] · by month · against yearBefore"
            ),
            (
                ["washes by month", "year over year"],
                "comparison · [Washed Loads] · by month · against yearBefore"
            ),
            (
                ["fees", "compare with last year"],
                "comparison · [Running Fees] · in year to date · against yearBefore"
            ),
            (
                ["washes by month", "cumulative"],
                "trend · running([Washed Loads]) · by month"
            ),
            (
                ["washes by month", "only the last 6"],
                "trend · [Washed Loads] · by month · in last 6 months"
            ),
            (
                ["washes last month", "show me the trend"],
                "trend · [Washed Loads] · by month"
            ),
            (
                ["fees", "at the end of last year"],
                "value · [Running Fees] · in last year"
            ),
            (
                ["fees", "how is that calculated?"],
                "value · [Running Fees]"
            ),
        ])
    func changes(texts: [String], sketch: String) throws {
        let plan = try #require(Laundry.planned(texts)?.plan)
        #expect(Sketch.plain(plan) + (plan.offset.map { " · behind \($0)" } ?? "") == sketch)
    }

    @Test(
        "What does not fit the answer before is declined and never read without it",
        arguments: [
            ["top 5 clients by fees", "what tariff are they on?"],
            ["fees by tariff", "next 5"],
            ["fees", "above 1000"],
            ["clients in France", "which are in Germany?"],
            ["washes by week", "vs last year"],
            ["washes in Q1 2024", "compare with last month"],
            ["fees by month", "cumulative"],
            ["fees by tariff", "with the number of loads"],
            ["clients in France", "next 10"],
        ])
    func declines(texts: [String]) {
        #expect(Laundry.planned(Array(texts.dropLast())) != nil)
        #expect(Laundry.sketch(texts) == nil)
    }

    @Test(
        "A text without a beginning of its own goes on from the answer, and is never read as a fresh question",
        arguments: [
            (
                ["washes last month", "which fabrics?"],
                "breakdown · [Washed Loads] · by loads.fabric · in last month"
            ),
            (
                ["washes last month", "through which fabrics?"],
                "breakdown · [Washed Loads] · by loads.fabric · in last month"
            ),
            (
                ["washes last month", "in which countries?"],
                "breakdown · [Washed Loads] · by clients.country · in last month"
            ),
            (
                ["washes last month", "which countries have clients?"],
                "distinct · of clients · showing clients.country · where not clients.country empty"
            ),
            (
                ["bills over 500", "what's the total amount?"],
                "value · [Invoiced Amount] · where bills.amount > 500"
            ),
            (
                ["bills over 500", "average amount"],
                "value · average(bills.amount) · where bills.amount > 500"
            ),
            (
                ["bills over 500", "and the highest amount?"],
                "value · maximum(bills.amount) · where bills.amount > 500"
            ),
            (
                ["bills over 500", "how much is that in total?"],
                "value · [Invoiced Amount] · where bills.amount > 500"
            ),
            (
                ["fees by month", "just the deluxe tariff"],
                "trend · [Running Fees] · by month · where contracts.tariff = deluxe"
            ),
            (
                ["clients in France", "on the deluxe tariff"],
                "list · of clients · showing clients.id, clients.name, clients.country · where clients.country = FR and some contracts(contracts.tariff = deluxe and contracts.ended_on empty)"
            ),
            (
                ["clients in France", "with loads"],
                "list · of clients · showing clients.id, clients.name, clients.country · where clients.country = FR and some loads()"
            ),
            (
                ["clients in France", "without loads"],
                "list · of clients · showing clients.id, clients.name, clients.country · where clients.country = FR and not some loads()"
            ),
            (
                ["clients in France", "who have open bills"],
                "list · of clients · showing clients.id, clients.name, clients.country · where clients.country = FR and some bills(bills.state = open)"
            ),
            (
                ["clients in France", "that churned"],
                "list · of clients · showing clients.id, clients.name, clients.country, clients.status · where clients.country = FR and clients.status = churned"
            ),
            (
                ["how many clients in France", "on the deluxe tariff"],
                "value · count(clients) · where clients.country = FR and some contracts(contracts.tariff = deluxe and contracts.ended_on empty)"
            ),
            (
                ["washes last month", "how many were wool?"],
                "value · [Washed Loads] · where loads.fabric = wool · in last month"
            ),
            (
                ["washes last month", "show them"],
                "list · of loads · in last month of loads.taken_at"
            ),
            (
                ["washes last month", "show me the loads"],
                "list · of loads · in last month of loads.taken_at"
            ),
            (
                ["how many clients in France", "which ones?"],
                "list · of clients · showing clients.id, clients.name, clients.country · where clients.country = FR"
            ),
            (
                ["washes last month", "fabric and stage"],
                "breakdown · [Washed Loads] · by loads.fabric, loads.stage · in last month"
            ),
            (
                ["washes last month by fabric", "the top fabric"],
                "ranking · [Washed Loads] · by loads.fabric · in last month · order measure 0 desc · limit 1"
            ),
            (
                ["washes last month by fabric", "which fabric is highest?"],
                "ranking · [Washed Loads] · by loads.fabric · in last month · order measure 0 desc · limit 1"
            ),
            (
                ["washes last month by fabric", "what's the biggest?"],
                "ranking · [Washed Loads] · by loads.fabric · in last month · order measure 0 desc · limit 1"
            ),
            (
                ["washes last month", "which client had the most?"],
                "ranking · [Washed Loads] · by clients.id · showing clients.name · in last month · order measure 0 desc · limit 1"
            ),
            (
                ["fees by month", "which month was the lowest?"],
                "ranking · [Running Fees] · by month · order measure 0 · limit 1"
            ),
            (
                ["washes last month by fabric", "only wool", "and linen too"],
                "breakdown · [Washed Loads] · by loads.fabric · where loads.fabric = wool|linen · in last month"
            ),
            (
                ["fees by tariff excluding basic", "with basic"],
                "breakdown · [Running Fees] · by contracts.tariff"
            ),
            (
                ["top 5 clients by fees", "with their country"],
                "ranking · [Running Fees] · by clients.id · showing clients.name, clients.country · order measure 0 desc · limit 5"
            ),
            (
                ["fees by tariff", "how does that compare to last month?"],
                "comparison · [Running Fees] · by contracts.tariff · in month to date · against previousPeriod"
            ),
            (
                ["washes last month", "in 2024, how many clients joined?"],
                "value · count(clients) · in 2024 of clients.joined_on"
            ),
            (
                ["washes last month", "since January, fees by tariff"],
                "breakdown · [Running Fees] · by contracts.tariff · in since January"
            ),
            (
                ["washes last month", "in which countries do we have clients?"],
                "distinct · of clients · showing clients.country · where not clients.country empty"
            ),
            (
                ["how many clients in France", "who are they?"],
                "list · of clients · showing clients.id, clients.name, clients.country · where clients.country = FR"
            ),
            (
                ["washes last month", "list them"],
                "list · of loads · in last month of loads.taken_at"
            ),
        ])
    func goesOn(texts: [String], sketch: String) { #expect(Laundry.sketch(texts) == sketch) }

    @Test(
        "Where it does not fit, it is declined",
        arguments: [
            ["how many clients joined in 2024", "through which tariffs?"],
            ["bills over 500", "top 3 clients by that amount"],
            ["washes by month", "just the deluxe tariff"],
            ["fees", "of that tariff"],
            ["fees by tariff", "change since last month"],
            ["fees", "which ones?"],
        ])
    func neverBegins(texts: [String]) {
        #expect(Laundry.planned(Array(texts.dropLast())) != nil)
        #expect(Laundry.sketch(texts) == nil)
    }

    private static let starts = [
        "fees", "fees by tariff", "washes last month", "washes by month", "clients in France", "top 5 clients by fees",
        "how many clients in France", "fees last month vs the month before",
    ]

    @Test("What was added and taken back leaves the plan as it was", arguments: starts)
    func isUndone(start: String) throws {
        let first = try #require(Laundry.planned([start])?.plan)
        var taken = 0
        for (there, back) in [("by trade", "remove the split by trade"), ("only hotels", "remove the filter on trade")]
        {
            guard let changed = Laundry.planned([start, there])?.plan, changed.measures == first.measures,
                changed.limit == first.limit
            else { continue }
            guard there != "by trade" || first.dimensions.allSatisfy(\.isTime) else { continue }
            #expect(changed != first)
            #expect(Laundry.planned([start, there, back])?.plan == first, "\(start), \(there)")
            taken += 1
        }
        #expect(taken > 0)
    }

    @Test("The next rows and those before them are all there are", arguments: [1, 3, 5])
    func pages(count: Int) throws {
        let first = try #require(Laundry.planned(["top \(count) clients by fees"])?.plan)
        var plan = first
        for page in 1...3 {
            plan = plan.applying(.next(count))
            #expect(plan.offset == page * count)
        }
        plan.offset = nil
        #expect(plan == first)
    }
}

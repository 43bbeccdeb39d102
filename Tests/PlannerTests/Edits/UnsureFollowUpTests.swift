import Testing

@testable import Planner

/// Follow-ups that would quietly become another question.
@Suite struct UnsureFollowUpTests {
    @Test("A value that several columns have is not put into a plan as one of them")
    func rivals() throws {
        for first in ["complaints by month", "members by city"] {
            let plan = try #require(Gym.plan(first)?.plan)
            guard case .declined(let decline) = Gym.planner.plan("only gold", context: PlanContext(earlier: plan))
            else {
                Issue.record("It is declined: \(first)")
                continue
            }
            #expect(decline.text.contains("body type") && decline.text.contains("tier"))
            let named = try #require(
                Gym.planner.plan("only body type gold", context: PlanContext(earlier: plan)).planned)
            #expect(named.conditions.count == 1)
        }
        #expect(Gym.planner.outcome(of: ["dues by city", "only silver"])?.planned != nil)
    }

    @Test(
        "What is asked of those has no answer where nothing was shown, and is never of all there is",
        arguments: ["total fees of those", "what are the fees of them?", "fees of those clients", "washes of these"])
    func ofThose(text: String) {
        for earlier in [nil, "clients in France", "washes by month"] {
            let plan = earlier.flatMap { Laundry.planned([$0])?.plan }
            guard case .declined = Laundry.planner.plan(text, context: PlanContext(earlier: plan)) else {
                Issue.record("It is declined behind \(earlier ?? "nothing"): \(text)")
                continue
            }
            #expect(Laundry.planner.leansBack(text))
        }
    }

    @Test(
        "The total of groups that were picked is never the total of all",
        arguments: [
            ["clients with more than 2 loads", "how much in total"], ["top 5 clients by fees", "how much in total"],
            ["clients with more than 2 loads", "overall"],
        ])
    func totals(texts: [String]) {
        #expect(Laundry.planned(Array(texts.dropLast())) != nil)
        #expect(Laundry.planned(texts) == nil)
        #expect(Laundry.sketch(["fees by tariff", "how much in total"]) == "value · [Running Fees]")
    }

    @Test("A course of what was picked becomes its part of all of each period, where one thing was picked")
    func parts() throws {
        let plan = try #require(Laundry.planned(["washes by month", "only wool", "as a percentage"])?.plan)
        let wool = Condition.oneOf(ColumnID(TableID(name: "loads"), "fabric"), ["wool"])
        let washes = Measure.metric("Washed Loads")
        #expect(plan.measures == [.ratio(.filtered(washes, [wool]), washes)])
        #expect(plan.conditions.isEmpty && plan.recipe == .share)
        #expect(Laundry.planned(["washes by month", "only wool", "only France", "as a percentage"]) == nil)
    }

    @Test("Months of a year are not said to be compared with the month before where the year before is beside them")
    func steps() {
        #expect(Laundry.planned(["washes by month this year"]) != nil)
        #expect(Laundry.planned(["washes by month this year", "compared to the month before"]) == nil)
        #expect(Laundry.planned(["washes by month", "compared to the month before"]) != nil)
    }
}

extension PlanOutcome {
    fileprivate var planned: Plan? { if case .plan(let planned) = self { planned.plan } else { nil } }
}

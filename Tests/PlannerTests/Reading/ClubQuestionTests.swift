import Planner
import Testing

/// A made-up club with members and the dues that they paid.
private enum Club {
    static let members = TableID(name: "members")
    static let dues = TableID(name: "dues")

    static let planner = Planner(
        model: SemanticModel(
            SemanticSource(
                tables: [
                    .init(
                        name: "members",
                        columns: [
                            .init(name: "id", type: "integer", isNullable: false), .init(name: "name", type: "text"),
                            .init(name: "town", type: "text"), .init(name: "origin", type: "text"),
                            .init(name: "state", type: "text"), .init(name: "age", type: "integer"),
                            .init(name: "joined_at", type: "timestamptz", isNullable: false),
                        ], primaryKey: ["id"], timeColumn: "joined_at"),
                    .init(
                        name: "dues",
                        columns: [
                            .init(name: "id", type: "integer", isNullable: false),
                            .init(name: "member_id", type: "integer"), .init(name: "amount", type: "numeric"),
                            .init(name: "paid_at", type: "timestamptz", isNullable: false),
                        ], primaryKey: ["id"],
                        foreignKeys: [.init(columns: ["member_id"], table: members, referencedColumns: ["id"])],
                        timeColumn: "paid_at"),
                ],
                metrics: [
                    .init(
                        name: "Takings",
                        computation: .aggregate(
                            .init(table: dues, expression: "SUM(amount)", timeColumn: "paid_at"), isAdditive: true)),
                    .init(
                        name: "Mean Spend", synonyms: ["average spend per member", "average spend"],
                        computation: .aggregate(
                            .init(table: dues, expression: "AVG(amount)", timeColumn: "paid_at"), isAdditive: false)),
                    .init(
                        name: "Usual Fee", synonyms: ["average fee"],
                        computation: .aggregate(
                            .init(table: dues, expression: "AVG(amount)", timeColumn: "paid_at"), isAdditive: false)),
                ])),
        values: {
            var builder = ValueIndex.Builder()
            builder.add(["Leeds", "York"], of: ColumnID(members, "town"))
            builder.add(["poster", "friend"], of: ColumnID(members, "origin"))
            builder.add(["active", "lapsed"], of: ColumnID(members, "state"))
            return builder.build()
        }())

    static func outcome(_ texts: [String]) -> PlanOutcome? { planner.outcome(of: texts) }
}

@Suite("Questions about a club")
struct ClubQuestionTests {
    private static let held: [([String], String)] = [
        (
            ["takings in October compared with September 2026"],
            "comparison · [Takings] · in October 2026 · against previousPeriod"
        ),
        (
            ["How much did takings grow in October compared with September 2026?"],
            "comparison · [Takings] · in October 2026 · against previousPeriod"
        ),
        (
            ["takings in January compared with December 2025"],
            "comparison · [Takings] · in January 2026 · against previousPeriod"
        ),
        (
            ["takings in January 2026 compared with December"],
            "comparison · [Takings] · in January 2026 · against previousPeriod"
        ),
        (["takings Q1 vs Q2 2026"], "comparison · [Takings] · in Q2 2026 · against previousPeriod"),
        (["takings Q3 2026 vs Q2"], "comparison · [Takings] · in Q3 2026 · against previousPeriod"),
        (["average spend per member by town"], "breakdown · [Mean Spend] · by members.town"),
        (["average age per member by town"], "breakdown · average(members.age) · by members.town"),
        (
            ["takings per member by town"],
            "breakdown · [Takings] / count(members) · by members.town"
        ),
        (
            ["Leeds vs York by members"],
            "breakdown · count(members) · by members.town · where members.town = Leeds|York"
        ),
        (
            ["How many members came through a friend?", "how many of those are still active?"],
            "value · count(members) · where members.origin = friend and members.state = active"
        ),
        (
            ["How many members from York?", "what are their takings?"],
            "value · [Takings] · where members.town = York"
        ),
        (
            ["How many members from York?", "how many of them are active?", "what are their takings by origin?"],
            "breakdown · [Takings] · by members.origin · where members.town = York and members.state = active"
        ),
        (
            ["takings in Q3 2026", "and the quarter before?", "split by town"],
            "breakdown · [Takings] · by members.town · in Q2 2026"
        ),
    ]

    @Test("What a question holds on to is in its plan", arguments: held)
    func plans(texts: [String], expected: String) {
        guard case .plan(let planned)? = Club.outcome(texts) else {
            Issue.record("\(texts) → \(String(describing: Club.outcome(texts)))")
            return
        }
        #expect(Sketch.plain(planned.plan) == expected, "\(texts)")
    }

    @Test("Members who joined in a period are meant by it, whatever is asked of them then")
    func period() {
        guard case .plan(let planned)? = Club.outcome(["How many members joined in 2025?", "what are their takings?"])
        else {
            Issue.record("it was not read")
            return
        }
        #expect(planned.plan.time == nil)
        #expect(
            planned.plan.conditions == [
                .period(ColumnID(Club.members, "joined_at"), .named(year: 2025, unit: .year, isFiscal: false))
            ])
    }

    @Test(
        "What is not sound is declined with a sentence",
        arguments: [
            ["takings in September 2026 compared with October"], ["average fee per member by town"],
            ["average number of members per member by town"],
            ["what's their average spend?"], ["show their takings by town"], ["how many of those are active?"],
            ["How many members from York?", "which of those paid the most?"],
            ["How many members from York?", "what's their zebra?"],
            ["How many active members?", "how many of those are lapsed?"],
            ["How many members from York?", "how many of those are active in 2025?"],
            ["top 3 members by takings", "what's their average spend?"],
        ])
    func declines(texts: [String]) {
        guard case .declined(let decline)? = Club.outcome(texts) else {
            Issue.record("\(texts) → \(String(describing: Club.outcome(texts)))")
            return
        }
        #expect(!decline.text.isEmpty)
    }
}

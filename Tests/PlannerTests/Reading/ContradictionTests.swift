import Planner
import Testing

/// A plan may hold every word and still answer another question; such a plan is put right or given up.
@Suite("What is said of one thing is not read of another")
struct ContradictionTests {
    private static let club = SemanticSource(
        tables: [
            .init(
                name: "members",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false), .init(name: "name", type: "text"),
                    .init(name: "origin", type: "text", isNullable: false, values: ["paid", "friend"]),
                    .init(name: "joined_on", type: "date", isNullable: false),
                ], primaryKey: ["id"], timeColumn: "joined_on"),
            .init(
                name: "bills",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "member_id", type: "integer", isNullable: false),
                    .init(name: "amount", type: "numeric", isNullable: false),
                    .init(
                        name: "status", type: "text", isNullable: false, values: ["open", "paid", "refunded"]),
                    .init(name: "sent_at", type: "timestamptz", isNullable: false),
                    .init(name: "paid_at", type: "timestamptz"),
                ], primaryKey: ["id"],
                foreignKeys: [
                    .init(columns: ["member_id"], table: TableID(name: "members"), referencedColumns: ["id"])
                ], timeColumn: "sent_at"),
        ],
        metrics: [
            .init(
                name: "Unsettled Bills", synonyms: ["open bills"],
                computation: .aggregate(
                    .init(
                        table: TableID(name: "bills"), expression: "COUNT(*)", filter: "status = 'open'",
                        timeColumn: "sent_at"), isAdditive: true))
        ])

    private static let planner = Planner(model: SemanticModel(club), values: ValueIndex.Builder().build())

    @Test(
        "What was done, when it was, and how old it is are not taken for a quality, a date of others or a number",
        arguments: [
            "Which members have not paid?", "Which members have not paid their bills?",
            "members who did not pay a bill in October", "members who did not open a bill in October 2025",
            "Which member has the oldest open bill?", "Which members got a refund this year?",
            "bills open in October",
        ])
    func declines(question: String) {
        if case .plan(let planned) = Self.planner.plan(question) {
            Issue.record("read as \(Sketch.plain(planned.plan))")
        }
    }

    @Test("Different ones are counted once, by when it was done")
    func countsOnce() {
        guard case .plan(let planned) = Self.planner.plan("How many distinct members paid a bill in 2025") else {
            Issue.record("declined")
            return
        }
        let isOnce = planned.plan.measures == [.countDistinct(ColumnID(TableID(name: "bills"), "member_id"))]
        #expect(isOnce || planned.plan.measures == [.count(TableID(name: "members"))])
    }
}

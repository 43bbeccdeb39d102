import Planner
import Testing

/// A firm that lets rooms: members with contracts, requests and measured days.
@Suite("Plans beside what was asked are not given out")
struct PlanObjectionTests {
    private static let members = TableID(name: "members")

    private static let lets = SemanticSource(
        tables: [
            .init(
                name: "members",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "name", type: "text", isNullable: false),
                    .init(name: "town", type: "text", isNullable: false, values: ["Leeds", "York", "Hull"]),
                    .init(name: "grade", type: "text", isNullable: false, values: ["gold", "plain"]),
                    .init(name: "joined_on", type: "date", isNullable: false),
                ], primaryKey: ["id"], uniqueKeys: [["name"]], timeColumn: "joined_on"),
            .init(
                name: "contracts", synonyms: ["tiers"],
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "member_id", type: "integer", isNullable: false),
                    .init(name: "tier", type: "text", isNullable: false, values: ["basic", "gold"]),
                    .init(name: "fee", type: "numeric", isNullable: false),
                    .init(name: "started_at", type: "timestamptz", isNullable: false),
                    .init(name: "ended_at", type: "timestamptz"),
                ], primaryKey: ["id"], foreignKeys: [key], timeColumn: "started_at"),
            .init(
                name: "requests",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "member_id", type: "integer", isNullable: false),
                    .init(name: "state", type: "text", isNullable: false, values: ["open", "settled"]),
                    .init(name: "created_at", type: "timestamptz", isNullable: false, synonyms: ["opened at"]),
                ], primaryKey: ["id"], foreignKeys: [key], timeColumn: "created_at"),
            .init(
                name: "readings", description: "Days that were measured. Not every day is.",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "member_id", type: "integer", isNullable: false),
                    .init(name: "read_on", type: "date", isNullable: false),
                    .init(name: "visits", type: "integer", description: "Visits on that day"),
                    .init(name: "luggage_kg", type: "numeric", description: "Stored in total on that day"),
                    .init(name: "prints", type: "integer", description: "Pages printed on that day"),
                ], primaryKey: ["id"], foreignKeys: [key], timeColumn: "read_on"),
        ],
        metrics: [
            .init(
                name: "Dues",
                computation: .snapshot(
                    .init(table: TableID(name: "contracts"), expression: "SUM(fee)", timeColumn: "started_at"),
                    start: "started_at", end: "ended_at", isAdditive: true)),
            .init(
                name: "Visits per Day", synonyms: ["visits"],
                computation: .aggregate(
                    .init(table: TableID(name: "readings"), expression: "AVG(visits)", timeColumn: "read_on"),
                    isAdditive: false)),
        ])

    private static let key = SemanticSource.ForeignKey(
        columns: ["member_id"], table: members, referencedColumns: ["id"])

    private static let planner: Planner = {
        var values = ValueIndex.Builder()
        values.add(["Ada Ltd"], of: ColumnID(members, "name"))
        return Planner(model: SemanticModel(lets), values: values.build())
    }()

    private func read(_ question: String) -> String {
        switch Self.planner.plan(question) {
        case .plan(let planned): Sketch.plain(planned.plan)
        case .clarify(let clarification): "? " + clarification.choices.map(\.label).joined(separator: ", ")
        case .declined: "declined"
        }
    }

    @Test(
        "The first of each group, and totals of what does not add up, are declined",
        arguments: [
            "top 3 members per tier by dues", "Top town by requests in each quarter",
            "Top 2 members by number of requests for each town", "How many visits in October?", "total luggage kg",
            "Which towns have no gold contracts?", "Set state to settled for all requests",
            "Mark all requests as settled", "List the database contracts",
            "Which tier has the most contracts in each town?", "highest contract per member",
            "busiest month for requests in each year", "Compare Ada Ltd and members in York on dues",
        ])
    func declined(question: String) {
        #expect(read(question) == "declined")
    }

    @Test(
        "Segments that are compared are the groups, whichever table tells them",
        arguments: [
            "Compare Leeds and York on dues", "Leeds vs York dues", "Compare members in Leeds and York on dues",
            "Compare Leeds members with York members on dues",
        ])
    func segments(question: String) {
        #expect(
            read(question)
                == "breakdown · [Dues] · by members.town · where members.town = Leeds|York")
    }

    @Test(
        "What is asked and adds up, or holds, is answered",
        arguments: [
            ("top 3 members by dues", "limit 3"), ("How many prints in October?", "sum(readings.prints)"),
            ("Which members have no gold contracts?", "members"),
            ("What tier is Ada Ltd on?", "contracts.ended_at empty"),
            ("Which member has the most requests?", "limit 1"), ("visits per day in October", "[Visits per Day]"),
        ])
    func answered(question: String, part: String) {
        #expect(read(question).contains(part))
    }

    @Test("Sums over rows that are not all there say so")
    func gaps() throws {
        guard case .plan(let planned) = Self.planner.plan("How many prints in October?") else {
            Issue.record("it was not read")
            return
        }
        #expect(planned.assumptions.contains("Not every day is."))
    }
}

import Planner
import Testing

/// A marina: boats with bills and calls for help, and lets of berths.
@Suite("Numbers that are asked for by themselves stay what they are")
struct AskedNumbersTests {
    private static let boats = TableID(name: "boats")
    private static let bills = TableID(name: "bills")
    private static let calls = TableID(name: "calls")
    private static let lets = TableID(name: "lets")

    private static let key = SemanticSource.ForeignKey(columns: ["boat_id"], table: boats, referencedColumns: ["id"])

    private static let source = SemanticSource(
        tables: [
            .init(
                name: "boats",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "name", type: "text", isNullable: false),
                    .init(name: "port", type: "text", isNullable: false, values: ["Kiel", "Bergen"]),
                    .init(name: "joined_on", type: "date", isNullable: false),
                ], primaryKey: ["id"], uniqueKeys: [["name"]], timeColumn: "joined_on"),
            .init(
                name: "bills",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "boat_id", type: "integer", isNullable: false),
                    .init(name: "status", type: "text", isNullable: false, values: ["paid", "bounced"]),
                    .init(name: "currency", type: "text", isNullable: false, values: ["USD", "NOK"]),
                    .init(name: "issued_at", type: "timestamptz", isNullable: false),
                ], primaryKey: ["id"], foreignKeys: [key], timeColumn: "issued_at"),
            .init(
                name: "calls",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "boat_id", type: "integer", isNullable: false),
                    .init(name: "status", type: "text", isNullable: false, values: ["open", "closed"]),
                    .init(name: "created_at", type: "timestamptz", isNullable: false, synonyms: ["opened at"]),
                    .init(name: "resolved_at", type: "timestamptz"),
                ], primaryKey: ["id"], foreignKeys: [key], timeColumn: "created_at"),
            .init(
                name: "lets",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "boat_id", type: "integer", isNullable: false),
                    .init(name: "fee", type: "numeric", isNullable: false),
                    .init(name: "berths", type: "integer", isNullable: false),
                    .init(name: "started_at", type: "timestamptz", isNullable: false),
                    .init(name: "ended_at", type: "timestamptz"),
                ], primaryKey: ["id"], foreignKeys: [key], timeColumn: "started_at"),
        ],
        metrics: [
            .init(
                name: "Running Fees", synonyms: ["fees"],
                computation: .snapshot(
                    .init(table: lets, expression: "SUM(fee)", timeColumn: "started_at"), start: "started_at",
                    end: "ended_at", isAdditive: true), unit: "NOK"),
            .init(
                name: "Let Berths", synonyms: ["berths"],
                computation: .snapshot(
                    .init(table: lets, expression: "SUM(berths)", timeColumn: "started_at"), start: "started_at",
                    end: "ended_at", isAdditive: true), unit: "berths"),
            .init(
                name: "Arrivals",
                computation: .aggregate(
                    .init(table: boats, expression: "COUNT(*)", timeColumn: "joined_on"), isAdditive: true),
                unit: "boats"),
            .init(
                name: "Calls",
                computation: .aggregate(
                    .init(table: calls, expression: "COUNT(*)", timeColumn: "created_at"), isAdditive: true),
                unit: "calls"),
            .init(
                name: "Unresolved Calls", synonyms: ["open calls"],
                computation: .aggregate(
                    .init(table: calls, expression: "COUNT(*)", filter: "status = 'open'", timeColumn: "created_at"),
                    isAdditive: true)),
            .init(
                name: "Bounce Rate", synonyms: ["bounced bills"],
                computation: .ratio(
                    numerator: .init(
                        table: bills, expression: "100.0 * COUNT(*) FILTER (WHERE status = 'bounced')",
                        timeColumn: "issued_at"),
                    denominator: .init(table: bills, expression: "COUNT(*)", timeColumn: "issued_at")), unit: "%"),
        ])

    private static let planner = Planner(over: source)

    private func read(_ question: String) -> String {
        switch Self.planner.plan(question) {
        case .plan(let planned): Sketch.plain(planned.plan)
        case .clarify(let clarification): "? " + clarification.choices.map(\.label).joined(separator: ", ")
        case .declined: "declined"
        }
    }

    @Test(
        "Letters within a word are no code of the data",
        arguments: ["How many berths are unused?", "unused berths", "How many unused berths are there?"])
    func codes(question: String) {
        #expect(read(question) == "declined")
    }

    @Test(
        "Two numbers are not made one",
        arguments: [
            "How many bills bounced and how many were paid?", "How many calls are open and how many are closed?",
            "How many boats are in Kiel and how many in Bergen?",
        ])
    func merged(question: String) {
        #expect(read(question) == "declined")
    }

    @Test(
        "One of what a number counts has to be there, and is not that number",
        arguments: [
            "How many boats have both a bounced bill and an open call?",
            "boats with both a bounced bill and an open call", "Which boats have a bounced bill?",
            "boats with a bounce and an open call",
        ])
    func rows(question: String) {
        let plan = read(question)
        #expect(!plan.contains("Bounce Rate") && !plan.contains("Calls"))
    }

    @Test(
        "A percentage is a share within each period, or declined",
        arguments: [
            ("arrivals by port as a percentage", "share · share([Arrivals]) · by boats.port"),
            ("arrivals by port by quarter as a percentage", "share([Arrivals])"),
            ("bounced bills by month as a percentage", "declined"),
            ("calls that are open by month as a percentage", "declined"),
        ])
    func percentages(question: String, plan: String) {
        #expect(read(question).contains(plan))
    }

    @Test(
        "Numbers are subtracted from those of their kind only",
        arguments: [
            ("difference between fees and bounce rate", false), ("difference between fees and arrivals", false),
            ("difference between berths and fees", false), ("difference between arrivals and calls", true),
        ])
    func differences(question: String, isAnswered: Bool) {
        #expect((read(question) != "declined") == isAnswered)
    }

    @Test("What came on balance is told of one period", arguments: ["net new fees by month", "monthly net new fees"])
    func balances(question: String) {
        #expect(read(question) == "declined")
        #expect(read("net new fees last month").contains("against previousPeriod"))
    }

    @Test(
        "What was done is no state of then",
        arguments: [
            "How many calls did Kiel open in October?", "How many calls did boats in Kiel open in October?",
            "How many calls did Kiel open?",
        ])
    func deeds(question: String) {
        let plan = read(question)
        #expect(plan.contains("[Calls]") && !plan.contains("resolved_at") && !plan.contains("status"))
    }
}

import Planner
import ServiceRuntime
import Testing

@testable import Dash

@Suite struct OpenQuestionTests {
    private static let boats = TableID(name: "boats")
    private static let trips = TableID(name: "trips")

    private static let source = SemanticSource(
        tables: [
            .init(
                name: "boats",
                columns: [
                    .init(name: "id", type: "integer"), .init(name: "colour", type: "text"),
                    .init(name: "home_port", type: "text"),
                ], primaryKey: ["id"]),
            .init(
                name: "trips",
                columns: [
                    .init(name: "boat_id", type: "integer"), .init(name: "left_at", type: "date"),
                    .init(name: "goal", type: "text"),
                ],
                foreignKeys: [.init(columns: ["boat_id"], table: boats, referencedColumns: ["id"])]),
        ])

    private static let values: ValueIndex = {
        var values = ValueIndex.Builder()
        values.add(["red", "blue", "Orange", "O'Neill"], of: ColumnID(boats, "colour"))
        values.add(["Hook", "Dover", "Orange", "Hook of Holland"], of: ColumnID(boats, "home_port"))
        values.add(["Dover", "Calais"], of: ColumnID(trips, "goal"))
        return values.build()
    }()

    private static func query(
        _ name: String, _ questions: [String], _ parameters: [QueryParameter], sql: String
    ) -> ValidatedQuery {
        ValidatedQuery(
            name: name, description: "About \(questions[0]).", sql: sql, questions: questions, parameters: parameters)
    }

    private static let queries = [
        query(
            "lost", ["Why do we lose {colour} boats?", "What makes boats of colour {colour} sink?"],
            [.init(name: "colour", kind: .value, column: "boats.colour", example: "red")],
            sql: "SELECT count(*) FROM boats WHERE colour = {colour}"),
        query(
            "bridge", ["Show the fleet bridge for {period}", "What changed in our fleet in {period}?"],
            [.init(name: "period", kind: .period, column: "trips.left_at", example: "last month")],
            sql: "SELECT 1 FROM trips WHERE left_at >= {period.start} AND left_at < {period.end}"),
        query(
            "idle", ["Which boats have been idle for more than {days} days in {port}?"],
            [
                .init(name: "days", kind: .number, example: "7"),
                .init(name: "port", kind: .value, column: "boats.home_port", example: "Hook"),
            ], sql: "SELECT 1 FROM boats WHERE id > 10 -{days} AND home_port = E{port}"),
        query(
            "departures", ["Departure list of {day}"],
            [.init(name: "day", kind: .day, column: "trips.left_at", example: "yesterday")],
            sql: "SELECT 1 FROM trips WHERE left_at = {day}"),
    ]

    private static let state: PlanningState = {
        var newest: [ColumnID: CivilDate] = [:]
        newest[ColumnID(trips, "left_at")] = CivilDate(year: 2026, month: 7, day: 14)
        return PlanningState(source: source, values: values, newest: newest, queries: queries)
    }()

    private func query(_ question: String) throws -> ValidatedQuery? {
        Self.state.query(asked: question, today: try #require(CivilDate(year: 2026, month: 7, day: 15)))
    }

    @Test(
        "A question in the query's own words runs it with the values it says",
        arguments: [
            ("Why do we lose red boats?", "SELECT count(*) FROM boats WHERE colour = ('red')"),
            ("why did we lose RED boats", "SELECT count(*) FROM boats WHERE colour = ('red')"),
            ("Please tell me why we lose our blue boats.", "SELECT count(*) FROM boats WHERE colour = ('blue')"),
            ("why do we lose O'Neill boats?", "SELECT count(*) FROM boats WHERE colour = ('O''Neill')"),
            ("What makes boats of colour orange sink?", "SELECT count(*) FROM boats WHERE colour = ('Orange')"),
            (
                "Show me the fleet bridge for March 2026",
                "SELECT 1 FROM trips WHERE left_at >= (date '2026-03-01') AND left_at < (date '2026-04-01')"
            ),
            (
                "what changed in our fleet last month?",
                "SELECT 1 FROM trips WHERE left_at >= (date '2026-06-01') AND left_at < (date '2026-07-01')"
            ),
            (
                "Which boats have been idle for more than 12 days in Hook of Holland?",
                "SELECT 1 FROM boats WHERE id > 10 -(12) AND home_port = E('Hook of Holland')"
            ),
            ("Departure list of 3 July 2026", "SELECT 1 FROM trips WHERE left_at = (date '2026-07-03')"),
        ])
    func bound(_ question: String, _ sql: String) throws {
        let query = try query(question)
        #expect(query?.sql == sql)
        #expect(query?.parameters == [])
        #expect(query?.description.contains("{") == false && query?.questions.allSatisfy { !$0.contains("{") } == true)
    }

    @Test(
        "Words left over, values of another column, doubtful values and open periods run nothing",
        arguments: [
            "Why do we lose boats?", "Why do we lose green boats?", "Why do we lose red boats in Dover?",
            "Why do we not lose red boats?", "How many red boats do we lose?", "Why do we lose Dover boats?",
            "Why do we lose red or blue boats?", "Why do we lose orange boats?", "red", "red boats lose we why",
            "Show the fleet bridge", "Show the fleet bridge since March",
            "Show the fleet bridge for March and April by port",
            "Show the fleet bridge by month for 2025", "Which boats have been idle for less than 12 days in Dover?",
            "Which boats have been idle for more than 12 weeks in Dover?",
            "Which boats have been idle for more than 12% days in Dover?", "Departure list of June",
            "Departure list of 03/04/2026",
            "Which boats have been idle for more than days in Dover?",
        ])
    func declined(_ question: String) throws {
        #expect(try query(question) == nil)
    }

    @Test("Where two queries fit the same words none is run")
    func ambiguous() throws {
        var other = Self.queries[0]
        other.name = "other"
        other.sql = "SELECT 2 FROM boats WHERE colour = {colour}"
        let state = PlanningState(
            source: Self.source, values: Self.values, newest: [:], queries: Self.queries + [other])
        let today = try #require(CivilDate(year: 2026, month: 7, day: 15))
        #expect(state.query(asked: "Why do we lose red boats?", today: today) == nil)
    }

    @Test(
        "No value gets out of its literal",
        arguments: ["'; DROP TABLE boats; --", "\\", "\\' OR 1=1", "é'\u{301}", "{colour}", "--"])
    func literals(_ value: String) throws {
        let bound = try #require(Self.queries[0].bound(to: ["colour": .text(value)]))
        let tokens = SQLToken.scan(bound.sql)
        #expect(tokens.suffix(3).first == .symbol("("))
        #expect(tokens.suffix(2).first == .string(value))
        #expect(tokens.count == SQLToken.scan("SELECT count(*) FROM boats WHERE colour = ('x')").count)
        let negative = try #require(NumberLiteral("-5"))
        #expect(ParameterValue.number(negative).literal(nil) == "(-5)")
    }
}

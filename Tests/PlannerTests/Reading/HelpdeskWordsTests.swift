import Planner
import Testing

/// A help desk: clients with contracts, cases that begin and end, bills and calls, moves from one tier to another.
@Suite("States of then, orders, sums and rows of a help desk")
struct HelpdeskWordsTests {
    private static func column(
        _ name: String, _ type: String = "text", nullable: Bool = false, values: [String] = [], synonyms: [String] = []
    ) -> SemanticSource.Column {
        .init(name: name, type: type, isNullable: nullable, synonyms: synonyms, values: values)
    }

    private static func table(
        _ name: String, _ description: String = "", synonyms: [String] = [], time: String? = nil,
        keys: [String: String] = ["client_id": "clients"], _ columns: [SemanticSource.Column]
    ) -> SemanticSource.Table {
        .init(
            name: name, description: description, synonyms: synonyms, columns: [column("id", "integer")] + columns,
            primaryKey: ["id"],
            foreignKeys: columns.compactMap { column in
                keys[column.name].map {
                    .init(columns: [column.name], table: TableID(name: $0), referencedColumns: ["id"])
                }
            }, timeColumn: time)
    }

    private static func part(
        _ table: String, _ expression: String, filter: String? = nil, time: String
    ) -> SemanticSource.Metric.Part {
        .init(table: TableID(name: table), expression: expression, filter: filter, timeColumn: time)
    }

    private static let desk = SemanticSource(
        tables: [
            table(
                "clients", "Silver clients of a help desk.", time: "joined_on",
                [
                    column("client_name"), column("joined_on", "date"),
                    column("grade", values: ["gold", "plain"]),
                    column("status", values: ["active", "churned", "trial"]),
                ]),
            table(
                "contracts", synonyms: ["tiers"], time: "started_at",
                [
                    column("client_id", "integer"), column("tier", values: ["basic", "silver", "gold"]),
                    column("fee", "numeric"), column("seats", "integer"), column("started_at", "timestamptz"),
                    column("ended_at", "timestamptz", nullable: true),
                    column("status", values: ["active", "cancelled"]),
                    column("leaving_reason", nullable: true, values: ["price", "moved"]),
                ]),
            table(
                "cases", time: "created_at",
                [
                    column("client_id", "integer"), column("urgency", values: ["low", "high"]),
                    column("status", values: ["open", "in_progress", "closed"]),
                    column("created_at", "timestamptz", synonyms: ["opened at"]),
                    column("closed_at", "timestamptz", nullable: true),
                    column("rating", "integer", nullable: true),
                ]),
            table(
                "bills", time: "issued_at",
                [
                    column("client_id", "integer"), column("total_amount", "numeric"),
                    column("issued_at", "timestamptz"), column("paid_at", "timestamptz", nullable: true),
                ]),
            table(
                "payments", time: "made_at", keys: ["bill_id": "bills"],
                [column("bill_id", "integer"), column("amount", "numeric"), column("made_at", "timestamptz")]),
            table(
                "calls", time: "began_at", keys: ["bill_id": "bills"],
                [column("bill_id", "integer"), column("charge", "numeric"), column("began_at", "timestamptz")]),
            table(
                "moves", time: "moved_at",
                [
                    column("client_id", "integer"), column("previous_tier", values: ["basic", "silver", "gold"]),
                    column("new_tier", values: ["basic", "silver", "gold"]), column("moved_at", "timestamptz"),
                ]),
            table(
                "readings", synonyms: ["usage"], time: "read_on",
                [
                    column("client_id", "integer"), column("read_on", "date"), column("prints", "integer"),
                    column("visits", "integer"),
                ]),
        ],
        metrics: [
            .init(
                name: "Cases", computation: .aggregate(part("cases", "COUNT(*)", time: "created_at"), isAdditive: true)),
            .init(
                name: "Pending Cases", synonyms: ["open cases"],
                computation: .aggregate(
                    part("cases", "COUNT(*)", filter: "status IN ('open', 'in_progress')", time: "created_at"),
                    isAdditive: true)),
            .init(
                name: "Enrolments", synonyms: ["enrolled", "new clients"],
                computation: .aggregate(part("clients", "COUNT(*)", time: "joined_on"), isAdditive: true)),
            .init(
                name: "Clients on Trial", synonyms: ["trials"],
                computation: .aggregate(
                    part("clients", "COUNT(*)", filter: "status = 'trial'", time: "joined_on"), isAdditive: true)),
            .init(
                name: "Running Contracts", synonyms: ["active clients"],
                computation: .snapshot(
                    part("contracts", "COUNT(*)", time: "started_at"), start: "started_at", end: "ended_at",
                    isAdditive: true)),
            .init(
                name: "Dues",
                computation: .snapshot(
                    part("contracts", "SUM(fee)", time: "started_at"), start: "started_at", end: "ended_at",
                    isAdditive: true)),
            .init(
                name: "Leavings",
                computation: .aggregate(
                    part("contracts", "COUNT(*)", filter: "status = 'cancelled'", time: "ended_at"), isAdditive: true),
                dimensions: ["tier", "leaving_reason"]),
        ])

    private static let planner = Planner(model: SemanticModel(desk), values: ValueIndex.Builder().build())

    private func sql(_ question: String) throws -> String {
        switch Self.planner.plan(question) {
        case .plan(let planned):
            let day = try #require(Day("2026-11-22"))
            let compiled = try PlanCompiler(source: Self.desk, clock: DataClock(today: day.date)).compile(planned.plan)
            return compiled.sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        case .clarify: return "asked back"
        case .declined: return "declined"
        }
    }

    private func check(_ question: String, _ parts: [String], without others: [String] = []) throws {
        let sql = try sql(question)
        for part in parts { #expect(sql.contains(part), "\(question): \(sql)") }
        for other in others { #expect(!sql.contains(other), "\(question): \(sql)") }
    }

    @Test(
        "What was open then had begun by then and had not ended",
        arguments: [
            ("cases open in October", "closed_at >= '2026-10-01'"),
            ("How many cases were open in October?", "closed_at >= '2026-10-01'"),
            ("open cases in October", "closed_at >= '2026-10-01'"),
            ("high urgency cases open on October 5", "closed_at >= '2026-10-06'"),
            ("How many cases were open at the end of September?", "closed_at >= '2026-10-01'"),
        ])
    func openThen(question: String, end: String) throws {
        try check(question, ["created_at < '2026-1", "closed_at IS NULL OR", end], without: ["status"])
    }

    @Test("How many were open in each month is not told by those that are open today")
    func openByMonth() throws { #expect(try sql("open cases by month") == "declined") }

    @Test(
        "A state counts as the number that is called so defines it",
        arguments: ["How many cases are open?", "open cases", "clients with an open case"])
    func definedState(question: String) throws { try check(question, ["'open', 'in_progress'"]) }

    @Test(
        "Rows in a state are meant where the number called so does not lead to what else is said",
        arguments: [
            "active clients without usage last month", "active clients who never opened a case",
            "active clients with a case in October",
        ])
    func namedRows(question: String) throws {
        try check(question, ["SELECT id", "FROM clients WHERE status = 'active'"], without: ["COUNT"])
    }

    @Test("A number of them is given where one is asked for")
    func numberOfNamedRows() throws {
        try check(
            "How many of our active clients have never opened a case?",
            ["count(*)", "FROM clients WHERE status = 'active'", "NOT EXISTS"])
        try check("How many active clients are there?", ["ended_at IS NULL"])
    }

    @Test(
        "Plain plurals with a clause, an order or “right now” are rows",
        arguments: [
            "Clients on trial right now", "cases that are still open", "cases with a rating below 3",
            "cases sorted by creation date, newest first",
        ])
    func rows(question: String) throws { try check(question, ["SELECT id"], without: ["COUNT"]) }

    @Test(
        "The end that is said first is the one an order begins with",
        arguments: [
            ("bills sorted by total amount, with the largest first", "total_amount DESC"),
            ("bills sorted with the largest first", "total_amount DESC"),
            ("bills sorted with the smallest first", "bills.total_amount, bill_id"),
            ("cases ordered by creation date, the oldest first", "created_at, "),
            ("cases sorted by rating, with the lowest first", "cases.rating, "),
            ("clients ranked by number of cases", "DESC"),
        ])
    func orders(question: String, order: String) throws {
        try check(question, ["ORDER BY", order])
    }

    @Test("One number has no order, and rows without one number of their own have no largest")
    func noOrder() throws { #expect(try sql("readings sorted with the largest first") == "declined") }

    @Test("A sum is of the rows that were named, or of none")
    func sums() throws {
        try check("top 3 clients by total amount of payments", ["sum(payments.amount)"], without: ["total_amount)"])
        #expect(try sql("top 3 clients by total amount of calls") == "declined")
        try check("top 3 clients by total amount of bills", ["sum(bills.total_amount)"])
    }

    @Test(
        "Each preposition picks its side of a move",
        arguments: [
            ("moves from basic to gold", ["previous_tier = 'basic'", "new_tier = 'gold'"]),
            ("How many moves to silver?", ["new_tier = 'silver'"]),
        ])
    func sides(question: String, parts: [String]) throws { try check(question, parts) }

    @Test(
        "How long something takes is from its beginning to the one time that the verb names",
        arguments: [
            ("How long does it take to close a case?", "closed_at - created_at"),
            ("How long does it take to get paid?", "paid_at - issued_at"),
        ])
    func howLong(question: String, difference: String) throws { try check(question, ["avg(", difference]) }

    @Test("How long is declined where nothing ends so")
    func howLongUnknown() throws { #expect(try sql("How long does it take to paint a case?") == "declined") }

    @Test(
        "What a number counts every row of is done by those that are named, at its time",
        arguments: ["clients who enrolled in October", "which clients enrolled in October"])
    func doers(question: String) throws {
        try check(question, ["SELECT id", "joined_on >= '2026-10-01'"], without: ["COUNT"])
    }

    @Test("Who did it is no state of what was done")
    func who() throws { #expect(try sql("What was the largest bill last year and who paid it?") == "declined") }

    private static let shop = SchemaQuestions(
        """
        customers
          id int
          name text! | name | Ada, Bob
        orders
          id int
          customer_id int! -> customers
          status text! | status | open, shipped
        products
          id int
          name text! | name | Lamp, Desk
        order_items
          id int
          order_id int! -> orders
          product_id int! -> products
        complaints
          id int
          customer_id int! -> customers
          opened_at ts!
          closed_at ts
        """)

    @Test("One of two is less than both, and an open order is no open complaint")
    func both() throws {
        #expect(try Self.shop.sql("customers who ordered a Lamp and a Desk") == nil)
        #expect(try Self.shop.sql("customers who ordered a Lamp or a Desk")?.contains("'Lamp', 'Desk'") == true)
        let sql = try #require(try Self.shop.sql("customers with an open complaint"))
        #expect(sql.contains("closed_at IS NULL") && !sql.contains("orders"), "\(sql)")
    }

    @Test("A description does not swallow the value in it")
    func described() throws { try check("dues of silver clients", ["tier = 'silver'"]) }

    @Test("Why they left is told by when they left")
    func reasons() throws { try check("leaving reasons in 2026", ["ended_at >= '2026-01-01'"]) }

    @Test(
        "Rows of measurements are not counted unless somebody asks how many",
        arguments: ["usage by month", "usage by client"])
    func mass(question: String) throws { #expect(try sql(question) == "declined") }

    @Test("Groups that are called as the rows are do not stand for what is counted")
    func groups() throws { #expect(try sql("Which tier has the most active contracts?").contains("GROUP BY tier")) }

    @Test(
        "Those that have left have nothing that holds today",
        arguments: ["dues of churned clients", "average fee of churned clients"])
    func left(question: String) throws { #expect(try sql(question) == "declined") }

    @Test("The word right before a noun is of that noun, and two columns with it are asked about")
    func adjectives() throws {
        try check("clients with an active contract", ["FROM contracts"], without: ["clients_2", "JOIN clients"])
        #expect(try sql("dues of gold clients") == "asked back")
    }
}

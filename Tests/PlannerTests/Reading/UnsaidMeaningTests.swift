import Planner
import ServiceRuntime
import Testing

/// What is not said is asked for or declined; what is said of another time, of both, or of each is read as that.
@Suite("What a question leaves open is not filled in")
struct UnsaidMeaningTests {
    private static let seasons = SemanticSource(
        tables: [
            .init(
                name: "holders", synonyms: ["visitors"],
                columns: [
                    .init(name: "id", type: "integer", isNullable: false), .init(name: "name", type: "text"),
                    .init(name: "town", type: "text", isNullable: false, values: ["Leeds", "York"]),
                    .init(name: "origin", type: "text", isNullable: false, values: ["poster", "friend"]),
                    .init(name: "state", type: "text", isNullable: false, values: ["active", "lapsed", "trial"]),
                    .init(name: "joined_on", type: "date", isNullable: false),
                ], primaryKey: ["id"], timeColumn: "joined_on"),
            .init(
                name: "passes", synonyms: ["subscribers", "tiers"],
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "holder_id", type: "integer", isNullable: false),
                    .init(
                        name: "tier", type: "text", isNullable: false, values: ["basic", "silver", "gold"]),
                    .init(name: "billing", type: "text", isNullable: false, values: ["monthly", "annual"]),
                    .init(
                        name: "status", type: "text", isNullable: false,
                        values: ["active", "cancelled", "upgraded", "downgraded"]),
                    .init(name: "reason", type: "text", values: ["price", "moved"]),
                    .init(name: "fee", type: "numeric", isNullable: false),
                    .init(name: "seats", type: "integer", isNullable: false, synonyms: ["users"]),
                    .init(name: "started_at", type: "timestamptz", isNullable: false),
                    .init(name: "ended_at", type: "timestamptz"),
                ], primaryKey: ["id"],
                foreignKeys: [
                    .init(columns: ["holder_id"], table: TableID(name: "holders"), referencedColumns: ["id"])
                ], timeColumn: "started_at"),
            .init(
                name: "bills",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "holder_id", type: "integer", isNullable: false),
                    .init(name: "pass_id", type: "integer", isNullable: false),
                    .init(name: "amount", type: "numeric", isNullable: false),
                    .init(
                        name: "status", type: "text", isNullable: false, values: ["open", "paid", "failed"]),
                    .init(name: "issued_at", type: "timestamptz", isNullable: false, synonyms: ["opened at"]),
                    .init(name: "paid_at", type: "timestamptz"),
                ], primaryKey: ["id"],
                foreignKeys: [
                    .init(columns: ["holder_id"], table: TableID(name: "holders"), referencedColumns: ["id"]),
                    .init(columns: ["pass_id"], table: TableID(name: "passes"), referencedColumns: ["id"]),
                ], timeColumn: "issued_at"),
        ],
        metrics: [
            stock("Dues", "SUM(fee)", ["monthly dues"]), stock("Active Passes", "COUNT(*)", ["active subscribers"]),
            stock("Seats Held", "SUM(seats)", ["seats"]),
            .init(
                name: "Mean Dues", synonyms: ["average dues"],
                computation: .snapshot(
                    part("passes", "AVG(fee)", time: "started_at"), start: "started_at", end: "ended_at",
                    isAdditive: false), dimensions: ["tier"]),
            .init(
                name: "Departures", synonyms: ["lost holders"],
                computation: .aggregate(
                    part("passes", "COUNT(*)", filter: "status = 'cancelled'", time: "ended_at"), isAdditive: true),
                dimensions: ["tier", "reason"], higherIsBetter: false),
            .init(
                name: "Arrivals", synonyms: ["new holders", "signups", "signed up"],
                computation: .aggregate(part("holders", "COUNT(*)", time: "joined_on"), isAdditive: true),
                dimensions: ["town", "origin"], higherIsBetter: true),
            .init(
                name: "Money Received", synonyms: ["takings"],
                computation: .aggregate(
                    part("bills", "SUM(amount)", filter: "status = 'paid'", time: "paid_at"), isAdditive: true)),
            .init(
                name: "Unpaid Bills", synonyms: ["open bills", "arrears"],
                computation: .aggregate(
                    part("bills", "COUNT(*)", filter: "status = 'open'", time: "issued_at"), isAdditive: true)),
            .init(
                name: "Worth of a Holder", synonyms: ["lifetime value"],
                computation: .ratio(
                    numerator: part("bills", "SUM(amount)", time: "issued_at"),
                    denominator: part("bills", "COUNT(DISTINCT holder_id)", time: "issued_at"))),
        ])

    private static func part(
        _ table: String, _ expression: String, filter: String? = nil, time: String
    ) -> SemanticSource.Metric.Part {
        .init(table: TableID(name: table), expression: expression, filter: filter, timeColumn: time)
    }

    private static func stock(_ name: String, _ expression: String, _ synonyms: [String]) -> SemanticSource.Metric {
        .init(
            name: name, synonyms: synonyms,
            computation: .snapshot(
                part("passes", expression, time: "started_at"), start: "started_at", end: "ended_at",
                isAdditive: true), dimensions: ["tier", "billing"], higherIsBetter: true)
    }

    private static let planner = Planner(model: SemanticModel(seasons), values: ValueIndex.Builder().build())

    private func read(_ question: String) -> String {
        switch Self.planner.plan(question) {
        case .plan(let planned): Sketch.plain(planned.plan)
        case .clarify(let clarification): "? " + clarification.choices.map(\.label).joined(separator: ", ")
        case .declined: "declined"
        }
    }

    private func sql(_ question: String, newest: [ColumnID: CivilDate] = [:]) throws -> String {
        guard case .plan(let planned) = Self.planner.plan(question) else { return "" }
        let today = try #require(Day("2026-11-22"))
        let compiler = PlanCompiler(source: Self.seasons, clock: DataClock(today: today.date, newest: newest))
        return try compiler.compile(planned.plan).sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test(
        "A ranking word without a number asks for one, and only what is frequent is counted",
        arguments: [
            ("best tier", "? Dues, Active Passes, Seats Held, Mean Dues, Departures"),
            ("worst tier", "? Dues, Active Passes, Seats Held, Mean Dues, Departures"),
            ("top 3 tiers", "? Dues, Active Passes, Seats Held, Mean Dues, Departures"),
            ("most active holders", "declined"),
            ("most popular tier", "ranking · [Active Passes] · by passes.tier · order measure 0 desc · limit 1"),
            ("most common reason", "ranking · [Departures] · by passes.reason · order measure 0 desc · limit 1"),
            ("top reasons", "ranking · [Departures] · by passes.reason · order measure 0 desc"),
            ("lowest mean dues by town", "ranking · [Mean Dues] · by holders.town · order measure 0"),
            (
                "largest holders by seats",
                "ranking · [Seats Held] · by holders.id · showing holders.name · order measure 0 desc"
            ),
        ])
    func asksForNumber(question: String, expected: String) { #expect(read(question) == expected) }

    @Test("A choice of the number ranks by it, the worst of what had better be low first")
    func ranksByChoice() throws {
        guard case .clarify(let clarification) = Self.planner.plan("worst tier") else {
            Issue.record("no question back")
            return
        }
        let orders = Dictionary(
            uniqueKeysWithValues: clarification.choices.map { ($0.label, $0.question.plan.order.first?.isDescending) })
        #expect(orders["Dues"] == .some(false))
        #expect(orders["Departures"] == .some(true))
        #expect(clarification.choices.allSatisfy { $0.decision == nil })
    }

    @Test(
        "A share is taken within each group, of rows that hold",
        arguments: [
            (
                "What share of arrivals is from a poster by town?",
                "share · [Arrivals][holders.origin = poster] / [Arrivals] · by holders.town"
            ),
            (
                "What fraction of active passes is annual by tier?",
                "share · [Active Passes][passes.billing = annual] / [Active Passes] · by passes.tier"
            ),
            (
                "share of annual passes by tier",
                "share · count(passes)[passes.billing = annual] / count(passes) · by passes.tier"
                    + " · where passes.ended_at empty"
            ),
            ("share of dues by tier", "share · share([Dues]) · by passes.tier"),
            (
                "ratio of annual to monthly passes",
                "value · count(passes)[passes.billing = annual] / count(passes)[passes.billing = monthly]"
                    + " · where passes.ended_at empty"
            ),
        ])
    func sharesWithinGroups(question: String, expected: String) { #expect(read(question) == expected) }

    @Test(
        "And is not or, and what comes first is not held against what follows",
        arguments: [
            (
                "holders who upgraded and downgraded",
                "list · of holders · showing holders.id, holders.name · where some passes(passes.status = upgraded)"
                    + " and some passes(passes.status = downgraded)"
            ),
            (
                "holders who upgraded or downgraded",
                "list · of holders · showing holders.id, holders.name"
                    + " · where some passes(passes.status = upgraded|downgraded)"
            ),
            ("holders who upgraded and then cancelled", "declined"),
            ("holders who cancelled after paying a bill", "declined"),
            ("holders who upgraded and downgraded in 2025", "declined"),
        ])
    func keepsAnd(question: String, expected: String) { #expect(read(question) == expected) }

    @Test(
        "Per head and per unit is one number by another, in every group",
        arguments: [
            ("dues per seat by tier", "breakdown · [Dues] / [Seats Held] · by passes.tier"),
            ("average dues per seat by tier", "declined"),
            ("takings per holder by town", "breakdown · [Money Received] / count(holders) · by holders.town"),
            ("dues per holder by town", "breakdown · average([Dues] per holders.id) · by holders.town"),
            ("average fee per holder for every tier", "declined"), ("lifetime value by tier", "declined"),
            ("lifetime value by town", "breakdown · [Worth of a Holder] · by holders.town"),
        ])
    func dividesPerHead(question: String, expected: String) { #expect(read(question) == expected) }

    @Test(
        "Who was in a state then is told by when rows began and ended, or not at all",
        arguments: [
            (
                "How many passes were active in March 2026 by tier?",
                "breakdown · [Active Passes] · by passes.tier · in March 2026"
            ),
            ("How many holders were active in March 2026?", "declined"),
            ("open bills at the end of March", "declined"), ("active lapsed holders", "declined"),
            ("dues of cancelled passes", "declined"), ("dues a year ago", "value · [Dues] · in 12 months ago"),
            ("dues end of last year by tier", "breakdown · [Dues] · by passes.tier · in last year"),
            ("dues over the last 6 months", "trend · [Dues] · by month · in last 6 months"),
            ("seats sold in October", "declined"), ("dues from new holders in October", "declined"),
            ("new holders in October", "value · [Arrivals] · in October"),
        ])
    func readsStatesOfThen(question: String, expected: String) { #expect(read(question) == expected) }

    @Test(
        "What is called by who has one is what holds",
        arguments: [
            (
                "basic against gold: seats and subscribers",
                "breakdown · [Seats Held], [Active Passes] · by passes.tier · where passes.tier = basic|gold"
            ),
            (
                "monthly subscribers",
                "list · of passes · showing passes.id, passes.billing, passes.ended_at"
                    + " · where passes.billing = monthly and passes.ended_at empty"
            ),
            (
                "new subscribers in March",
                "list · of passes · showing passes.id, passes.started_at · in March of passes.started_at"
            ),
            (
                "how many holders per tier",
                "breakdown · distinct(passes.holder_id) · by passes.tier · where passes.ended_at empty"
            ),
            ("users by town", "breakdown · [Seats Held] · by holders.town"),
            ("number of tiers", "value · distinct(passes.tier)"),
            (
                "how many holders are on annual billing",
                "value · count(holders) · where some passes(passes.billing = annual and passes.ended_at empty)"
            ),
        ])
    func countsWhatHolds(question: String, expected: String) { #expect(read(question) == expected) }

    @Test(
        "Deeds are no states, and numbers are no lists",
        arguments: [
            (
                "Which trial holders have opened bills?",
                "list · of holders · showing holders.id, holders.name, holders.state"
                    + " · where holders.state = trial and some bills()"
            ),
            ("Amount of bills paid last month", "value · [Money Received] · in last month"),
            (
                "paid bills by month of payment",
                "breakdown · count(bills) · by month of bills.paid_at · where bills.status = paid"
            ),
            ("pass value by tier", "declined"), ("bills in Leeds: how many and how much?", "declined"),
            ("how long do bills take?", "declined"),
        ])
    func keepsDeeds(question: String, expected: String) { #expect(read(question) == expected) }

    @Test(
        "Shapes of time are those that are meant",
        arguments: [
            ("bills by hour", "breakdown · count(bills) · by hourOfDay of bills.issued_at"),
            ("arrivals trend over the last year", "trend · [Arrivals] · by month · in last 12 months"),
            ("arrivals last year", "value · [Arrivals] · in last year"),
            ("best month for arrivals", "ranking · [Arrivals] · by month · order measure 0 desc · limit 1"),
            (
                "worst month for arrivals",
                "ranking · [Arrivals] · by month · in until last month · order measure 0 · limit 1"
            ),
            ("worst month for departures", "ranking · [Departures] · by month · order measure 0 desc · limit 1"),
        ])
    func shapesTime(question: String, expected: String) { #expect(read(question) == expected) }

    @Test("A stock is compared as far as the other data reaches")
    func comparesStockUntilData() throws {
        let known = try #require(Day("2026-11-20"))
        let text = try sql(
            "dues year over year", newest: [ColumnID(TableID(name: "bills"), "issued_at"): known.date])
        #expect(text.contains("started_at < '2026-11-21'"))
        #expect(text.contains("started_at < '2025-11-21'"))
    }
}

import Dash
import FoundationEssentials
import Postgres
import ServiceRuntime
import TestSupport
import Testing

// One at a time: generating the company keeps a thread busy, and tests share few.
@Suite(.serialized) struct SampleKnowledgeTests {
    private static let folder = KnowledgeFolder(
        path: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../knowledge").standardized
            .path())

    private func entries() async -> [KnowledgeContent] { await Self.folder.read().entries.map(\.content) }

    private func queries() async -> [ValidatedQuery] {
        await entries().compactMap { if case .query(let query) = $0 { query } else { nil } }
    }

    /// With the examples of what they leave open, on the day after the data's last one.
    private func queries(asOf date: String) async throws -> [ValidatedQuery] {
        let day = try #require(CivilDate(date))
        return try await queries().map { try $0.example(today: day) { _ in day.adding(days: -1) } }
    }

    private func metrics() async -> [Metric] {
        await entries().compactMap { if case .metric(let metric) = $0 { metric } else { nil } }
    }

    private func tables() async -> [TableKnowledge] {
        await entries().compactMap { if case .table(let table) = $0 { table } else { nil } }
    }

    /// Runs the body on the loaded sample, as a login that may read and nothing else.
    private func withSample(_ date: String, _ body: @Sendable (PostgresClient) async throws -> Void) async throws {
        let company = SampleCompany(asOf: try #require(CivilDate(date)))
        try await PostgresServer.shared.withClient { client in
            try await SampleLoader(client: client).load(company)
            try await body(client)
        }
    }

    private func run(_ sql: String, on client: PostgresClient) async throws -> PostgresResult {
        try await client.withTransaction(begin: "BEGIN READ ONLY") { connection in
            try await connection.query("SET LOCAL search_path = public")
            try await connection.query("SET LOCAL statement_timeout = '30s'")
            return try await connection.query(PostgresQuery(unescaped: sql))
        }
    }

    private func number(_ sql: String, on client: PostgresClient) async throws -> Double {
        let result = try await run(sql, on: client)
        let cell = try #require(result.rows.first?.cells.first)
        return try #require(cell.flatMap(Double.init))
    }

    @Test("The files are read without a single remark")
    func readsWithoutProblems() async {
        let contents = await Self.folder.read()
        #expect(contents.problems.map(\.description) == [])
        let counts = Dictionary(grouping: contents.entries, by: \.content.kind).mapValues(\.count)
        #expect(counts[.table] == 6)
        #expect(counts[.query, default: 0] >= 25)
        #expect(counts[.metric, default: 0] >= 20)
        #expect(counts[.document, default: 0] >= 1)
    }

    @Test("Every query says what it answers, in questions that no other query claims")
    func describesQueries() async {
        var owners: [String: String] = [:]
        for query in await queries() {
            #expect(!query.description.isEmpty, "\(query.name)")
            #expect((2...10).contains(query.questions.count), "\(query.name)")
            for question in query.questions {
                #expect(owners.updateValue(query.name, forKey: question.lowercased()) == nil, "\(question)")
            }
            let words = query.sql.lowercased()
            #expect(
                !words.contains("current_date") && !words.contains("now()"),
                "\(query.name) must count from the data's end")
        }
    }

    @Test("No two metrics answer to the same name")
    func namesMetricsOnce() async {
        var owners: [String: String] = [:]
        for metric in await metrics() {
            for name in [metric.name] + metric.synonyms {
                #expect(owners.updateValue(metric.name, forKey: name.lowercased()) == nil, "\(name)")
            }
        }
    }

    @Test(
        "Every query runs and finds something, also in old data and at both ends of a month",
        arguments: ["2026-11-21", "2021-03-01", "2024-03-02", "2024-12-31"])
    func runsQueries(date: String) async throws {
        let queries = try await queries(asOf: date)
        try await withSample(date) { client in
            for query in queries {
                let result = try await run(query.sql, on: client)
                #expect(!result.rows.isEmpty, "\(query.name)")
                #expect(result.rows.count <= 100, "\(query.name)")
                #expect(Set(result.columns.names).count == result.columns.names.count, "\(query.name)")
                #expect(!result.columns.names.contains("?column?"), "\(query.name)")
                let again = try await run(query.sql, on: client)
                #expect(again.rows.map(\.cells) == result.rows.map(\.cells), "\(query.name) must have one order")
            }
        }
    }

    @Test("Every metric computes, and its parts say the same as its calculation")
    func runsMetrics() async throws {
        let metrics = await metrics()
        try await withSample("2026-11-21") { client in
            for metric in metrics {
                let value = try await number("SELECT \(metric.calculation)", on: client)
                switch metric.kind {
                case .ratio(let numerator, let denominator):
                    func part(_ text: String) -> String {
                        let filter = metric.filter.map { " WHERE \($0)" } ?? ""
                        return "SELECT \(text)" + (text.contains(" FROM ") ? "" : " FROM \(metric.table)\(filter)")
                    }
                    let top = try await number(part(numerator), on: client)
                    let bottom = try await number(part(denominator), on: client)
                    #expect(abs(value - top / bottom) < 0.01, "\(metric.name)")
                case .snapshot(_, let end):
                    let expression = try #require(metric.expression)
                    #expect(metric.filter == nil, "\(metric.name)")
                    let sql = "SELECT \(expression) FROM \(metric.table) WHERE \(end) IS NULL"
                    #expect(try await number(sql, on: client) == value, "\(metric.name)")
                default:
                    let expression = try #require(metric.expression)
                    let filter = metric.filter.map { " WHERE \($0)" } ?? ""
                    #expect(try await number("SELECT \(expression) FROM \(metric.table)\(filter)", on: client) == value)
                }
                for column in metric.dimensions + [metric.timeColumn].compactMap(\.self) {
                    let sql = "SELECT count(\(column)) FROM \(metric.table)"
                    #expect(try await number(sql, on: client) > 0, "\(metric.name), \(column)")
                }
            }
        }
    }

    @Test("The table files describe the tables that are loaded: every column, its type, its values")
    func describesTables() async throws {
        let tables = await tables()
        try await withSample("2026-11-21") { client in
            for table in tables {
                let live = try await client.query(
                    """
                    SELECT attname AS name, format_type(atttypid, atttypmod) AS type
                    FROM pg_attribute
                    WHERE attrelid = to_regclass(\("public." + table.name)) AND attnum > 0 AND NOT attisdropped
                    ORDER BY attnum
                    """)
                let types = live.rows.map {
                    ($0["type"] ?? "").replacing("timestamp with time zone", with: "timestamptz")
                }
                #expect(table.columns.map(\.name) == live.rows.map { $0["name"] })
                #expect(table.columns.map(\.type) == types, "\(table.name)")
                for column in table.columns where !column.values.isEmpty {
                    let found = try await client.query(
                        "SELECT DISTINCT \(identifier: column.name)::text AS value FROM \(identifier: table.name) WHERE \(identifier: column.name) IS NOT NULL"
                    )
                    #expect(
                        Set(found.rows.compactMap { $0["value"] }) == Set(column.values),
                        "\(table.name).\(column.name)")
                }
                for relationship in table.relationships {
                    let parts = relationship.references.split(separator: ".").map(String.init)
                    let orphans = try await client.query(
                        "SELECT count(*) AS n FROM \(identifier: table.name) a WHERE NOT EXISTS (SELECT 1 FROM \(identifier: parts[0]) b WHERE b.\(identifier: parts[1]) = a.\(identifier: relationship.column))"
                    )
                    #expect(orphans.rows.first?["n"] == "0")
                }
            }
        }
    }

    @Test("Queries and metrics that tell the same thing agree")
    func agrees() async throws {
        let queries = Dictionary(uniqueKeysWithValues: try await queries(asOf: "2026-11-21").map { ($0.name, $0.sql) })
        let metrics = Dictionary(uniqueKeysWithValues: await metrics().map { ($0.name, $0.calculation) })
        try await withSample("2026-11-21") { client in
            func value(_ column: String, of query: String, aggregate: String = "max") async throws -> Double {
                let sql = try #require(queries[query])
                return try await number("SELECT \(aggregate)(\(column)) FROM (\(sql)) AS answer", on: client)
            }
            func metric(_ name: String) async throws -> Double {
                try await number("SELECT round((SELECT \(try #require(metrics[name])))::numeric, 2)", on: client)
            }
            let revenue = try await number("SELECT sum(mrr) FROM subscriptions WHERE status = 'active'", on: client)
            #expect(try await metric("Monthly Recurring Revenue (MRR)") == revenue)
            #expect(try await value("current_mrr", of: "current_mrr") == revenue)
            for query in [
                "mrr_by_plan", "revenue_by_source", "revenue_by_industry", "revenue_by_country",
                "revenue_by_company_size", "annual_vs_monthly", "plan_comparison",
            ] {
                #expect(abs(try await value("mrr", of: query, aggregate: "sum") - revenue) < 0.001, "\(query)")
            }
            // Every MRR bridge closes, and the trend says the same as the bridge.
            let open = """
                starting_mrr + new_mrr + expansion_mrr + contraction_mrr + churned_mrr - ending_mrr
                """
            #expect(try await value("abs(\(open))", of: "mrr_movement") == 0)
            #expect(
                try await value(
                    "abs(total_mrr - starter_mrr - professional_mrr - business_mrr - enterprise_mrr)",
                    of: "revenue_trend_by_plan") == 0)
            #expect(try await value("total_mrr", of: "revenue_trend_by_plan") == value("mrr", of: "mrr_trend"))
            #expect(try await value("ending_mrr", of: "mrr_movement") == value("mrr", of: "mrr_trend"))
            // One definition of churn.
            let cancellations = try await value("cancellations", of: "churn_rate_by_month", aggregate: "sum")
            #expect(try await value("cancellations", of: "churn_rate_by_plan", aggregate: "sum") == cancellations)
            #expect(
                try await value("cancellations", of: "churn_rate_by_billing_cycle", aggregate: "sum") == cancellations)
            #expect(
                try await value("lost_mrr", of: "churn_rate_by_plan", aggregate: "sum")
                    == value("lost_mrr", of: "churn_rate_by_month", aggregate: "sum"))
            let lastMonth = try await value(
                "(array_agg(churn_pct ORDER BY month DESC))[1]", of: "churn_rate_by_month", aggregate: "")
            #expect(abs(try await metric("Churn Rate") - lastMonth) <= 0.051)
            #expect(
                abs(try await metric("Net Revenue Retention (NRR)") - value("nrr_pct", of: "net_revenue_retention"))
                    <= 0.051)
            #expect(try await metric("Support Satisfaction (CSAT)") == value("avg_satisfaction", of: "satisfaction"))
            #expect(
                try await metric("Customer Lifetime Value (CLV)")
                    == value("avg_collected_per_customer", of: "customer_lifetime_value"))
            #expect(try await metric("Sign-ups") == value("signups", of: "signups_by_year", aggregate: "sum"))
            #expect(
                try await metric("Collected Revenue")
                    == value("total_collected", of: "lifetime_value_by_plan", aggregate: "sum"))
        }
    }

    @Test("The analyst's role can run all of it, and the check has no remark")
    func holdsForTheAnalyst() async throws {
        let entries = await Self.folder.read().entries
        let date = try #require(CivilDate("2026-11-21"))
        try await WarehouseFixture.with(script: "DROP TABLE public.orders, public.customers") { fixture in
            let client = PostgresClient(
                configuration: fixture.setup.superuser, eventLoop: PostgresServer.eventLoop,
                logger: PostgresServer.logger)
            try await SampleLoader(client: client).load(SampleCompany(asOf: date))
            await client.close()
            let problems = try await KnowledgeCheck(warehouse: fixture.warehouse).problems(in: entries)
            #expect(problems.map(\.description) == [])
        }
    }
}

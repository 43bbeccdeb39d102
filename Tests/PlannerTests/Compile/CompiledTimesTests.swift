import Planner
import Testing

@Suite("Compiled: trends and comparisons")
struct CompiledTimesTests {
    private static let cases: [CompileCase] = [
        CompileCase(
            "mrr trend by plan",
            Plan(
                recipe: .trend, measures: [.metric("Monthly Recurring Revenue (MRR)")],
                dimensions: [.time(nil, .month), .column(ColumnID(Shop.subscriptions, "plan"))], time: Shop.halfYear),
            #"""
            WITH dates AS (
                SELECT bucket::date AS month, LEAST((bucket + INTERVAL '1 month')::date, DATE '2026-11-01') AS until
                FROM generate_series(GREATEST('2026-05-01'::timestamp, (SELECT date_trunc('month', min(started_at) AT TIME ZONE 'UTC')::date FROM subscriptions)), '2026-10-01'::timestamp, INTERVAL '1 month') AS bucket
            ), totals AS (
                SELECT dates.month, subscriptions.plan, SUM(mrr) AS mrr
                FROM subscriptions
                CROSS JOIN dates
                WHERE subscriptions.started_at < dates.until::timestamp AT TIME ZONE 'UTC'
                    AND (subscriptions.ended_at IS NULL OR subscriptions.ended_at >= dates.until::timestamp AT TIME ZONE 'UTC')
                GROUP BY dates.month, subscriptions.plan
            )
            SELECT dates.month, series.plan, COALESCE(totals.mrr, 0) AS mrr
            FROM dates
            CROSS JOIN (SELECT DISTINCT plan FROM totals) AS series
            LEFT JOIN totals USING (month, plan)
            ORDER BY month, plan
            """#),
        CompileCase(
            "trend",
            Plan(recipe: .trend, measures: [Shop.total], dimensions: [.time(nil, .month)], time: Shop.halfYear),
            #"""
            WITH totals AS (
                SELECT date_trunc('month', ordered_at AT TIME ZONE 'UTC')::date AS month, sum(amount) AS total_amount
                FROM orders
                WHERE ordered_at >= '2026-05-01'::timestamp AT TIME ZONE 'UTC'
                    AND ordered_at < '2026-11-01'::timestamp AT TIME ZONE 'UTC'
                GROUP BY 1
            ), dates AS (
                SELECT bucket::date AS month
                FROM generate_series(GREATEST('2026-05-01'::timestamp, (SELECT date_trunc('month', min(ordered_at) AT TIME ZONE 'UTC')::date FROM orders)), LEAST('2026-10-01'::timestamp, (SELECT date_trunc('month', max(ordered_at) AT TIME ZONE 'UTC')::date FROM orders)), INTERVAL '1 month') AS bucket
            )
            SELECT dates.month, COALESCE(totals.total_amount, 0) AS total_amount
            FROM dates
            LEFT JOIN totals USING (month)
            ORDER BY month
            """#),
        CompileCase(
            "trend all",
            Plan(
                recipe: .trend, measures: [Shop.total, .metric("Monthly Recurring Revenue (MRR)")],
                dimensions: [.time(nil, .quarter)]),
            #"""
            WITH totals_1 AS (
                SELECT date_trunc('quarter', ordered_at AT TIME ZONE 'UTC')::date AS quarter, sum(amount) AS total_amount
                FROM orders
                GROUP BY 1
            ), dates AS (
                SELECT bucket::date AS quarter, LEAST((bucket + INTERVAL '3 months')::date, DATE '2026-11-22') AS until
                FROM generate_series(LEAST((SELECT min(quarter) FROM totals_1), (SELECT date_trunc('quarter', min(started_at) AT TIME ZONE 'UTC')::date FROM subscriptions))::timestamp, '2026-10-01'::timestamp, INTERVAL '3 months') AS bucket
            ), totals_2 AS (
                SELECT dates.quarter, SUM(mrr) AS mrr
                FROM subscriptions
                CROSS JOIN dates
                WHERE subscriptions.started_at < dates.until::timestamp AT TIME ZONE 'UTC'
                    AND (subscriptions.ended_at IS NULL OR subscriptions.ended_at >= dates.until::timestamp AT TIME ZONE 'UTC')
                GROUP BY dates.quarter
            )
            SELECT dates.quarter, COALESCE(totals_1.total_amount, 0) AS total_amount, COALESCE(totals_2.mrr, 0) AS mrr
            FROM dates
            LEFT JOIN totals_1 USING (quarter)
            LEFT JOIN totals_2 USING (quarter)
            ORDER BY quarter
            """#),
        CompileCase(
            "trend by country",
            Plan(
                recipe: .trend, measures: [Shop.total],
                dimensions: [.time(nil, .month), .column(ColumnID(Shop.customers, "country"))], time: Shop.halfYear),
            #"""
            WITH totals AS (
                SELECT date_trunc('month', orders.ordered_at AT TIME ZONE 'UTC')::date AS month,
                    customers.country,
                    sum(orders.amount) AS total_amount
                FROM orders
                LEFT JOIN customers ON customers.id = orders.customer_id
                WHERE orders.ordered_at >= '2026-05-01'::timestamp AT TIME ZONE 'UTC'
                    AND orders.ordered_at < '2026-11-01'::timestamp AT TIME ZONE 'UTC'
                GROUP BY 1, customers.country
            ), dates AS (
                SELECT bucket::date AS month
                FROM generate_series(GREATEST('2026-05-01'::timestamp, (SELECT date_trunc('month', min(ordered_at) AT TIME ZONE 'UTC')::date FROM orders)), LEAST('2026-10-01'::timestamp, (SELECT date_trunc('month', max(ordered_at) AT TIME ZONE 'UTC')::date FROM orders)), INTERVAL '1 month') AS bucket
            )
            SELECT dates.month, series.country, COALESCE(totals.total_amount, 0) AS total_amount
            FROM dates
            CROSS JOIN (SELECT DISTINCT country FROM totals) AS series
            LEFT JOIN totals ON totals.month = dates.month AND totals.country IS NOT DISTINCT FROM series.country
            ORDER BY month, country
            """#),
        CompileCase(
            "share by month and country",
            Plan(
                recipe: .trend, measures: [.shareOfTotal(Shop.total)],
                dimensions: [.time(nil, .month), .column(ColumnID(Shop.customers, "country"))], time: Shop.october),
            #"""
            WITH totals AS (
                SELECT date_trunc('month', orders.ordered_at AT TIME ZONE 'UTC')::date AS month,
                    customers.country,
                    sum(orders.amount) AS value_1
                FROM orders
                LEFT JOIN customers ON customers.id = orders.customer_id
                WHERE orders.ordered_at >= '2026-10-01'::timestamp AT TIME ZONE 'UTC'
                    AND orders.ordered_at < '2026-11-01'::timestamp AT TIME ZONE 'UTC'
                GROUP BY 1, customers.country
            ), dates AS (
                SELECT bucket::date AS month
                FROM generate_series(GREATEST('2026-10-01'::timestamp, (SELECT date_trunc('month', min(ordered_at) AT TIME ZONE 'UTC')::date FROM orders)), LEAST('2026-10-01'::timestamp, (SELECT date_trunc('month', max(ordered_at) AT TIME ZONE 'UTC')::date FROM orders)), INTERVAL '1 month') AS bucket
            )
            SELECT dates.month,
                series.country,
                100.0 * COALESCE(totals.value_1, 0) / NULLIF(sum(COALESCE(totals.value_1, 0)) OVER (PARTITION BY dates.month), 0) AS share_of_total_amount_pct
            FROM dates
            CROSS JOIN (SELECT DISTINCT country FROM totals) AS series
            LEFT JOIN totals ON totals.month = dates.month AND totals.country IS NOT DISTINCT FROM series.country
            ORDER BY month, country
            """#),
        CompileCase(
            "signups per week",
            Plan(
                recipe: .trend, measures: [.count(Shop.customers)], dimensions: [.time(nil, .week)],
                time: Plan.TimeScope(period: .days(from: Day("2026-03-04"), through: Day("2026-03-20")))),
            #"""
            WITH totals AS (
                SELECT date_trunc('week', joined)::date AS week, count(*) AS number_of_customers
                FROM customers
                WHERE joined >= '2026-03-04'
                    AND joined < '2026-03-21'
                GROUP BY 1
            ), dates AS (
                SELECT bucket::date AS week
                FROM generate_series(GREATEST('2026-03-02'::timestamp, (SELECT date_trunc('week', min(joined))::date FROM customers)), LEAST('2026-03-16'::timestamp, (SELECT date_trunc('week', max(joined))::date FROM customers)), INTERVAL '7 days') AS bucket
            )
            SELECT dates.week, COALESCE(totals.number_of_customers, 0) AS number_of_customers
            FROM dates
            LEFT JOIN totals USING (week)
            ORDER BY week
            """#),
        CompileCase(
            "compare",
            Plan(recipe: .comparison, measures: [Shop.total], time: Shop.october, comparison: .yearBefore),
            #"""
            WITH current_period AS (
                SELECT sum(amount) AS total_amount
                FROM orders
                WHERE ordered_at >= '2026-10-01'::timestamp AT TIME ZONE 'UTC'
                    AND ordered_at < '2026-11-01'::timestamp AT TIME ZONE 'UTC'
            ), previous_period AS (
                SELECT sum(amount) AS total_amount
                FROM orders
                WHERE ordered_at >= '2025-10-01'::timestamp AT TIME ZONE 'UTC'
                    AND ordered_at < '2025-11-01'::timestamp AT TIME ZONE 'UTC'
            )
            SELECT COALESCE(current_period.total_amount, 0) AS total_amount,
                COALESCE(previous_period.total_amount, 0) AS previous_total_amount,
                COALESCE(current_period.total_amount, 0) - COALESCE(previous_period.total_amount, 0) AS change,
                (COALESCE(current_period.total_amount, 0) - COALESCE(previous_period.total_amount, 0))::numeric / NULLIF(COALESCE(previous_period.total_amount, 0), 0) AS relative_change
            FROM current_period
            CROSS JOIN previous_period
            """#),
        CompileCase(
            "compare by country",
            Plan(
                recipe: .comparison, measures: [Shop.total], dimensions: [.column(ColumnID(Shop.customers, "country"))],
                time: Shop.october, comparison: .previousPeriod, order: [Plan.Order(.change)]),
            #"""
            WITH current_period AS (
                SELECT customers.country, sum(orders.amount) AS total_amount
                FROM orders
                LEFT JOIN customers ON customers.id = orders.customer_id
                WHERE orders.ordered_at >= '2026-10-01'::timestamp AT TIME ZONE 'UTC'
                    AND orders.ordered_at < '2026-11-01'::timestamp AT TIME ZONE 'UTC'
                GROUP BY customers.country
            ), previous_period AS (
                SELECT customers.country, sum(orders.amount) AS total_amount
                FROM orders
                LEFT JOIN customers ON customers.id = orders.customer_id
                WHERE orders.ordered_at >= '2026-09-01'::timestamp AT TIME ZONE 'UTC'
                    AND orders.ordered_at < '2026-10-01'::timestamp AT TIME ZONE 'UTC'
                GROUP BY customers.country
            )
            SELECT series.country,
                COALESCE(current_period.total_amount, 0) AS total_amount,
                COALESCE(previous_period.total_amount, 0) AS previous_total_amount,
                COALESCE(current_period.total_amount, 0) - COALESCE(previous_period.total_amount, 0) AS change,
                (COALESCE(current_period.total_amount, 0) - COALESCE(previous_period.total_amount, 0))::numeric / NULLIF(COALESCE(previous_period.total_amount, 0), 0) AS relative_change
            FROM (SELECT country FROM current_period UNION SELECT country FROM previous_period) AS series
            LEFT JOIN current_period ON current_period.country IS NOT DISTINCT FROM series.country
            LEFT JOIN previous_period ON previous_period.country IS NOT DISTINCT FROM series.country
            ORDER BY change, country
            """#),
        CompileCase(
            "mom",
            Plan(
                recipe: .trend, measures: [Shop.total], dimensions: [.time(nil, .month)], time: Shop.halfYear,
                comparison: .previousPeriod),
            #"""
            WITH totals AS (
                SELECT date_trunc('month', ordered_at AT TIME ZONE 'UTC')::date AS month, sum(amount) AS total_amount
                FROM orders
                WHERE ordered_at >= '2026-04-01'::timestamp AT TIME ZONE 'UTC'
                    AND ordered_at < '2026-11-01'::timestamp AT TIME ZONE 'UTC'
                GROUP BY 1
            ), dates AS (
                SELECT bucket::date AS month
                FROM generate_series(GREATEST('2026-04-01'::timestamp, (SELECT date_trunc('month', min(ordered_at) AT TIME ZONE 'UTC')::date FROM orders)), LEAST('2026-10-01'::timestamp, (SELECT date_trunc('month', max(ordered_at) AT TIME ZONE 'UTC')::date FROM orders)), INTERVAL '1 month') AS bucket
            ), trend AS (
                SELECT dates.month, COALESCE(totals.total_amount, 0) AS total_amount
                FROM dates
                LEFT JOIN totals USING (month)
            ), compared AS (
                SELECT month, total_amount, lag(total_amount, 1) OVER (ORDER BY month) AS earlier_total_amount
                FROM trend
            )
            SELECT month,
                total_amount,
                earlier_total_amount AS previous_total_amount,
                total_amount - earlier_total_amount AS change,
                (total_amount - earlier_total_amount)::numeric / NULLIF(earlier_total_amount, 0) AS relative_change
            FROM compared
            WHERE month >= '2026-05-01'
            ORDER BY month
            """#),
    ]

    @Test("Trends and comparisons", arguments: cases)
    func sql(_ test: CompileCase) throws {
        #expect(try Shop.compile(test.plan).sql == test.sql)
    }

    private static func trend(_ period: Period?, _ measure: Measure = Shop.total, _ grain: TimeGrain = .month) -> Plan {
        Plan(
            recipe: .trend, measures: [measure], dimensions: [.time(nil, grain)],
            time: period.map { Plan.TimeScope(period: $0) })
    }

    @Test(
        "A period that is not over, or not all there yet, is said to be",
        arguments: [
            (.calendar(.year, offset: 0, isFiscal: false), nil, "1 November 2026", "21 November 2026"),
            (.rolling(count: 60, .day), nil, "1 November 2026", "21 November 2026"),
            (.complete(count: 6, .month, isFiscal: false), "2026-10-12", "1 October 2026", "12 October 2026"),
            (nil, "2026-09-03", "1 September 2026", "3 September 2026"),
        ] as [(Period?, String?, String, String)])
    func partial(_ period: Period?, _ newest: String?, _ start: String, _ last: String) throws {
        let caveats = try Shop.compile(Self.trend(period), newest: newest).caveats
        #expect(caveats.contains("The month that begins on \(start) is not over yet: it has days until \(last)."))
    }

    @Test(
        "Whole periods need no such word",
        arguments: [
            (.complete(count: 6, .month, isFiscal: false), nil),
            (.complete(count: 6, .month, isFiscal: false), "2026-10-31"), (nil, nil), (nil, "2026-10-31"),
            (.named(year: 2025, unit: .year, isFiscal: false), "2026-10-12"),
        ] as [(Period?, String?)])
    func whole(_ period: Period?, _ newest: String?) throws {
        #expect(try Shop.compile(Self.trend(period), newest: newest).caveats.filter { $0.contains("holds days") } == [])
    }

    @Test("A stock by units that are longer than the period ends with the period")
    func stockWithin() throws {
        let october = Period.calendar(.month, offset: -1, isFiscal: false)
        let plan = Self.trend(october, .metric("Monthly Recurring Revenue (MRR)"), .year)
        #expect(try Shop.compile(plan).sql.contains("DATE '2026-11-01') AS until"))
    }

    @Test(
        "A definition that fixes its own period is put into no other one, by nobody's column",
        arguments: [nil, ColumnID(Shop.orders, "ordered_at")], [true, false])
    func fixedPeriod(_ column: ColumnID?, _ isBeside: Bool) throws {
        let part = SemanticSource.Metric.Part(
            table: Shop.orders, expression: "COUNT(*)", filter: "ordered_at > now() - INTERVAL '30 days'")
        let fixed = SemanticSource.Metric(
            name: "Lost", computation: .ratio(numerator: part, denominator: part))
        let measures: [Measure] = isBeside ? [.metric("Revenue"), .metric("Lost")] : [.metric("Lost")]
        let october = Plan.TimeScope(column: column, period: Shop.october.period)
        for plan in [
            Plan(recipe: .value, measures: measures, time: october),
            Plan(recipe: .trend, measures: measures, dimensions: [.time(column, .month)]),
            Plan(recipe: .comparison, measures: measures, time: october, comparison: .previousPeriod),
        ] {
            #expect(Shop.refusal(plan, metrics: [fixed])?.hasPrefix("The definition of Lost fixes its period") == true)
        }
        #expect(Shop.refusal(Plan(recipe: .value, measures: measures), metrics: [fixed]) == nil)
    }
}

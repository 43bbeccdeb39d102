import Planner
import Testing

@Suite("Compiled: single values are short statements")
struct CompiledValuesTests {
    private static let cases: [CompileCase] = [
        CompileCase(
            "count",
            Plan(recipe: .value, measures: [.count(Shop.customers)]),
            #"""
            SELECT count(*) AS number_of_customers
            FROM customers
            """#),
        CompileCase(
            "total in october of German customers",
            Plan(
                recipe: .value, measures: [Shop.total],
                conditions: [.oneOf(ColumnID(Shop.customers, "country"), ["DE"])], time: Shop.october),
            #"""
            SELECT sum(orders.amount) AS total_amount
            FROM orders
            LEFT JOIN customers ON customers.id = orders.customer_id
            WHERE customers.country = 'DE'
                AND orders.ordered_at >= '2026-10-01'::timestamp AT TIME ZONE 'UTC'
                AND orders.ordered_at < '2026-11-01'::timestamp AT TIME ZONE 'UTC'
            """#),
        CompileCase(
            "metric",
            Plan(recipe: .value, measures: [.metric("Revenue")], conditions: [.isTrue(ColumnID(Shop.orders, "paid"))]),
            #"""
            SELECT SUM(amount) AS revenue
            FROM orders
            WHERE (status = 'ok' OR status = 'late')
                AND paid
            """#),
        CompileCase(
            "mrr",
            Plan(recipe: .value, measures: [.metric("Monthly Recurring Revenue (MRR)")]),
            #"""
            SELECT SUM(mrr) AS mrr
            FROM subscriptions
            WHERE started_at < '2026-11-22'::timestamp AT TIME ZONE 'UTC'
                AND (ended_at IS NULL OR ended_at >= '2026-11-22'::timestamp AT TIME ZONE 'UTC')
            """#),
        CompileCase(
            "mrr as of last month",
            Plan(recipe: .value, measures: [.metric("Monthly Recurring Revenue (MRR)")], time: Shop.october),
            #"""
            SELECT SUM(mrr) AS mrr
            FROM subscriptions
            WHERE started_at < '2026-11-01'::timestamp AT TIME ZONE 'UTC'
                AND (ended_at IS NULL OR ended_at >= '2026-11-01'::timestamp AT TIME ZONE 'UTC')
            """#),
        CompileCase(
            "two bases",
            Plan(recipe: .value, measures: [Shop.total, .count(Shop.tickets)]),
            #"""
            SELECT (SELECT sum(amount) FROM orders) AS total_amount, (SELECT count(*) FROM tickets) AS number_of_tickets
            """#),
        CompileCase(
            "filtered ratio",
            Plan(
                recipe: .value,
                measures: [
                    .ratio(
                        .filtered(.count(Shop.orders), [.oneOf(ColumnID(Shop.orders, "status"), ["ok"])]),
                        .count(Shop.orders))
                ]),
            #"""
            SELECT count(*) FILTER (WHERE status = 'ok')::numeric / NULLIF(count(*), 0) AS share_of_orders
            FROM orders
            """#),
        CompileCase(
            "share of rows",
            Plan(recipe: .share, measures: [.count(Shop.orders)], conditions: [.isTrue(ColumnID(Shop.orders, "paid"))]),
            #"""
            SELECT 100.0 * count(*) FILTER (WHERE paid) / NULLIF(count(*), 0) AS share_of_orders_pct
            FROM orders
            """#),
        CompileCase(
            "duration",
            Plan(
                recipe: .value,
                measures: [
                    .aggregate(
                        .average,
                        .duration(
                            from: ColumnID(Shop.tickets, "opened"), to: ColumnID(Shop.tickets, "closed"), unit: .hour)),
                    .aggregate(.median, .age(of: ColumnID(Shop.customers, "joined"), unit: .year)),
                ]),
            #"""
            SELECT (SELECT avg(EXTRACT(EPOCH FROM closed - opened) / 3600) FROM tickets) AS average_hours_to_closed,
                (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(YEAR FROM age(DATE '2026-11-21', joined))) FROM customers) AS median_years_since_joined
            """#),
        CompileCase(
            "avg orders per customer",
            Plan(
                recipe: .value,
                measures: [.aggregateOfGroups(.average, .count(Shop.orders), by: ColumnID(Shop.customers, "id"))]),
            #"""
            SELECT avg(value) AS average_orders_per_customers
            FROM (SELECT customer_id AS grouped_by, count(*) AS value FROM orders WHERE customer_id IS NOT NULL GROUP BY customer_id) AS groups
            """#),
        CompileCase(
            "orders with product",
            Plan(
                recipe: .value, measures: [.count(Shop.orders)],
                conditions: [
                    .oneOf(ColumnID(Shop.products, "title"), ["A'b", "c"]),
                    .compare(ColumnID(Shop.items, "quantity"), .greater, NumberLiteral(2)),
                ]),
            #"""
            SELECT count(*) AS number_of_orders
            FROM orders
            WHERE EXISTS (SELECT 1 FROM items JOIN products ON products.id = items.product_id WHERE items.order_id = orders.id AND products.title IN ('A''b', 'c') AND items.quantity > 2)
            """#),
        CompileCase(
            "customers with october orders",
            Plan(
                recipe: .value, measures: [.count(Shop.customers)],
                time: Plan.TimeScope(column: ColumnID(Shop.orders, "ordered_at"), period: Shop.october.period)),
            #"""
            SELECT count(*) AS number_of_customers
            FROM customers
            WHERE EXISTS (SELECT 1 FROM orders WHERE customer_id = customers.id AND (ordered_at >= '2026-10-01'::timestamp AT TIME ZONE 'UTC' AND ordered_at < '2026-11-01'::timestamp AT TIME ZONE 'UTC'))
            """#),
        CompileCase(
            "not",
            Plan(
                recipe: .value, measures: [.count(Shop.customers)],
                conditions: [
                    .not(.oneOf(ColumnID(Shop.customers, "country"), ["DE"])),
                    .not(.isEmpty(ColumnID(Shop.customers, "name"))),
                    .any([
                        .oneOf(ColumnID(Shop.orders, "status"), ["ok"]),
                        .text(ColumnID(Shop.customers, "name"), .startsWith, "A"),
                    ]),
                ]),
            #"""
            SELECT count(*) AS number_of_customers
            FROM customers
            WHERE country IS DISTINCT FROM 'DE'
                AND NULLIF(name, '') IS NOT NULL
                AND (EXISTS (SELECT 1 FROM orders WHERE customer_id = customers.id AND status = 'ok') OR name ILIKE 'A%')
            """#),
    ]

    @Test("Single values are short statements", arguments: cases)
    func sql(_ test: CompileCase) throws {
        #expect(try Shop.compile(test.plan).sql == test.sql)
    }
}

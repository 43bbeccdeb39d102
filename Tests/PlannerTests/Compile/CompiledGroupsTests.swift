import Planner
import Testing

@Suite("Compiled: values by groups")
struct CompiledGroupsTests {
    private static let cases: [CompileCase] = [
        CompileCase(
            "by country",
            Plan(
                recipe: .breakdown, measures: [Shop.total, .count(Shop.orders)],
                dimensions: [.column(ColumnID(Shop.customers, "country"))]),
            #"""
            SELECT customers.country, sum(orders.amount) AS total_amount, count(*) AS number_of_orders
            FROM orders
            LEFT JOIN customers ON customers.id = orders.customer_id
            GROUP BY customers.country
            ORDER BY total_amount DESC NULLS LAST, country
            """#),
        CompileCase(
            "ratio metric by status",
            Plan(
                recipe: .breakdown, measures: [.metric("Failure rate")],
                dimensions: [.column(ColumnID(Shop.orders, "status"))]),
            #"""
            SELECT status, (100.0 * COUNT(*) FILTER (WHERE status = 'failed'))::numeric / NULLIF(COUNT(*), 0) AS failure_rate
            FROM orders
            GROUP BY status
            ORDER BY failure_rate DESC NULLS LAST, status
            """#),
        CompileCase(
            "mrr by country",
            Plan(
                recipe: .breakdown, measures: [.metric("Monthly Recurring Revenue (MRR)")],
                dimensions: [.column(ColumnID(Shop.customers, "country"))]),
            #"""
            SELECT customers.country, SUM(mrr) AS mrr
            FROM subscriptions
            JOIN customers ON customers.id = subscriptions.customer_id
            WHERE subscriptions.started_at < '2026-11-22'::timestamp AT TIME ZONE 'UTC'
                AND (subscriptions.ended_at IS NULL OR subscriptions.ended_at >= '2026-11-22'::timestamp AT TIME ZONE 'UTC')
            GROUP BY customers.country
            ORDER BY mrr DESC NULLS LAST, country
            """#),
        CompileCase(
            "not by label",
            Plan(
                recipe: .breakdown, measures: [.metric("Revenue")],
                dimensions: [.column(ColumnID(Shop.customers, "country"))], time: Shop.october),
            #"""
            SELECT customers.customers_country AS country, SUM(amount) AS revenue
            FROM orders
            LEFT JOIN (SELECT id AS customers_id, country AS customers_country FROM customers) AS customers ON customers.customers_id = orders.customer_id
            WHERE (status = 'ok' OR status = 'late')
                AND orders.ordered_at >= '2026-10-01'::timestamp AT TIME ZONE 'UTC'
                AND orders.ordered_at < '2026-11-01'::timestamp AT TIME ZONE 'UTC'
            GROUP BY customers.customers_country
            ORDER BY revenue DESC NULLS LAST, country
            """#),
        CompileCase(
            "top",
            Plan(
                recipe: .ranking, measures: [Shop.total], dimensions: [.column(ColumnID(Shop.customers, "id"))],
                columns: [ColumnID(Shop.customers, "name")], order: [Plan.Order(.measure(0), isDescending: true)],
                limit: 5),
            #"""
            SELECT orders.customer_id, customers.name, sum(orders.amount) AS total_amount
            FROM orders
            LEFT JOIN customers ON customers.id = orders.customer_id
            WHERE orders.customer_id IS NOT NULL
            GROUP BY orders.customer_id, customers.name
            ORDER BY total_amount DESC NULLS LAST, customer_id, name
            LIMIT 5
            """#),
        CompileCase(
            "share",
            Plan(
                recipe: .share, measures: [Shop.total], dimensions: [.column(ColumnID(Shop.customers, "country"))],
                having: [Plan.Having(measure: .count(Shop.orders), comparator: .greater, number: NumberLiteral(5))]),
            #"""
            WITH results AS (
                SELECT customers.country,
                    sum(orders.amount) AS total_amount,
                    100.0 * sum(orders.amount) / NULLIF(sum(sum(orders.amount)) OVER (), 0) AS share_of_total_amount_pct,
                    count(*) AS hidden_3
                FROM orders
                LEFT JOIN customers ON customers.id = orders.customer_id
                GROUP BY customers.country
            )
            SELECT country, total_amount, share_of_total_amount_pct
            FROM results
            WHERE hidden_3 > 5
            ORDER BY total_amount DESC NULLS LAST, country
            """#),
        CompileCase(
            "two bases by country",
            Plan(
                recipe: .breakdown,
                measures: [Shop.total, .count(Shop.tickets), .ratio(Shop.total, .count(Shop.tickets))],
                dimensions: [.column(ColumnID(Shop.customers, "country"))]),
            #"""
            WITH totals_1 AS (
                SELECT customers.country, sum(orders.amount) AS total_amount
                FROM orders
                LEFT JOIN customers ON customers.id = orders.customer_id
                GROUP BY customers.country
            ), totals_2 AS (
                SELECT customers.country, count(*) AS number_of_tickets
                FROM tickets
                JOIN customers ON customers.id = tickets.customer_id
                GROUP BY customers.country
            )
            SELECT series.country,
                COALESCE(totals_1.total_amount, 0) AS total_amount,
                COALESCE(totals_2.number_of_tickets, 0) AS number_of_tickets,
                COALESCE(totals_1.total_amount, 0)::numeric / NULLIF(COALESCE(totals_2.number_of_tickets, 0), 0) AS total_amount_per_tickets
            FROM (SELECT country FROM totals_1 UNION SELECT country FROM totals_2) AS series
            LEFT JOIN totals_1 ON totals_1.country IS NOT DISTINCT FROM series.country
            LEFT JOIN totals_2 ON totals_2.country IS NOT DISTINCT FROM series.country
            ORDER BY total_amount DESC NULLS LAST, country
            """#),
        CompileCase(
            "customers by order status",
            Plan(
                recipe: .breakdown, measures: [.count(Shop.customers)],
                dimensions: [.column(ColumnID(Shop.orders, "status"))]),
            #"""
            SELECT status, count(DISTINCT customer_id) AS number_of_customers
            FROM orders
            GROUP BY status
            ORDER BY number_of_customers DESC NULLS LAST, status
            """#),
        CompileCase(
            "customers by product",
            Plan(
                recipe: .breakdown, measures: [.count(Shop.customers)],
                dimensions: [.column(ColumnID(Shop.products, "title"))]),
            #"""
            SELECT products.title, count(DISTINCT orders.customer_id) AS number_of_customers
            FROM items
            JOIN products ON products.id = items.product_id
            JOIN orders ON orders.id = items.order_id
            GROUP BY products.title
            ORDER BY number_of_customers DESC NULLS LAST, title
            """#),
        CompileCase(
            "junction count",
            Plan(
                recipe: .breakdown, measures: [.count(Shop.products)],
                dimensions: [.column(ColumnID(Shop.orders, "status"))]),
            #"""
            SELECT orders.status, count(DISTINCT items.product_id) AS number_of_products
            FROM items
            JOIN orders ON orders.id = items.order_id
            GROUP BY orders.status
            ORDER BY number_of_products DESC NULLS LAST, status
            """#),
        CompileCase(
            "avg orders per customer by country",
            Plan(
                recipe: .breakdown,
                measures: [.aggregateOfGroups(.average, .count(Shop.orders), by: ColumnID(Shop.customers, "id"))],
                dimensions: [.column(ColumnID(Shop.customers, "country"))]),
            #"""
            SELECT country, avg(value) AS average_orders_per_customers
            FROM (SELECT customers.country, orders.customer_id AS grouped_by, count(*) AS value FROM orders LEFT JOIN customers ON customers.id = orders.customer_id WHERE orders.customer_id IS NOT NULL GROUP BY customers.country, orders.customer_id) AS groups
            GROUP BY country
            ORDER BY average_orders_per_customers DESC NULLS LAST, country
            """#),
        CompileCase(
            "empty",
            Plan(
                recipe: .breakdown, measures: [.count(Shop.orders)],
                dimensions: [.column(ColumnID(Shop.customers, "id"))], columns: [ColumnID(Shop.customers, "name")],
                time: Shop.october, includesEmpty: true),
            #"""
            WITH totals AS (
                SELECT orders.customer_id, customers.name, count(*) AS number_of_orders
                FROM orders
                LEFT JOIN customers ON customers.id = orders.customer_id
                WHERE orders.ordered_at >= '2026-10-01'::timestamp AT TIME ZONE 'UTC'
                    AND orders.ordered_at < '2026-11-01'::timestamp AT TIME ZONE 'UTC'
                    AND orders.customer_id IS NOT NULL
                GROUP BY orders.customer_id, customers.name
            )
            SELECT series.customer_id, series.name, COALESCE(totals.number_of_orders, 0) AS number_of_orders
            FROM (SELECT DISTINCT id AS customer_id, name FROM customers UNION SELECT customer_id, name FROM totals) AS series
            LEFT JOIN totals ON totals.customer_id = series.customer_id AND totals.name IS NOT DISTINCT FROM series.name
            ORDER BY number_of_orders DESC NULLS LAST, customer_id, name
            """#),
        CompileCase(
            "distribution",
            Plan(recipe: .distribution, subject: Shop.orders, dimensions: [.range(ColumnID(Shop.orders, "amount"))]),
            #"""
            WITH extent AS (
                SELECT NULLIF((max(amount) - min(amount))::numeric / 10, 0) AS step
                FROM orders
            ), magnitude AS (
                SELECT step, power(10, floor(log(step))) AS power
                FROM extent
            ), scale AS (
                SELECT COALESCE(trim_scale(CASE WHEN step <= power THEN power WHEN step <= 2 * power THEN 2 * power WHEN step <= 5 * power THEN 5 * power ELSE 10 * power END), 1) AS width
                FROM magnitude
            )
            SELECT floor(amount / (SELECT width FROM scale)) * (SELECT width FROM scale) AS amount_from,
                floor(amount / (SELECT width FROM scale)) * (SELECT width FROM scale) + (SELECT width FROM scale) AS amount_to,
                count(*) AS number_of_orders
            FROM orders
            GROUP BY 1, 2
            ORDER BY amount_from
            """#),
        CompileCase(
            "segments",
            Plan(
                recipe: .comparison, measures: [.count(Shop.orders), Shop.total],
                dimensions: [
                    .segments([
                        .init(
                            label: "Large",
                            conditions: [.compare(ColumnID(Shop.orders, "amount"), .greater, NumberLiteral(100))]),
                        .init(label: "Rest", conditions: []),
                    ])
                ]),
            #"""
            SELECT CASE WHEN amount > 100 THEN 'Large' ELSE 'Rest' END AS segment,
                count(*) AS number_of_orders,
                sum(amount) AS total_amount
            FROM orders
            GROUP BY 1
            ORDER BY array_position(ARRAY['Large', 'Rest'], CASE WHEN orders.amount > 100 THEN 'Large' ELSE 'Rest' END)
            """#),
        CompileCase(
            "pay role",
            Plan(
                recipe: .breakdown, measures: [.count(Shop.people)],
                dimensions: [.column(ColumnID(Shop.people, "name", role: "boss_id"))]),
            #"""
            SELECT people_2.name, count(*) AS number_of_people
            FROM people
            LEFT JOIN people AS people_2 ON people_2.id = people.boss_id
            GROUP BY people_2.name
            ORDER BY number_of_people DESC NULLS LAST, name
            """#),
        CompileCase(
            "list with measures",
            Plan(
                recipe: .list, subject: Shop.customers, measures: [.count(Shop.orders)],
                columns: [ColumnID(Shop.customers, "name")],
                having: [Plan.Having(measure: .count(Shop.orders), comparator: .greater, number: NumberLiteral(3))]),
            #"""
            SELECT orders.customer_id, customers.name, count(*) AS number_of_orders
            FROM orders
            LEFT JOIN customers ON customers.id = orders.customer_id
            WHERE orders.customer_id IS NOT NULL
            GROUP BY orders.customer_id, customers.name
            HAVING count(*) > 3
            ORDER BY customer_id, name
            """#),
    ]

    @Test("Values by groups", arguments: cases)
    func sql(_ test: CompileCase) throws {
        #expect(try Shop.compile(test.plan).sql == test.sql)
    }
}

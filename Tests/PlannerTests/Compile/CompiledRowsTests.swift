import Planner
import Testing

@Suite("Compiled: lists of rows")
struct CompiledRowsTests {
    private static let cases: [CompileCase] = [
        CompileCase(
            "customers without orders",
            Plan(
                recipe: .list, subject: Shop.customers, columns: [ColumnID(Shop.customers, "name")],
                conditions: [.not(.related(Shop.orders, conditions: [], role: nil))]),
            #"""
            SELECT name
            FROM customers
            WHERE NOT EXISTS (SELECT 1 FROM orders WHERE customer_id = customers.id)
            ORDER BY customers.id
            """#),
        CompileCase(
            "customers who bought",
            Plan(
                recipe: .list, subject: Shop.customers, columns: [ColumnID(Shop.customers, "name")],
                conditions: [
                    .related(
                        Shop.products, conditions: [.text(ColumnID(Shop.products, "title"), .contains, "50%_a\\b")],
                        role: nil)
                ], limit: 10),
            #"""
            SELECT name
            FROM customers
            WHERE EXISTS (SELECT 1 FROM products JOIN items ON items.product_id = products.id JOIN orders ON orders.id = items.order_id WHERE orders.customer_id = customers.id AND products.title ILIKE '%50\%\_a\\b%')
            ORDER BY customers.id
            LIMIT 10
            """#),
        CompileCase(
            "beyond",
            Plan(
                recipe: .list, subject: Shop.orders,
                conditions: [
                    .beyond(ColumnID(Shop.orders, "amount"), .greater, .average),
                    .oneOf(ColumnID(Shop.customers, "country"), ["DE", "FR"]),
                ]),
            #"""
            SELECT orders.id AS order_id, orders.customer_id, orders.amount, orders.status, orders.ordered_at, orders.paid
            FROM orders
            LEFT JOIN customers ON customers.id = orders.customer_id
            WHERE orders.amount > (SELECT avg(orders_2.amount) FROM orders AS orders_2 LEFT JOIN customers ON customers.id = orders_2.customer_id WHERE customers.country IN ('DE', 'FR'))
                AND customers.country IN ('DE', 'FR')
            ORDER BY order_id
            """#),
        CompileCase(
            "distinct",
            Plan(recipe: .distinct, columns: [ColumnID(Shop.customers, "country")]),
            #"""
            SELECT DISTINCT country
            FROM customers
            ORDER BY country
            """#),
        CompileCase(
            "list by day",
            Plan(
                recipe: .list, subject: Shop.orders,
                columns: [ColumnID(Shop.orders, "amount"), ColumnID(Shop.customers, "name")],
                conditions: [
                    .period(ColumnID(Shop.orders, "ordered_at"), .calendar(.day, offset: -1, isFiscal: false))
                ], order: [Plan.Order(.column(0), isDescending: true)], limit: 3),
            #"""
            SELECT orders.amount, customers.name
            FROM orders
            LEFT JOIN customers ON customers.id = orders.customer_id
            WHERE orders.ordered_at >= '2026-11-20'::timestamp AT TIME ZONE 'UTC'
                AND orders.ordered_at < '2026-11-21'::timestamp AT TIME ZONE 'UTC'
            ORDER BY amount DESC NULLS LAST, orders.id
            LIMIT 3
            """#),
    ]

    @Test("Lists of rows", arguments: cases)
    func sql(_ test: CompileCase) throws {
        #expect(try Shop.compile(test.plan).sql == test.sql)
    }
}

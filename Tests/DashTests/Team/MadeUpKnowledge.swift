@testable import Dash

/// Two companies that have nothing in common, so that nothing can be tuned to one.
enum MadeUpKnowledge {
    static let hospital = KnowledgeView(
        [
            .table(
                TableKnowledge(
                    name: "admissions", description: "One row per stay of a patient on a ward.",
                    columns: [
                        .init(name: "id", type: "integer"), .init(name: "patient_id", type: "integer"),
                        .init(
                            name: "ward", type: "text", synonyms: ["unit", "department"],
                            values: ["surgery", "icu", "maternity"]),
                        .init(name: "admitted_at", type: "timestamptz"),
                        .init(name: "discharged_at", type: "timestamptz"),
                        .init(name: "urgency", type: "text", values: ["emergency", "planned"]),
                        .init(name: "cost", type: "numeric(12,2)", synonyms: ["treatment cost"], unit: "EUR"),
                    ],
                    relationships: [.init(column: "patient_id", references: "patients.id")], timeColumn: "admitted_at",
                    synonyms: ["stays", "hospital stays"])),
            .table(
                TableKnowledge(
                    name: "patients", description: "People who were treated.",
                    columns: [
                        .init(name: "id", type: "integer"), .init(name: "name", type: "text", isPersonal: true),
                        .init(name: "blood_group", type: "text", synonyms: ["blood type"]),
                    ])),
            .metric(
                Metric(
                    name: "Average Length of Stay (ALOS)", definition: "Mean days from admission to discharge.",
                    table: "admissions", calculation: "AVG(days) FROM admissions",
                    synonyms: ["length of stay", "stay duration"],
                    expression: "AVG(EXTRACT(EPOCH FROM discharged_at - admitted_at) / 86400)",
                    filter: "discharged_at IS NOT NULL", kind: .average, dimensions: ["ward", "urgency"], unit: "days",
                    goodDirection: .down)),
            .metric(
                Metric(
                    name: "Occupied Beds", definition: "Patients who are in the house now.", table: "admissions",
                    calculation: "COUNT(*) FROM admissions WHERE discharged_at IS NULL",
                    synonyms: ["bed occupancy", "inpatients"],
                    expression: "COUNT(*)", kind: .snapshot(start: "admitted_at", end: "discharged_at"),
                    dimensions: ["ward"])),
            .metric(
                Metric(
                    name: "Treatment Cost", definition: "Cost of all stays.", table: "admissions",
                    calculation: "SUM(cost) FROM admissions", synonyms: ["costs"], expression: "SUM(cost)",
                    timeColumn: "admitted_at", kind: .sum, dimensions: ["ward", "urgency"], unit: "EUR")),
            .query(
                ValidatedQuery(
                    name: "readmissions_by_ward",
                    description: "Share of patients who came back within 30 days, by ward, excluding planned stays.",
                    sql:
                        "SELECT ward, round(100.0 * avg(back), 1) AS readmission_pct, COUNT(*) AS stays FROM admissions GROUP BY ward ORDER BY readmission_pct DESC",
                    questions: ["Which ward has the highest readmission rate?", "Readmission rate by ward"],
                    tables: ["public.admissions"], columns: ["ward", "readmission_pct", "stays"])),
            .query(
                ValidatedQuery(
                    name: "admissions_by_month", description: "Number of admissions in each of the last 12 months.",
                    sql:
                        "SELECT date_trunc('month', admitted_at) AS month, COUNT(*) AS admissions FROM admissions WHERE admitted_at >= now() - INTERVAL '12 months' GROUP BY 1 ORDER BY 1",
                    questions: ["How do admissions develop over time?"], tables: ["public.admissions"],
                    columns: ["month", "admissions"])),
            .query(
                ValidatedQuery(
                    name: "waiting_patients", description: "Patients who wait for a bed, longest first.",
                    sql:
                        "SELECT p.id, p.blood_group, w.hours AS waiting_hours FROM patients p JOIN waiting w ON w.patient_id = p.id ORDER BY waiting_hours DESC LIMIT 25",
                    questions: ["Who is waiting for a bed?"], tables: ["public.patients", "public.waiting"],
                    columns: ["id", "blood_group", "waiting_hours"])),
            .rule(BusinessRule(text: "A readmission is an unplanned stay that begins within 30 days of a discharge.")),
            .gotcha(
                Gotcha(
                    issue: "Open stays", tables: ["admissions"], solution: "discharged_at is NULL while the stay lasts."
                )),
        ].map { KnowledgeEntry(content: $0, source: "made-up") })

    static let shop = KnowledgeView(
        [
            .table(
                TableKnowledge(
                    name: "orders", description: "Orders of the web shop.",
                    columns: [
                        .init(name: "id", type: "integer"),
                        .init(
                            name: "channel", type: "text", synonyms: ["sales channel"], values: ["web", "app", "store"]),
                        .init(name: "country", type: "text", values: ["FR", "DE"]),
                        .init(name: "total", type: "numeric", synonyms: ["order value"], unit: "USD"),
                        .init(name: "ordered_at", type: "timestamptz"),
                    ], timeColumn: "ordered_at", synonyms: ["purchases"])),
            .table(
                TableKnowledge(
                    name: "products", description: "What is sold.",
                    columns: [
                        .init(name: "id", type: "integer"), .init(name: "title", type: "text"),
                        .init(name: "category", type: "text", synonyms: ["product group"]),
                    ])),
            .metric(
                Metric(
                    name: "Gross Merchandise Value (GMV)", definition: "Value of all orders that were not returned.",
                    table: "orders", calculation: "SUM(total) FROM orders WHERE NOT is_returned",
                    synonyms: ["sales", "turnover"],
                    expression: "SUM(total)", filter: "NOT is_returned", kind: .sum,
                    dimensions: ["channel", "country"],
                    unit: "USD", goodDirection: .up)),
            .metric(
                Metric(
                    name: "Return Rate", definition: "Share of orders that came back.", table: "orders",
                    calculation: "ratio",
                    kind: .ratio(numerator: "COUNT(*) FILTER (WHERE is_returned)", denominator: "COUNT(*)"),
                    dimensions: ["channel"], unit: "percent", goodDirection: .down)),
            .query(
                ValidatedQuery(
                    name: "best_sellers", description: "The ten products with the highest turnover.",
                    sql:
                        "SELECT p.title, SUM(l.amount) AS turnover FROM order_lines l JOIN products p ON p.id = l.product_id GROUP BY p.title ORDER BY turnover DESC LIMIT 10",
                    questions: ["What are our best selling products?", "Top products by turnover"],
                    tables: ["public.order_lines", "public.products"], columns: ["title", "turnover"])),
            .query(
                ValidatedQuery(
                    name: "turnover_by_category_and_month",
                    description: "Turnover per product category and month, last 6 months.",
                    sql:
                        "SELECT date_trunc('month', o.ordered_at) AS month, p.category, SUM(l.amount) AS turnover FROM orders o JOIN order_lines l ON true JOIN products p ON true WHERE o.ordered_at > now() - INTERVAL '6 months' GROUP BY 1, 2 ORDER BY 1, 2",
                    questions: ["Show turnover trends by category over the last 6 months"],
                    tables: ["public.orders", "public.order_lines", "public.products"],
                    columns: ["month", "category", "turnover"])),
            .query(
                ValidatedQuery(
                    name: "abandoned_carts", description: "Carts that were left without an order, by channel.",
                    sql: "SELECT channel, COUNT(*) AS abandoned_carts FROM carts GROUP BY channel ORDER BY 2 DESC",
                    questions: ["How many carts are abandoned?"], tables: ["public.carts"],
                    columns: ["channel", "abandoned_carts"])),
            .query(
                ValidatedQuery(
                    name: "customers_without_orders", description: "Customers who signed up and never ordered.",
                    sql: "SELECT COUNT(*) AS customers FROM customers c WHERE NOT EXISTS (SELECT FROM orders)",
                    tables: ["public.customers", "public.orders"], columns: ["customers"])),
        ].map { KnowledgeEntry(content: $0, source: "made-up") })
}

import Planner
import ServiceRuntime

/// Plans over a made-up company beside what computes the same without any join: a subquery for every value.
struct StarChecks {
    struct Check: Sendable {
        var name: String
        var compiled: String
        /// What it must return, as a multiset of rows.
        var expected: String

        /// One row with the number of rows that one has and the other has not.
        var differences: String {
            """
            WITH given AS (\(compiled)), wanted AS (\(expected))
            SELECT count(*) AS n FROM ((TABLE given EXCEPT ALL TABLE wanted) UNION ALL (TABLE wanted EXCEPT ALL TABLE given)) AS d
            """
        }
    }

    let schema: StarSchema
    let compiler: PlanCompiler
    private let graph: JoinGraph

    init(schema: StarSchema, clock: DataClock) {
        self.schema = schema
        compiler = PlanCompiler(source: schema.source, clock: clock)
        graph = JoinGraph(tables: schema.source.tables)
    }

    func checks(_ random: inout SplitMix64) throws -> [Check] {
        try splits(&random) + parts(&random) + trends(&random) + counted(&random) + others(&random)
    }

    // MARK: - Sums by what each row has one of, with rows beside and below that must not multiply them

    private func splits(_ random: inout SplitMix64) throws -> [Check] {
        var checks: [Check] = []
        for table in schema.source.tables where table.primaryKey == ["id"] {
            guard let number = self.number(of: table, &random) else { continue }
            for (end, role) in ways(from: table) {
                let column = random.pick(end.columns)
                let id = ColumnID(end.id, column.name, role: role)
                let (conditions, naive) = self.conditions(table, &random)
                let plan = Plan(
                    recipe: .breakdown, measures: [.aggregate(.sum, .column(number)), .count(table.id)],
                    dimensions: [.column(id)], conditions: conditions)
                // Groups by another table's key are things; what belongs to none is no thing.
                let isThing = end.primaryKey == [column.name] && (end.id != table.id || role != nil)
                let known = isThing ? " AND \(self.value(of: id, from: table.id)) IS NOT NULL" : ""
                let rows = "\(StarSchema.quoted(table.name)) AS base WHERE \(naive)\(known)"
                let sum = "sum(base.\(StarSchema.quoted(number.name)))"
                checks.append(
                    Check(
                        name: "\(table.name) by \(id)", compiled: try compiled(plan, rounded: [1, 2]),
                        expected: """
                            SELECT \(self.value(of: id, from: table.id))::text, round((\(sum))::numeric, 6), count(*)::numeric FROM \(rows) GROUP BY 1
                            """))
                checks.append(
                    Check(
                        name: "all \(table.name) by \(id)", compiled: try totals(plan, [1, 2]),
                        expected: "SELECT COALESCE(round((\(sum))::numeric, 6), 0), count(*)::numeric FROM \(rows)"))
            }
        }
        return checks
    }

    /// Two tables by what both have one of: neither multiplies the other.
    private func parts(_ random: inout SplitMix64) throws -> [Check] {
        var checks: [Check] = []
        let facts = schema.source.tables.filter { $0.primaryKey == ["id"] }
        for one in facts {
            for other in facts where other.id > one.id {
                guard let number = self.number(of: one, &random), let second = self.number(of: other, &random) else {
                    continue
                }
                let common = ways(from: one).filter { way in
                    way.1 == nil && ways(from: other).contains { $0.0.id == way.0.id && $0.1 == nil }
                }
                guard let end = common.randomElement(using: &random)?.0 else { continue }
                let plan = Plan(
                    recipe: .breakdown,
                    measures: [.aggregate(.sum, .column(number)), .aggregate(.sum, .column(second)), .count(other.id)],
                    dimensions: [.column(ColumnID(end.id, random.pick(end.columns.filter { $0.name != "id" }).name))])
                let sums = [(one, number), (other, second)].map { table, column in
                    "(SELECT COALESCE(round(sum(\(StarSchema.quoted(column.name)))::numeric, 6), 0) FROM "
                        + "\(StarSchema.quoted(table.name)))"
                }
                checks.append(
                    Check(
                        name: "\(one.name) and \(other.name) by \(end.name)", compiled: try totals(plan, [1, 2, 3]),
                        expected:
                            "SELECT \(sums[0]), \(sums[1]), count(*)::numeric FROM \(StarSchema.quoted(other.name))"
                    ))
            }
        }
        return checks
    }

    // MARK: - Time

    private func trends(_ random: inout SplitMix64) throws -> [Check] {
        var checks: [Check] = []
        for table in schema.source.tables {
            guard let time = table.timeColumn, let number = number(of: table, &random) else { continue }
            let local = self.local(ColumnID(table.id, time))
            let grain = random.pick([TimeGrain.day, .week, .month, .quarter, .year])
            let plan = Plan(
                recipe: .trend, measures: [.count(table.id), .aggregate(.sum, .column(number))],
                dimensions: [.time(nil, grain)],
                time: Plan.TimeScope(period: .days(from: Day("2024-12-10"), through: Day("2026-11-20"))))
            let bucket = self.bucket("day", grain)
            let name = StarSchema.quoted(table.name)
            let inside = "\(local)::date BETWEEN DATE '2024-12-10' AND DATE '2026-11-20'"
            // No period before the first row of the table or after the last one.
            let edges = "SELECT min(\(local)) AS low, max(\(local)) AS high FROM \(name) AS base"
            let known = ["low", "high"].map { self.bucket("(\($0)::date)", grain) }
            checks.append(
                Check(
                    name: "\(table.name) by \(grain)", compiled: try compiled(plan, rounded: [1, 2]),
                    expected: """
                        SELECT DISTINCT \(bucket)::text,
                            (SELECT count(*)::numeric FROM \(name) AS base WHERE \(inside) AND \(self.bucket("(\(local)::date)", grain)) = \(bucket)),
                            (SELECT COALESCE(round(sum(\(StarSchema.quoted(number.name)))::numeric, 6), 0) FROM \(name) AS base
                                WHERE \(inside) AND \(self.bucket("(\(local)::date)", grain)) = \(bucket))
                        FROM (SELECT DATE '2024-12-10' + i AS day FROM generate_series(0, 710) AS i) AS days, (\(edges)) AS edges
                        WHERE \(bucket) BETWEEN \(known[0]) AND \(known[1])
                        """))
            let whole = Plan(
                recipe: .value, measures: [.count(table.id)],
                time: Plan.TimeScope(period: .days(from: Day("2024-12-10"), through: Day("2026-11-20"))))
            checks.append(
                Check(
                    name: "\(table.name) in a period", compiled: try compiled(whole, rounded: [0]),
                    expected: "SELECT count(*)::numeric FROM \(name) AS base WHERE \(inside)"))
        }
        let stock = Plan(
            recipe: .trend, measures: [.metric("Open Pieces")], dimensions: [.time(nil, .month)],
            time: Plan.TimeScope(period: .days(from: Day("2026-01-01"), through: Day("2026-06-30"))))
        let (start, end) = ("sold_at", "ended_at")
        let sales = StarSchema.id("Sales")
        let next = "(month + INTERVAL '1 month')"
        checks.append(
            Check(
                name: "a stock by month", compiled: try compiled(stock, rounded: [1]),
                expected: """
                    SELECT month::date::text, (SELECT COALESCE(sum(pieces), 0)::numeric FROM "Sales" AS base
                        WHERE \(local(ColumnID(sales, start))) < \(next)
                            AND (ended_at IS NULL OR \(local(ColumnID(sales, end))) >= \(next)))
                    FROM generate_series(TIMESTAMP '2026-01-01', '2026-06-01', '1 month') AS month
                    """))
        return checks
    }

    // MARK: - Things counted once each

    private func counted(_ random: inout SplitMix64) throws -> [Check] {
        var checks: [Check] = []
        for table in schema.source.tables where table.primaryKey == ["id"] {
            for edge in graph.edges(from: table.id) where !edge.isToOne && edge.to != table.id {
                guard graph.paths(from: table.id, to: edge.to).count == 1,
                    let below = schema.source.tables.first(where: { $0.id == edge.to })
                else { continue }
                let column = random.pick(below.columns)
                let plan = Plan(
                    recipe: .breakdown, measures: [.count(table.id)],
                    dimensions: [.column(ColumnID(below.id, column.name))])
                let (own, other) = (StarSchema.quoted(table.name), StarSchema.quoted(below.name))
                let name = StarSchema.quoted(column.name)
                checks.append(
                    Check(
                        name: "\(table.name) by \(below.name).\(column.name)",
                        compiled: try compiled(plan, rounded: [1]),
                        expected: """
                            SELECT g.\(name)::text, (SELECT count(*)::numeric FROM \(own) AS base WHERE EXISTS (SELECT 1 FROM \(other) AS b
                                WHERE b.\(edge.toColumns[0]) = base.id AND b.\(name) IS NOT DISTINCT FROM g.\(name)))
                            FROM (SELECT DISTINCT \(name) FROM \(other)) AS g
                            """))
            }
        }
        return checks
    }

    private func others(_ random: inout SplitMix64) throws -> [Check] {
        let tickets = StarSchema.id("tickets")
        let clients = StarSchema.id("clients")
        let average = Plan(
            recipe: .value, measures: [.aggregateOfGroups(.average, .count(tickets), by: ColumnID(clients, "id"))])
        let share = Plan(
            recipe: .share, measures: [.count(tickets)], dimensions: [.column(ColumnID(tickets, "status"))],
            having: [Plan.Having(measure: .count(tickets), comparator: .greater, number: NumberLiteral(2))])
        let every = Plan(
            recipe: .breakdown, measures: [.count(tickets)], dimensions: [.column(ColumnID(clients, "id"))],
            includesEmpty: true)
        let compared = Plan(
            recipe: .comparison, measures: [.count(tickets)], dimensions: [.column(ColumnID(tickets, "status"))],
            time: Plan.TimeScope(period: .named(year: 2026, unit: .quarter(2), isFiscal: false)),
            comparison: .yearBefore)
        let opened = local(ColumnID(tickets, "opened"))
        func inside(_ from: String, _ to: String) -> String {
            "count(*) FILTER (WHERE \(opened) >= '\(from)' AND \(opened) < '\(to)')::numeric"
        }
        return [
            Check(
                name: "average of counts", compiled: try compiled(average, rounded: [0]),
                expected: """
                    SELECT round(1.0 * count(*) / NULLIF(count(DISTINCT client_id), 0), 6) FROM tickets WHERE client_id IS NOT NULL
                    """),
            Check(
                name: "shares of all beside a condition on groups", compiled: try compiled(share, rounded: [1, 2]),
                expected: """
                    SELECT status, count(*)::numeric, round(100.0 * count(*) / (SELECT count(*) FROM tickets), 6) FROM tickets
                    GROUP BY status HAVING count(*) > 2
                    """),
            Check(
                name: "groups without rows", compiled: try compiled(every, rounded: [1]),
                expected: """
                    SELECT id::text, (SELECT count(*)::numeric FROM tickets WHERE client_id = clients.id) FROM clients
                    """),
            Check(
                name: "two periods side by side", compiled: try compiled(compared, rounded: [1, 2, 3]),
                expected: """
                    SELECT status, a, b, a - b FROM (
                        SELECT status, \(inside("2026-04-01", "2026-07-01")) AS a, \(inside("2025-04-01", "2025-07-01")) AS b
                        FROM tickets AS base GROUP BY status) AS x
                    WHERE a > 0 OR b > 0
                    """),
        ]
    }

    // MARK: - Pieces

    private func compiled(_ plan: Plan, rounded: Set<Int>) throws -> String {
        let result = try compiler.compile(plan)
        let columns = result.columns.enumerated().filter { $0.element.role != .relativeChange }.map { index, column in
            rounded.contains(index) ? "round(\(column.name)::numeric, 6)" : "\(StarSchema.quoted(column.name))::text"
        }
        return "SELECT \(columns.joined(separator: ", ")) FROM (\(result.sql)) AS result"
    }

    private func totals(_ plan: Plan, _ measures: [Int]) throws -> String {
        let result = try compiler.compile(plan)
        let sums = measures.map { "COALESCE(round(sum(\(result.columns[$0].name))::numeric, 6), 0)" }
        return "SELECT \(sums.joined(separator: ", ")) FROM (\(result.sql)) AS result"
    }

    private func number(of table: SemanticSource.Table, _ random: inout SplitMix64) -> ColumnID? {
        table.columns.filter { $0.type.hasPrefix("numeric") || $0.type == "double precision" || $0.name == "pieces" }
            .randomElement(using: &random).map { ColumnID(table.id, $0.name) }
    }

    /// Every table of which a row has one, with the role where that is needed.
    private func ways(from table: SemanticSource.Table) -> [(SemanticSource.Table, String?)] {
        graph.reachableManyToOne(from: table.id).keys.sorted().flatMap { end -> [(SemanticSource.Table, String?)] in
            guard let known = schema.source.tables.first(where: { $0.id == end }) else { return [] }
            let roles = graph.roles(from: table.id, to: end)
            let named = roles.map { (known, Optional($0)) }
            return roles.isEmpty || end == table.id ? [(known, nil)] + named : named
        }
    }

    /// The value of a column as subqueries within subqueries.
    private func value(of column: ColumnID, from table: TableID) -> String {
        guard case .path(let path) = graph.route(from: table, to: column.table, role: column.role) else {
            return "NULL"
        }
        var key = "base"
        for (index, edge) in path.edges.enumerated() {
            let wanted = index + 1 < path.edges.count ? path.edges[index + 1].fromColumns[0] : column.name
            let from = index == 0 ? "base.\(StarSchema.quoted(edge.fromColumns[0]))" : key
            key =
                "(SELECT x\(index).\(StarSchema.quoted(wanted)) FROM \(StarSchema.quoted(edge.to.name)) AS x\(index) "
                + "WHERE x\(index).\(edge.toColumns[0]) = \(from))"
        }
        return path.edges.isEmpty ? "base.\(StarSchema.quoted(column.name))" : key
    }

    /// Conditions on what a row has one of and on what it has many of.
    private func conditions(
        _ table: SemanticSource.Table, _ random: inout SplitMix64
    ) -> ([Condition], String) {
        var conditions: [Condition] = []
        var naive = ["TRUE"]
        if random.chance(40),
            let way = ways(from: table).filter({ $0.0.columns.contains { $0.name == "status" } })
                .randomElement(using: &random)
        {
            let column = ColumnID(way.0.id, "status", role: way.1)
            let isNegated = random.chance(40)
            let condition = Condition.oneOf(column, ["a", "O'Hara"])
            conditions.append(isNegated ? .not(condition) : condition)
            let plain = "COALESCE(\(value(of: column, from: table.id)) IN ('a', 'O''Hara'), FALSE)"
            naive.append(isNegated ? "NOT \(plain)" : plain)
        }
        let below = graph.edges(from: table.id).filter { edge in
            !edge.isToOne && edge.to != table.id && graph.paths(from: table.id, to: edge.to).count == 1
                && schema.source.tables.contains { $0.id == edge.to && $0.columns.contains { $0.name == "status" } }
        }
        if random.chance(50), let edge = below.randomElement(using: &random) {
            let inner = Condition.oneOf(ColumnID(edge.to, "status"), ["b"])
            let isNegated = random.chance(40)
            conditions.append(isNegated ? .not(.related(edge.to, conditions: [inner], role: nil)) : inner)
            let rows =
                "base.id IN (SELECT \(edge.toColumns[0]) FROM \(StarSchema.quoted(edge.to.name)) WHERE status = 'b' "
                + "AND \(edge.toColumns[0]) IS NOT NULL)"
            naive.append(isNegated ? "NOT \(rows)" : rows)
        }
        return (conditions, naive.joined(separator: " AND "))
    }

    private func local(_ column: ColumnID) -> String {
        let type = schema.source.tables.first { $0.id == column.table }?.columns.first { $0.name == column.name }?.type
        let zone = schema.source.calendar.timeZone
        return type == "timestamp with time zone"
            ? "(base.\(column.name) AT TIME ZONE '\(zone)')" : "base.\(column.name)"
    }

    private func bucket(_ day: String, _ grain: TimeGrain) -> String {
        switch grain {
        case .week:
            "(\(day) - (EXTRACT(DOW FROM \(day))::int - \(schema.source.calendar.weekStart) + 7) % 7)"
        default: "date_trunc('\(grain.rawValue)', \(day))::date"
        }
    }
}

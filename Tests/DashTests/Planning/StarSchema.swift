import Planner
import ServiceRuntime

/// A made-up company: facts with dimensions, rows below facts, a table in between two, in random shapes with random data.
struct StarSchema {
    struct Column {
        var name: String
        var type: String
        var isNullable = true
        var references: String?
        /// Otherwise some rows name what does not exist.
        var isEnforced = true
    }

    let source: SemanticSource
    /// Makes the tables and fills them.
    let script: String

    static func id(_ name: String) -> TableID { TableID(name: name) }

    init(seed: Int) {
        var random = SplitMix64(number: seed)
        let moment = { (random: inout SplitMix64) in
            random.pick(["date", "timestamp without time zone", "timestamp with time zone"])
        }
        let odd = random.pick(["Größe", "select", "Unit Price", "group", "amount"])
        var tables: [(name: String, columns: [Column], key: [String], time: String?)] = []
        let key = Column(name: "id", type: "integer", isNullable: false)
        tables.append(("regions", [key, Column(name: "label", type: "text", isNullable: false)], ["id"], nil))
        tables.append(
            (
                "clients",
                [
                    key, Column(name: "name", type: "text", isNullable: false),
                    Column(name: "status", type: "text"), Column(name: "score", type: "numeric(6,2)"),
                    Column(name: "active", type: "boolean"),
                    Column(name: "joined", type: moment(&random), isNullable: random.chance(30)),
                    Column(
                        name: "region_id", type: "integer", isNullable: random.chance(50), references: "regions"),
                    Column(name: "parent_id", type: "integer", references: "clients"),
                ], ["id"], "joined"
            ))
        tables.append(
            (
                "goods",
                [
                    key, Column(name: "title", type: "character varying(30)", isNullable: false),
                    Column(name: odd, type: "numeric", isNullable: random.chance(50)),
                    Column(name: "weight", type: "integer"),
                ], ["id"], nil
            ))
        let ordered = moment(&random)
        var sales = [
            key,
            Column(name: "client_id", type: "integer", isNullable: random.chance(50), references: "clients"),
            Column(
                name: "good_id", type: "integer", isNullable: random.chance(20), references: "goods",
                isEnforced: random.chance(30)),
            Column(name: odd, type: "numeric(10,2)", isNullable: random.chance(50)),
            Column(name: "status", type: "text", isNullable: random.chance(50)),
            Column(name: "pieces", type: "integer", isNullable: false),
            Column(name: "sold_at", type: ordered, isNullable: random.chance(20)),
            Column(name: "ended_at", type: ordered),
            Column(name: "paid", type: "boolean", isNullable: random.chance(50)),
        ]
        if random.chance(40) {
            sales.append(Column(name: "payer_id", type: "integer", references: "clients"))
        }
        tables.append(("Sales", sales, ["id"], "sold_at"))
        tables.append(
            (
                "lines",
                [
                    key, Column(name: "sale_id", type: "integer", isNullable: false, references: "Sales"),
                    Column(name: "price", type: "double precision", isNullable: false),
                    Column(name: "status", type: "text"), Column(name: "shipped", type: moment(&random)),
                ], ["id"], "shipped"
            ))
        tables.append(
            (
                "tickets",
                [
                    key,
                    Column(name: "client_id", type: "integer", isNullable: random.chance(30), references: "clients"),
                    Column(name: "hours", type: "numeric", isNullable: false),
                    Column(name: "status", type: "text", isNullable: false),
                    Column(name: "opened", type: moment(&random), isNullable: false),
                ], ["id"], "opened"
            ))
        tables.append(
            (
                "interests",
                [
                    Column(name: "client_id", type: "integer", isNullable: false, references: "clients"),
                    Column(name: "good_id", type: "integer", isNullable: false, references: "goods"),
                    Column(name: "rank", type: "integer"),
                ], ["client_id", "good_id"], nil
            ))
        script = Self.script(tables, &random)
        source = SemanticSource(
            tables: tables.map { table in
                SemanticSource.Table(
                    name: table.name,
                    columns: table.columns.map {
                        SemanticSource.Column(name: $0.name, type: $0.type, isNullable: $0.isNullable)
                    }, primaryKey: table.key,
                    foreignKeys: table.columns.compactMap { column in
                        column.references.map {
                            SemanticSource.ForeignKey(
                                columns: [column.name], table: Self.id($0), referencedColumns: ["id"],
                                isEnforced: column.isEnforced)
                        }
                    }, timeColumn: table.time)
            },
            metrics: [
                .init(
                    name: "Pieces Sold",
                    computation: .aggregate(
                        .init(
                            table: Self.id("Sales"), expression: "SUM(pieces)", filter: "status = 'a' OR status = 'b'",
                            timeColumn: "sold_at"),
                        isAdditive: true)),
                .init(
                    name: "Paid Rate",
                    computation: .ratio(
                        numerator: .init(
                            table: Self.id("Sales"), expression: "100.0 * COUNT(*) FILTER (WHERE paid)",
                            timeColumn: "sold_at"),
                        denominator: .init(
                            table: Self.id("Sales"), expression: "COUNT(*)", timeColumn: "sold_at"))),
                .init(
                    name: "Open Pieces",
                    computation: .snapshot(
                        .init(table: Self.id("Sales"), expression: "SUM(pieces)"), start: "sold_at", end: "ended_at",
                        isAdditive: true)),
            ],
            calendar: CalendarRules(
                weekStart: Int.random(in: 0...6, using: &random),
                timeZone: random.pick(["UTC", "Europe/Paris", "America/Sao_Paulo", "Asia/Kathmandu"])))
    }

    static func quoted(_ name: String) -> String { "\"\(name)\"" }

    // MARK: - Data

    private static func script(
        _ tables: [(name: String, columns: [Column], key: [String], time: String?)], _ random: inout SplitMix64
    ) -> String {
        var lines: [String] = []
        var counts: [String: Int] = [:]
        for table in tables {
            let columns = table.columns.map { column in
                "\(quoted(column.name)) \(column.type)\(column.isNullable ? "" : " NOT NULL")"
                    + (column.isEnforced ? column.references.map { " REFERENCES \(quoted($0)) (id)" } ?? "" : "")
            }
            lines.append(
                "CREATE TABLE \(quoted(table.name)) (\(columns.joined(separator: ", ")), PRIMARY KEY "
                    + "(\(table.key.joined(separator: ", "))));")
            let count = table.name == "regions" ? 4 : Int.random(in: 15...45, using: &random)
            counts[table.name] = count
            var rows: [String] = []
            for row in 1...count {
                let values = table.columns.map { column in
                    column.name == "id" ? "\(row)" : value(column, counts, &random)
                }
                rows.append("(\(values.joined(separator: ", ")))")
            }
            lines.append(
                "INSERT INTO \(quoted(table.name)) VALUES \(rows.joined(separator: ", ")) ON CONFLICT DO NOTHING;")
        }
        return lines.joined(separator: "\n")
    }

    private static func value(_ column: Column, _ counts: [String: Int], _ random: inout SplitMix64) -> String {
        if column.isNullable, random.chance(column.name == "ended_at" ? 50 : 20) { return "NULL" }
        if let table = column.references {
            if !column.isEnforced, random.chance(25) { return "1000" }
            return "\(Int.random(in: 1...max(1, (counts[table] ?? 10) * 2 / 3), using: &random))"
        }
        switch column.type {
        case "integer": return "\(Int.random(in: 0...30, using: &random))"
        case "boolean": return random.chance(50) ? "true" : "false"
        case "date": return "DATE '2025-06-01' + \(Int.random(in: 0...539, using: &random))"
        case "timestamp without time zone", "timestamp with time zone":
            return "TIMESTAMP '2025-06-01' + INTERVAL '\(Int.random(in: 0...776_000, using: &random)) minutes'"
        case "text", "character varying(30)":
            return "'\(random.pick(["a", "b", "c", "O''Hara", "100%_x", "Ünï"]))'"
        default: return "\(Int.random(in: -500...20_000, using: &random))::numeric / 100"
        }
    }
}

import Postgres

/// One column on the way to its statistics: which aggregates its type has, and how to read them.
struct StatisticsColumn: Sendable {
    struct Facts: Sendable {
        /// `pg_type.typcategory` and the name of the type under a domain.
        var category = "X"
        var type = ""
        var relationBytes = 0
        /// The first column of an index that keeps order.
        var isIndexed = false
        var nullFraction: Double?
        /// As `pg_stats` has it: a count, or below zero a share of the rows.
        var distinctEstimate: Double?

        func distinct(rows: Int) -> Int? {
            distinctEstimate.map { $0 >= 0 ? Int($0) : Int((-$0 * Double(rows)).rounded()) }
        }
    }

    /// Texts are cut, for a range is no place for a document.
    private static let longestBound = 200

    var column: SchemaCatalog.Column
    var facts: Facts
    var isPersonal: Bool

    private var sqlName: String { PostgresQuery.quoted(identifier: column.name) }

    /// Numbers, texts, times, time spans and enumerations have an order that min and max know.
    var hasRange: Bool {
        !isPersonal && "NSDTE".contains(facts.category) && !facts.type.hasPrefix("reg")
    }

    var aggregates: [String] {
        let distinct = "NSDTEB".contains(facts.category) || facts.type == "uuid" ? sqlName : "\(sqlName)::text"
        return ["count(\(sqlName))", "count(DISTINCT \(distinct))"] + (hasRange ? range : [])
    }

    var range: [String] {
        ["left(min(\(sqlName))::text, \(Self.longestBound))", "left(max(\(sqlName))::text, \(Self.longestBound))"]
    }

    /// Reads the cells of `aggregates`.
    func statistics(rows: Int, cells: [String?]) -> TableStatistics.Column {
        func cell(_ index: Int) -> String? { cells.indices.contains(index) ? cells[index] : nil }
        let present = cell(0).flatMap { Int($0) } ?? 0
        return TableStatistics.Column(
            name: column.name, type: column.type, nullFraction: rows == 0 ? nil : Double(rows - present) / Double(rows),
            distinctValues: cell(1).flatMap { Int($0) }, minimum: cell(2), maximum: cell(3))
    }
}

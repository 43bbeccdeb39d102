import Planner
import Postgres
import ServiceRuntime

/// The statement that reads a table's profile, chosen by how big the table is.
///
/// Small tables are read whole. Of big ones columns with an index are walked from value to value, the others are sampled;
/// columns that the server already knows to have too many values are left out.
struct ProfileRequest: Sendable {
    static let mostValues = 5_000
    static let longestValue = 100
    /// More than this is not read whole.
    private static let smallBytes = 64 << 20
    private static let sampledRows = 50_000.0
    private static let excerptRows = 20_000
    /// Characters of the values of one cell, which stays below what a runner cuts.
    private static let charactersPerCell = 3_000

    let relation: SchemaCatalog.Relation
    let facts: RelationFacts?
    /// Columns whose texts are wanted, and columns whose newest day is.
    let texts: [String]
    let times: [String]
    /// Columns of which is wanted whether each value occurs once.
    let keys: [String]

    /// - Parameter table: personal columns and those whose name is that of a secret are left out.
    init(
        _ table: SemanticSource.Table, _ relation: SchemaCatalog.Relation, _ facts: RelationFacts?,
        keys: Set<String> = []
    ) {
        self.relation = relation
        self.facts = facts
        texts = table.columns.filter { Self.hasTexts($0) }.map(\.name)
        times = table.columns.filter { TypeFamily($0.type) == .time }.map(\.name)
        self.keys = keys.sorted()
    }

    /// What will have been looked at; a column as a key is another matter than its texts.
    var columns: [String] { texts + times + keys.map { "\($0) as a key" } }

    private static func hasTexts(_ column: SemanticSource.Column) -> Bool {
        !column.isPersonal && !SecretColumnGuess.isSecret(column.name)
            && (TypeFamily(column.type) == .text || column.type == "name" || !column.values.isEmpty)
            && ![.number, .boolean, .time].contains(TypeFamily(column.type)) && !column.type.hasSuffix("[]")
    }

    private var isSmall: Bool { facts?.bytes.map { $0 <= Self.smallBytes } ?? false }
    /// Views and foreign tables: nothing says how much there is behind a row.
    var isView: Bool { facts?.bytes == nil }

    /// Whether every value was seen.
    func isComplete(_ column: String) -> Bool { isSmall || facts?.columns[column]?.isIndexed == true }

    /// Nil where there is nothing to read. Rows are a kind (`v`, `n` or `u`), an index into `texts`, `times` or `keys`, and
    /// JSON texts, a day or a truth value.
    func sql(texts wanted: [Int]? = nil, times includesTimes: Bool = true) -> String? {
        var parts = (wanted ?? Array(texts.indices)).compactMap(values)
        if includesTimes { parts += times.indices.compactMap(newest) + keys.indices.compactMap(uniqueness) }
        guard !parts.isEmpty else { return nil }
        return (isView ? excerpt : "") + parts.joined(separator: "\nUNION ALL\n")
    }

    /// The first rows of a view, for all its columns: it is computed once.
    private var excerpt: String {
        let columns = texts.enumerated().map { "\(PostgresQuery.quoted(identifier: $1))::text AS c\($0)" }
        return """
            WITH excerpt AS MATERIALIZED (
                SELECT \(columns.joined(separator: ", ")) FROM \(relation.sqlName) LIMIT \(Self.excerptRows)
            )

            """
    }

    private func values(_ index: Int) -> String? {
        let name = texts[index]
        let column = PostgresQuery.quoted(identifier: name)
        let known = facts?.columns[name]
        if let width = known?.width, width > 2 * Self.longestValue { return nil }
        let source: String
        if isSmall {
            source = distinct("\(column)::text", from: relation.sqlName, where: "\(column) IS NOT NULL")
        } else if isView {
            source = distinct("c\(index)", from: "excerpt", where: "c\(index) IS NOT NULL")
        } else {
            if let estimate = known?.distinctEstimate, hasTooMany(estimate) { return nil }
            if known?.isIndexed == true {
                source = walk(column)
            } else {
                guard facts?.isSampled == true, let rows = facts?.rows, rows > 0 else { return nil }
                let percent = min(100, max(0.0001, 100 * Self.sampledRows / Double(rows)))
                source = distinct(
                    "\(column)::text", from: "\(relation.sqlName) TABLESAMPLE SYSTEM (\(percent))",
                    where: "\(column) IS NOT NULL")
            }
        }
        return """
            SELECT 'v' AS kind, \(index) AS place, json_agg(v)::text AS content FROM (
                SELECT v, sum(length(v) + 4) OVER (ROWS UNBOUNDED PRECEDING) / \(Self.charactersPerCell) AS cell
                FROM (\(source)) AS d WHERE length(v) BETWEEN 1 AND \(Self.longestValue)) AS c
            GROUP BY cell
            """
    }

    private func hasTooMany(_ estimate: Double) -> Bool {
        let count = estimate >= 0 ? estimate : -estimate * Double(facts?.rows ?? 0)
        return count > Double(Self.mostValues)
    }

    private func distinct(_ value: String, from source: String, where condition: String) -> String {
        "SELECT DISTINCT \(value) AS v FROM \(source) WHERE \(condition) LIMIT \(Self.mostValues + 1)"
    }

    /// From one value to the next by the index: as many steps as there are values, however many rows.
    private func walk(_ column: String) -> String {
        """
        WITH RECURSIVE step AS (
            (SELECT \(column) AS v FROM \(relation.sqlName) WHERE \(column) IS NOT NULL ORDER BY \(column) LIMIT 1)
            UNION ALL
            SELECT (SELECT \(column) FROM \(relation.sqlName) WHERE \(column) > step.v ORDER BY \(column) LIMIT 1)
            FROM step WHERE step.v IS NOT NULL
        ) SELECT v::text AS v FROM step WHERE v IS NOT NULL LIMIT \(Self.mostValues + 1)
        """
    }

    /// Only where it costs little: a small table, or an index.
    private func newest(_ index: Int) -> String? {
        guard isSmall || facts?.columns[times[index]]?.isIndexed == true else { return nil }
        let column = PostgresQuery.quoted(identifier: times[index])
        return "SELECT 'n', \(index), max(\(column))::date::text FROM \(relation.sqlName)"
    }

    /// Only of a small table; one row alone says nothing.
    private func uniqueness(_ index: Int) -> String? {
        guard isSmall else { return nil }
        let column = PostgresQuery.quoted(identifier: keys[index])
        return """
            SELECT 'u', \(index), CASE WHEN count(\(column)) > 1 THEN (count(\(column)) = count(DISTINCT \(column)))::text END
            FROM \(relation.sqlName)
            """
    }
}

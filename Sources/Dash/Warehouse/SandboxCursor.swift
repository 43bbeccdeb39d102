import Postgres
import SQLGuard

/// Runs a statement as a cursor: the server itself refuses everything that is not a plain query, and hands out no more
/// rows and no longer cells than are asked for.
struct SandboxCursor {
    /// Part of a result, as much as the limits allow.
    struct Excerpt: Sendable {
        var columns: [ResultTable.Column]
        var rows: [[String?]] = []
        var isTruncated = false
        var hasCutCells = false
    }

    static let begin = "BEGIN READ ONLY"
    private static let declare = "DECLARE dash_result NO SCROLL CURSOR FOR\n"
    /// What one FETCH may bring at worst.
    private static let bytesPerFetch = 8_388_608
    private static let largestFetch = 500

    let connection: PostgresConnection
    let limits: ResultLimits

    /// Inside a transaction that began with `begin` and will be rolled back.
    func run(_ sql: String) async throws -> Excerpt {
        if let explained = ExplainedStatement(sql) { return try await explain(explained) }
        let shape: PostgresColumns
        do {
            try await connection.query(PostgresQuery(unescaped: Self.declare + sql))
            shape = try await connection.query("FETCH FORWARD 0 FROM dash_result").columns
        } catch let error as PostgresError {
            throw SQLFailure(error, textOffset: Self.declare.count).refusing(in: sql)
        }
        let cellLimit = limits.cellCharacters(width: shape.names.count)
        do {
            try await shorten(sql, shape, cellLimit)
            return try await fetch(shape, cellLimit)
        } catch let error as PostgresError {
            var failure = SQLFailure(error)
            // It would point into the statement around the statement.
            failure.position = nil
            throw failure
        }
    }

    // MARK: - Long cells

    /// Puts the statement into one that cuts long cells on the server, for a single cell may have a gigabyte.
    private func shorten(_ sql: String, _ shape: PostgresColumns, _ cellLimit: Int) async throws {
        let isLong = shape.typeOIDs.map { ColumnType.wireBound(builtInOID: $0) == nil }
        guard isLong.contains(true) else { return }
        let names = shape.names.indices.map { "c\($0)" }
        let cells = zip(names, isLong).map { name, isLong in
            isLong ? "pg_catalog.left(q.\(name)::pg_catalog.text, \(cellLimit + 1)) AS \(name)" : "q.\(name)"
        }
        try await connection.query("CLOSE dash_result")
        do {
            try await connection.query(
                PostgresQuery(
                    unescaped: """
                        \(Self.declare)SELECT \(cells.joined(separator: ", ")) FROM (
                        \(SQLOutline.body(sql))
                        ) AS q(\(names.joined(separator: ", ")))
                        """))
        } catch let error as PostgresError where error.sqlState == "42601" {
            throw SQLFailure(
                .refused, message: "the end of the statement cannot be found: \(error.message)",
                hint: "End the statement with its semicolon; write comments before it.")
        }
    }

    // MARK: - Rows

    private func fetch(_ shape: PostgresColumns, _ cellLimit: Int) async throws -> Excerpt {
        var excerpt = Excerpt(columns: try await columns(shape))
        let widest = shape.typeOIDs.reduce(1) { sum, oid in
            sum + (ColumnType.wireBound(builtInOID: oid) ?? 4 * cellLimit)
        }
        let step = min(Self.largestFetch, max(1, Self.bytesPerFetch / widest))
        var bytes = 0
        while true {
            let wanted = min(step, limits.rows + 1 - excerpt.rows.count)
            let result = try await connection.query(
                PostgresQuery(unescaped: "FETCH FORWARD \(wanted) FROM dash_result"))
            for row in result.rows {
                guard excerpt.append(row.cells, cellLimit: cellLimit, limits: limits, bytes: &bytes) else {
                    return excerpt
                }
            }
            if result.rows.count < wanted { return excerpt }
        }
    }

    private func columns(_ shape: PostgresColumns) async throws -> [ResultTable.Column] {
        let own = shape.typeOIDs.filter { ColumnType(builtInOID: $0) == nil }.map(Int.init)
        var categories: [String: String] = [:]
        if !own.isEmpty {
            let result = try await connection.query(
                """
                SELECT oid::text AS oid, typcategory::text AS category FROM pg_catalog.pg_type
                WHERE oid = ANY(\(own)::oid[])
                """)
            for row in result.rows { categories[try row.decode("oid")] = row["category"] }
        }
        return zip(shape.names, shape.typeOIDs).map { name, oid in
            ResultTable.Column(
                name: name, type: ColumnType(builtInOID: oid) ?? ColumnType(category: categories[String(oid)] ?? ""))
        }
    }

    // MARK: - EXPLAIN

    private func explain(_ explained: ExplainedStatement) async throws -> Excerpt {
        let result: PostgresResult
        do {
            result = try await connection.query(PostgresQuery(unescaped: explained.sql))
        } catch let error as PostgresError {
            var failure = SQLFailure(error, textOffset: explained.offset)
            if failure.errorClass == .syntax {
                let options = GuardPolicy.explainOptions.sorted().joined(separator: ", ")
                failure.hint =
                    "EXPLAIN shows the plan of a statement and never runs it; its options here are \(options)."
            }
            throw failure
        }
        var excerpt = Excerpt(columns: result.columns.names.map { ResultTable.Column(name: $0, type: .text) })
        var bytes = 0
        for row in result.rows {
            guard excerpt.append(row.cells, cellLimit: limits.cellCharacters, limits: limits, bytes: &bytes) else {
                break
            }
        }
        return excerpt
    }
}

extension SandboxCursor.Excerpt {
    /// False, and flagged, where a limit left no room.
    mutating func append(_ cells: [String?], cellLimit: Int, limits: ResultLimits, bytes: inout Int) -> Bool {
        var isCut = false
        let row = cells.map { cell -> String? in
            guard let cell, cell.utf8.count > cellLimit, cell.unicodeScalars.count > cellLimit else { return cell }
            isCut = true
            return String(cell.unicodeScalars.prefix(cellLimit)) + "… [cut after \(cellLimit) characters]"
        }
        let size = row.reduce(0) { $0 + ($1?.utf8.count ?? 4) }
        guard rows.count < limits.rows, rows.isEmpty || bytes + size <= limits.bytes else {
            isTruncated = true
            return false
        }
        bytes += size
        rows.append(row)
        hasCutCells = hasCutCells || isCut
        return true
    }
}

extension SQLFailure {
    private static let commands: Set<String> = [
        "insert", "update", "delete", "merge", "truncate", "create", "alter", "drop", "grant", "revoke", "set", "reset",
        "show", "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "prepare", "execute",
        "deallocate", "declare", "fetch", "move", "close", "copy", "do", "call", "lock", "listen", "unlisten", "notify",
        "vacuum", "analyze", "cluster", "reindex", "refresh", "comment", "security", "import", "load", "discard",
        "checkpoint", "reassign", "explain",
    ]

    /// A syntax error at the first word means that the statement is a command and not a query.
    fileprivate func refusing(in sql: String) -> SQLFailure {
        guard errorClass == .syntax, let position else { return self }
        let before = Substring(sql.unicodeScalars.prefix(position - 1))
        let word = Substring(sql.unicodeScalars.dropFirst(position - 1)).prefix(while: \.isLetter)
        guard Self.commands.contains(word.lowercased()), before.allSatisfy({ $0.isWhitespace || $0 == "(" }) else {
            return self
        }
        return SQLFailure(
            .refused, message: "\(word.uppercased()) is not a query and cannot be run here",
            hint: "Only SELECT, WITH, VALUES, TABLE and EXPLAIN statements are run, read only.", position: position,
            sqlState: sqlState)
    }
}

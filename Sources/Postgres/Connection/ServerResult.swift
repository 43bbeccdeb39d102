import CLibPQ

/// Owner of one result that libpq returned.
struct ServerResult: ~Copyable {
    private let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var status: ExecStatusType { PQresultStatus(pointer) }

    var affectedRows: Int {
        Int(String(cString: PQcmdTuples(pointer))) ?? 0
    }

    /// The cells as text. Heavy for big results: call it in the task that asked.
    ///
    /// - Parameter earlier: the rows that came before, one by one.
    func decoded(after earlier: [PostgresRow] = []) -> PostgresResult {
        let width = PQnfields(pointer)
        let columns = PostgresColumns(
            names: (0..<width).map { String(cString: PQfname(pointer, $0)) },
            typeOIDs: (0..<width).map { PQftype(pointer, $0) })
        let rows = (0..<PQntuples(pointer)).map { row in
            PostgresRow(columns: columns, cells: (0..<width).map { cell(row, $0) })
        }
        return PostgresResult(
            columns: columns, rows: earlier.isEmpty ? rows : earlier + rows,
            commandTag: String(cString: PQcmdStatus(pointer)), affectedRows: affectedRows)
    }

    private func cell(_ row: Int32, _ column: Int32) -> String? {
        guard PQgetisnull(pointer, row, column) == 0, let bytes = PQgetvalue(pointer, row, column) else { return nil }
        let length = Int(PQgetlength(pointer, row, column))
        return bytes.withMemoryRebound(to: UInt8.self, capacity: length) {
            String(decoding: UnsafeBufferPointer(start: $0, count: length), as: UTF8.self)
        }
    }

    /// The error this result reports. The server quotes bad input in messages of class 22, so bound values are
    /// replaced there.
    func error(sql: String?, bindings: [String?]) -> PostgresError {
        let sqlState = text(clibpq_sqlstate(pointer))
        var message = text(clibpq_message(pointer)) ?? text(PQresultErrorMessage(pointer)) ?? ""
        if message.isEmpty { message = "the server reported an error without a message" }
        if sqlState?.hasPrefix("22") == true { message = Self.hiding(bindings, in: message) }
        return PostgresError(
            isFatal ? .connectionLost : .queryFailed, message: message, sqlState: sqlState,
            detail: text(clibpq_detail(pointer)), hint: text(clibpq_hint(pointer)),
            position: text(clibpq_position(pointer)).flatMap { Int($0) }, sql: sql)
    }

    /// True when the session ended with this error.
    private var isFatal: Bool {
        switch text(clibpq_severity(pointer)) {
        case "FATAL", "PANIC": true
        // libpq itself reports a lost connection without the server's fields.
        case nil: true
        default: false
        }
    }

    private func text(_ characters: UnsafePointer<CChar>?) -> String? {
        characters.map { String(cString: $0) }
    }

    private func text(_ characters: UnsafeMutablePointer<CChar>?) -> String? {
        characters.map { String(cString: $0) }
    }

    static func hiding(_ bindings: [String?], in message: String) -> String {
        var message = message
        for case let value? in bindings where !value.isEmpty {
            message = message.components(around: "\"\(value)\"").joined(separator: "\"…\"")
        }
        return message
    }
}

extension String {
    fileprivate func components(around separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}

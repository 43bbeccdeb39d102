import CLibPQ
import ServiceRuntime

extension Session {
    /// Sends what is queued and reads all results of the statement: the last one, or the first error.
    func collect(_ sql: String, _ bindings: [String?]) async throws -> PostgresResult {
        try await flush()
        return try await finish(sql, bindings)
    }

    /// As `collect`, in single-row mode.
    func collect(_ sql: String, _ bindings: [String?], maximumBytes: Int) async throws -> PostgresResult {
        try await flush()
        return try await finish(sql, bindings, maximumBytes: maximumBytes)
    }

    /// Feeds a COPY that has been sent already, and returns the number of rows.
    func copyIn(_ sql: String, _ chunks: some AsyncSequence<[UInt8], any Error>) async throws -> Int {
        try await flush()
        try await enterCopy(sql)
        do {
            for try await chunk in chunks where !chunk.isEmpty {
                try await put(chunk)
            }
        } catch {
            if isUsable { try await abortCopy() }
            throw error
        }
        try await endCopy(reason: nil)
        return try await finish(sql, []).affectedRows
    }

    private func finish(
        _ sql: String, _ bindings: [String?], maximumBytes: Int = .max
    ) async throws -> PostgresResult {
        var last: PostgresResult?
        var rows: [PostgresRow] = []
        var bytes = 0
        var failure: PostgresError?
        while let result = try await next(after: failure) {
            switch result.status {
            case PGRES_SINGLE_TUPLE:
                let row = result.decoded().rows
                bytes += row.reduce(64) { $1.cells.reduce($0) { $0 + 16 + ($1?.utf8.count ?? 0) } }
                guard bytes <= maximumBytes else {
                    markInDoubt()
                    throw PostgresError(
                        .queryFailed, message: "the statement returns more than \(maximumBytes) bytes",
                        sqlState: "54000", sql: sql)
                }
                rows += row
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                last = result.decoded(after: rows)
                rows = []
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                throw copyRefused("COPY is not possible here", sql)
            default:
                failure = failure ?? result.error(sql: sql, bindings: bindings)
            }
        }
        if let failure { throw failure }
        guard let last else { throw lost() }
        return last
    }

    /// The next result; when the connection ends after an error, that error says why and is thrown.
    private func next(after failure: PostgresError?) async throws -> ServerResult? {
        do {
            return try await nextResult().map { ServerResult(adopting: $0) }
        } catch let error as PostgresError {
            throw failure ?? error
        }
    }

    private func enterCopy(_ sql: String) async throws {
        guard let pointer = try await nextResult() else { throw lost() }
        let first = ServerResult(adopting: pointer)
        switch first.status {
        case PGRES_COPY_IN: return
        case PGRES_COPY_OUT, PGRES_COPY_BOTH:
            throw copyRefused("only COPY … FROM STDIN is possible here", sql)
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            try await drain()
            throw PostgresError(.queryFailed, message: "not a COPY … FROM STDIN", sqlState: "42601", sql: sql)
        default:
            let failure = first.error(sql: sql, bindings: [])
            try? await drain()
            throw failure
        }
    }

    /// Leaving a copy would take as long as the copy: the connection is given up instead.
    private func copyRefused(_ message: String, _ sql: String) -> PostgresError {
        markInDoubt()
        return PostgresError(.queryFailed, message: message, sqlState: "0A000", sql: sql)
    }

    private func drain() async throws {
        while let result = try await nextResult() { PQclear(result) }
    }

    private func put(_ chunk: [UInt8]) async throws {
        while true {
            let queued = chunk.withUnsafeBytes {
                PQputCopyData(pointer, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
            }
            switch queued {
            case 1: return try await flush()
            case 0: try await flush()
            default: throw lost()
            }
        }
    }

    private func abortCopy() async throws {
        shield(limit: PostgresConnection.shieldedLimit)
        try await endCopy(reason: "the client gave up")
        try await drain()
    }

    private func endCopy(reason: String?) async throws {
        while true {
            switch PQputCopyEnd(pointer, reason) {
            case 1: return try await flush()
            case 0: try await flush()
            default: throw lost()
            }
        }
    }
}

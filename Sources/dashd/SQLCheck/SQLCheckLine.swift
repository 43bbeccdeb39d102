import Dash
import SQLGuard
import ServiceRuntime

/// One line of `dashd sql --jsonl`: `{"id", "role", "sql"}` in, `{"id", "verdict", …}` out.
struct SQLCheckLine {
    var id: JSONValue
    var role: SQLRole
    var sql: String

    /// A line that says nothing usable; answered, not skipped.
    struct Malformed: Error {
        var id = JSONValue.null
        var reason: String

        var reply: JSONValue {
            SQLCheckLine.reply(id, StatementVerdict(.failed, reason: reason), rows: nil, milliseconds: 0)
        }
    }

    /// - Parameter role: for a line that names none.
    init(_ line: String, role: SQLRole) throws(Malformed) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: line)
        } catch {
            throw Malformed(id: .null, reason: "the line is not JSON: \(error)")
        }
        let id = value["id"] ?? .null
        guard let sql = value["sql"]?.string else {
            throw Malformed(id: id, reason: "the line has no text in \"sql\"")
        }
        self.id = id
        self.sql = sql
        switch value["role"] {
        case nil, .some(.null): self.role = role
        case .some(let given):
            guard let known = given.string.flatMap(SQLRole.init) else {
                throw Malformed(id: id, reason: "\"role\" is neither analyst nor engineer")
            }
            self.role = known
        }
    }

    func reply(_ outcome: SQLCheck.Outcome) -> JSONValue {
        Self.reply(id, outcome.verdict, rows: outcome.table?.rows.count, milliseconds: outcome.milliseconds)
    }

    private static func reply(
        _ id: JSONValue, _ verdict: StatementVerdict, rows: Int?, milliseconds: Int
    ) -> JSONValue {
        [
            "id": id, "verdict": .string(verdict.outcome.rawValue),
            "layer": verdict.layer.map { .string($0.rawValue) } ?? .null,
            "reason": verdict.reason.map(JSONValue.string) ?? .null,
            "sqlstate": verdict.sqlState.map(JSONValue.string) ?? .null,
            "rows": rows.map { .integer(Int64($0)) } ?? .null, "ms": .integer(Int64(milliseconds)),
        ]
    }
}

import Dash
import Planner
import ServiceRuntime

/// What `dashd ask --jsonl` writes for one line; every member is always there.
struct BatchReply {
    enum Outcome: String {
        case answered, clarify, refused, failed
    }

    private let members: [String: JSONValue]

    var json: JSONValue { .object(members) }

    /// - Parameter number: of the line, counted from 1.
    init(_ malformed: BatchLine.Malformed, line number: Int) {
        self.init(id: malformed.id, failing: "line \(number): \(malformed.reason)", milliseconds: 0)
    }

    /// For what kept a question from any answer.
    init(id: JSONValue, failing reason: String, milliseconds: Int) {
        members = Self.members(id, .failed, headline: reason, milliseconds: milliseconds)
    }

    init(id: JSONValue, _ answer: Answer, milliseconds: Int) throws {
        var members = Self.members(
            id, Self.outcome(of: answer.kind), headline: answer.headline, milliseconds: milliseconds)
        members["meaning"] = answer.meaning.map(JSONValue.string) ?? .null
        if let badge = answer.badge { members["badge"] = .string(badge.rawValue) }
        if let table = answer.tables.first {
            members["columns"] = .array(table.columns.map { .string($0.name) })
            members["rows"] = .array(table.rows.map { Self.row($0, table.columns) })
            members["row_count"] = .integer(Int64(table.rows.count))
        }
        // What a change has built is not what its table was read with.
        if let sql = answer.tables.first?.sql ?? answer.provenance?.statements.last { members["sql"] = .string(sql) }
        let memory = answer.kind == .result ? answer.memory : nil
        let planned = memory?.answered ?? (memory?.likely.count == 1 ? memory?.likely.first : nil)
        if let planned {
            var object = try JSONValue(encoding: planned.plan).object ?? [:]
            object["hash"] = .string(planned.plan.hash)
            members["plan"] = .object(object)
        }
        members["unused"] = .array((answer.unused ?? []).map(JSONValue.string))
        members["choices"] = .array(answer.choices.map(JSONValue.string))
        members["caveats"] = .array(
            (answer.caveats + (memory?.answered?.assumptions ?? [])).unique.map(JSONValue.string))
        self.members = members
    }

    private static func members(
        _ id: JSONValue, _ outcome: Outcome, headline: String, milliseconds: Int
    ) -> [String: JSONValue] {
        [
            "id": id, "outcome": .string(outcome.rawValue), "badge": .null, "headline": .string(headline),
            "meaning": .null,
            "sql": .null,
            "columns": [], "rows": [], "row_count": 0, "plan": .null, "unused": [], "choices": [], "caveats": [],
            "ms": .integer(Int64(milliseconds)),
        ]
    }

    /// What would need somebody's agreement is refused: nobody is there to give it.
    private static func outcome(of kind: Answer.Kind) -> Outcome {
        switch kind {
        case .result, .message, .change: .answered
        case .clarification: .clarify
        case .refusal, .unanswered, .confirmation: .refused
        case .failure: .failed
        }
    }

    private static func row(_ cells: [String?], _ columns: [ResultTable.Column]) -> JSONValue {
        .array(zip(cells, columns).map { cell, column in cell.map { value($0, column.type) } ?? .null })
    }

    /// A number where nothing is lost by it, else the text that the server printed.
    private static func value(_ text: String, _ type: ColumnType) -> JSONValue {
        switch type {
        case .integer: Int64(text).map(JSONValue.integer) ?? .string(text)
        case .decimal: ExactNumber.value(of: text).map(JSONValue.number) ?? .string(text)
        case .boolean: text == "t" || text == "true" ? true : text == "f" || text == "false" ? false : .string(text)
        case .text, .date, .timestamp, .json, .other: .string(text)
        }
    }
}

extension [String] {
    /// Each once, in the order of their first.
    fileprivate var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}

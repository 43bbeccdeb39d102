import Agents
import Dash
import FoundationEssentials
import ServiceRuntime

/// Audit entries as a table for a terminal.
struct AuditText {
    private let entries: [AuditEntry]
    private let width: Int?

    init(_ entries: [AuditEntry], width: Int? = TextPage.current.width) {
        self.entries = entries
        self.width = width
    }

    var rendered: String {
        TextTable(
            header: ["time (UTC)", "asker", "agent", "verdict", "rows", "ms", "statement"],
            rows: entries.map { entry in
                [
                    entry.time?.shortText ?? "", entry.context.asker.id, entry.agent.rawValue, Self.verdict(entry),
                    entry.rows.map(String.init) ?? "", String(entry.milliseconds), Self.oneLine(entry.sql),
                ]
            }, rightAligned: [4, 5]
        ).rendered(width: width)
    }

    private static func verdict(_ entry: AuditEntry) -> String {
        guard let layer = entry.verdict.layer else { return entry.verdict.outcome.rawValue }
        return "\(entry.verdict.outcome.rawValue) (\(layer.rawValue))"
    }

    private static func oneLine(_ sql: String) -> String {
        VisibleText.clean(sql).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension AuditEntry {
    /// With the names of the table's columns.
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "asker": .string(context.asker.id), "surface": .string(context.origin.surface.rawValue),
            "agent": .string(agent.rawValue), "sql": .string(sql), "verdict": .string(verdict.outcome.rawValue),
            "milliseconds": .integer(Int64(milliseconds)),
        ]
        members["at"] = time.map { .string($0.formatted(.iso8601)) }
        members["run_id"] = context.runID.map { .string($0.description) }
        members["team"] = context.origin.team.map(JSONValue.string)
        members["channel"] = context.origin.channel.map(JSONValue.string)
        members["question"] = context.question.map(JSONValue.string)
        members["layer"] = verdict.layer.map { .string($0.rawValue) }
        members["reason"] = verdict.reason.map(JSONValue.string)
        members["sqlstate"] = verdict.sqlState.map(JSONValue.string)
        members["rows"] = rows.map { .integer(Int64($0)) }
        return .object(members)
    }
}

extension Date {
    /// `2026-11-20 08:15:03`
    fileprivate var shortText: String {
        formatted(.iso8601.year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: false))
    }
}

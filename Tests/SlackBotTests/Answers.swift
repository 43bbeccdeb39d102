import Agents
import Dash
import FoundationEssentials

/// Answers to be rendered.
enum Answers {
    static let runID = RunID(rawValue: UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)))

    static func table(
        id: String = "result_1", columns: [(String, ColumnType)] = [("month", .date), ("mrr", .decimal)],
        rows: [[String?]] = [["2026-01-01", "1200.5"], ["2026-02-01", "1300"]], isTruncated: Bool = false
    ) -> ResultTable {
        ResultTable(
            id: id, sql: "SELECT 1", columns: columns.map { .init(name: $0.0, type: $0.1) }, rows: rows,
            isTruncated: isTruncated, milliseconds: 3)
    }

    static func answer(
        _ kind: Answer.Kind = .result, headline: String = "MRR is 1,300.", meaning: String? = "It grew by 8 %.",
        tables: [ResultTable] = [], chart: Chart? = nil, statements: [String] = ["SELECT sum(mrr) FROM subscriptions"],
        caveats: [String] = [], nextSteps: [String] = [], choices: [String] = []
    ) -> Answer {
        Answer(
            kind: kind, runID: runID, headline: headline, meaning: meaning, tables: tables, chart: chart,
            badge: kind == .result ? .verified : nil,
            provenance: kind == .result
                ? Provenance(
                    definitions: [.init(name: "MRR", text: "sum of active <subscriptions>")],
                    filters: ["status = 'active'"],
                    period: "now", tables: ["subscriptions"],
                    freshness: [.init(table: "subscriptions", column: "started_at", latest: "2026-02-20")],
                    statements: statements, validatedQuery: "current_mrr") : nil, caveats: caveats,
            nextSteps: nextSteps, choices: choices, answeredAt: Date(timeIntervalSince1970: 0))
    }
}

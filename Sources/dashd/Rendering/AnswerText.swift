import Agents
import Dash
import ServiceRuntime

/// An answer as lines for a terminal: headline first, then what it means, the rows, and where they come from.
struct AnswerText {
    private static let shownRows = 20
    private let answer: Answer

    init(_ answer: Answer) {
        self.answer = answer
    }

    var rendered: String {
        var blocks = [answer.headline]
        if let meaning = answer.meaning { blocks.append(meaning) }
        if !answer.choices.isEmpty { blocks.append(list(answer.choices)) }
        // A single number is in the headline already.
        blocks += answer.tables.filter { $0.rows.count > 1 || $0.columns.count > 2 }.map(table)
        if !answer.caveats.isEmpty { blocks.append(answer.caveats.map { "Note: \($0)" }.joined(separator: "\n")) }
        if let source { blocks.append(source) }
        if !answer.nextSteps.isEmpty { blocks.append("Next:\n" + list(answer.nextSteps)) }
        return blocks.joined(separator: "\n\n")
    }

    private func table(_ table: ResultTable) -> String {
        let texts = table.columns.enumerated().map { index, column in
            CellText(column: column, values: table.rows.map { $0[index] })
        }
        let rows = table.rows.prefix(Self.shownRows).map { cells in
            zip(cells, texts).map { cell, text in text.text(cell) }
        }
        let numeric = table.columns.indices.filter { table.columns[$0].type.isNumeric }
        let text = TextTable(header: table.columns.map(\.name), rows: rows, rightAligned: Set(numeric)).rendered()
        guard table.rows.count > Self.shownRows || table.isTruncated else { return text }
        let total = table.isTruncated ? "more than \(table.rows.count)" : "\(table.rows.count)"
        return text + "\n… the first \(rows.count) of \(total) rows; --json prints them all"
    }

    private var source: String? {
        var lines: [String] = []
        if let badge = answer.badge { lines.append("\(badge.label) · \(answer.runID.short)") }
        if let provenance = answer.provenance {
            lines += provenance.definitions.map { "\($0.name): \($0.text)" }
            if let query = provenance.validatedQuery { lines.append("Validated query: \(query)") }
            if !provenance.filters.isEmpty { lines.append("Filters: " + provenance.filters.joined(separator: "; ")) }
            if let period = provenance.period { lines.append("Period: \(period)") }
            if !provenance.tables.isEmpty { lines.append("Tables: " + provenance.tables.joined(separator: ", ")) }
            lines += provenance.freshness.map { "Fresh until: \($0.table).\($0.column) = \($0.latest)" }
            lines += provenance.statements.map {
                "SQL: " + $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    private func list(_ items: [String]) -> String {
        items.map { "  • \($0)" }.joined(separator: "\n")
    }
}

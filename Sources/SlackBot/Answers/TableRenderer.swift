package import Dash
package import SlackAPI

/// A result as a native table, cut to what Slack takes; what is left out is said.
package struct TableRenderer: Sendable {
    private static let mostRowsInText = 12
    private static let mostColumnsInText = 6
    private static let mostCharactersInText = 1_800

    private let table: ResultTable
    private let cells: [CellText]
    private let columns: Int

    package init(_ table: ResultTable) {
        self.table = table
        columns = min(table.columns.count, SlackLimits.tableColumns)
        cells = table.columns.prefix(columns).enumerated().map { index, column in
            CellText(column: column, values: table.rows.lazy.map { index < $0.count ? $0[index] : nil })
        }
    }

    /// False for a result that its headline says in full: nothing at all, or a single value.
    package var isWorthShowing: Bool {
        !table.rows.isEmpty && !table.columns.isEmpty && (table.rows.count > 1 || table.columns.count > 1)
    }

    /// As many rows as fit in the given number of characters.
    package func block(caption: SlackPlainText, characters: Int) -> (block: DataTableBlock, note: SlackText?)? {
        let header = cells.map { SlackPlainText(CellText.title(of: $0.column.name)) }
        var used = caption.length + header.reduce(0) { $0 + $1.length }
        var rows: [[TableCell]] = []
        for row in table.rows.prefix(SlackLimits.dataTableRows) {
            let shown = zip(cells, row).map { $0.cell($1) }
            used += shown.reduce(0) { $0 + $1.text.utf16.count }
            guard used <= characters, shown.count == columns else { break }
            rows.append(shown)
        }
        guard !rows.isEmpty, !header.isEmpty else { return nil }
        let block = DataTableBlock(caption: caption, header: header, rows: rows)
        return (block, note(shownRows: rows.count, shownColumns: columns))
    }

    /// The beginning of the table as aligned text.
    package func text() -> (text: SlackText, note: SlackText?) {
        let shownColumns = min(columns, Self.mostColumnsInText)
        var lines = [cells.prefix(shownColumns).map { clipped(CellText.title(of: $0.column.name)) }]
        var used = 0
        for row in table.rows.prefix(Self.mostRowsInText) {
            let line = zip(cells.prefix(shownColumns), row).map { clipped($0.text($1)) }
            used += line.reduce(0) { $0 + $1.utf16.count + 8 }
            guard used <= Self.mostCharactersInText else { break }
            lines.append(line)
        }
        return (.fence(Mrkdwn.aligned(lines)), note(shownRows: lines.count - 1, shownColumns: shownColumns))
    }

    private func note(shownRows: Int, shownColumns: Int) -> SlackText? {
        var parts: [SlackText] = []
        if table.isTruncated {
            parts.append("the first \(shownRows) rows; there are more than \(table.rows.count)")
        } else if shownRows < table.rows.count {
            parts.append("the first \(shownRows) of \(table.rows.count) rows")
        }
        if shownColumns < table.columns.count {
            parts.append("the first \(shownColumns) of \(table.columns.count) columns")
        }
        return parts.isEmpty ? nil : "Shown: \(parts.joined(separator: ", "))."
    }

    private func clipped(_ text: String) -> String {
        // Broken addresses and all, before the columns are aligned by their width.
        let text = SlackPlainText(text).text
        return text.count > 32 ? text.prefix(31) + "…" : text
    }
}

import Dash
import ServiceRuntime

/// A result as it is, for whoever wrote the statement: names, values and NULL unchanged but for what a terminal would obey.
struct ResultText {
    private let table: ResultTable
    private let width: Int?

    init(_ table: ResultTable, width: Int? = TextPage.current.width) {
        self.table = table
        self.width = width
    }

    var rendered: String {
        let numeric = table.columns.indices.filter { table.columns[$0].type.isNumeric }
        return TextTable(
            header: table.columns.map { VisibleText.clean($0.name) },
            rows: table.rows.map { $0.map { $0.map { VisibleText.clean($0) } ?? "NULL" } },
            rightAligned: Set(numeric)
        ).rendered(width: width)
    }
}

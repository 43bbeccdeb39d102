import Dash

/// A result as it is, for whoever wrote the statement: names, values and NULL unchanged.
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
            header: table.columns.map(\.name), rows: table.rows.map { $0.map { $0 ?? "NULL" } },
            rightAligned: Set(numeric)
        ).rendered(width: width)
    }
}

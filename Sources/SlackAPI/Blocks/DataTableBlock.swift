import ServiceRuntime

/// A table that readers can sort, filter and page through.
package struct DataTableBlock: Sendable, Equatable {
    package var caption: SlackPlainText
    package var header: [SlackPlainText]
    package var rows: [[TableCell]]
    package var pageSize: Int

    package init(caption: SlackPlainText, header: [SlackPlainText], rows: [[TableCell]], pageSize: Int = 10) {
        self.caption = caption
        self.header = header
        self.rows = rows
        self.pageSize = pageSize
    }

    var members: [String: JSONValue] {
        let first: JSONValue = .array(header.map { TableCell.text($0).json })
        return [
            "caption": .string(caption.text), "page_size": .integer(Int64(pageSize)),
            "rows": .array([first] + rows.map { .array($0.map(\.json)) }),
        ]
    }

    var characters: Int {
        caption.length + header.reduce(0) { $0 + $1.length }
            + rows.joined().reduce(0) { $0 + $1.text.utf16.count }
    }

    func check(_ checks: inout BlockChecks) {
        checks.length(caption.text, in: 1...SlackLimits.section, "caption")
        checks.count(rows.count, in: 1...SlackLimits.dataTableRows, "rows")
        checks.count(header.count, in: 1...SlackLimits.tableColumns, "rows[0]")
        checks.require(header.allSatisfy { !$0.isEmpty }, "rows[0]", "a header must not be empty")
        checks.require(rows.allSatisfy { $0.count == header.count }, "rows", "all rows need the header's length")
        checks.require((1...100).contains(pageSize), "page_size", "1 to 100")
        checks.require(
            characters <= SlackLimits.tableCharacters, "rows", "at most \(SlackLimits.tableCharacters) characters")
        for cell in rows.joined() { cell.check(&checks) }
    }
}

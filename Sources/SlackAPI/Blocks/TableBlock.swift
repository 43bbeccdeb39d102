import ServiceRuntime

/// The older `table` block: a grid without sorting.
package struct TableBlock: Sendable, Equatable {
    package enum Alignment: String, Sendable {
        case left, center, right
    }

    /// With the header row first.
    package var rows: [[TableCell]]
    package var alignments: [Alignment]

    package init(rows: [[TableCell]], alignments: [Alignment] = []) {
        self.rows = rows
        self.alignments = alignments
    }

    var members: [String: JSONValue] {
        var members: [String: JSONValue] = ["rows": .array(rows.map { .array($0.map(\.json)) })]
        if !alignments.isEmpty {
            members["column_settings"] = .array(
                alignments.map { ["align": .string($0.rawValue), "is_wrapped": true] })
        }
        return members
    }

    var characters: Int { rows.joined().reduce(0) { $0 + $1.text.utf16.count } }

    func check(_ checks: inout BlockChecks) {
        checks.count(rows.count, in: 1...SlackLimits.tableRows, "rows")
        let columns = rows.first?.count ?? 0
        checks.count(columns, in: 1...SlackLimits.tableColumns, "rows")
        checks.require(rows.allSatisfy { $0.count == columns }, "rows", "all rows need the same length")
        checks.count(alignments.count, in: 0...SlackLimits.tableColumns, "column_settings")
        checks.require(
            characters <= SlackLimits.tableCharacters, "rows", "at most \(SlackLimits.tableCharacters) characters")
        for cell in rows.joined() { cell.check(&checks) }
    }
}

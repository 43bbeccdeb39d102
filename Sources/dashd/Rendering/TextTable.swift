/// Columns of text aligned for a terminal.
struct TextTable {
    var header: [String]
    var rows: [[String]]
    /// Columns whose texts end at the same place.
    var rightAligned: Set<Int>

    func rendered() -> String {
        let widths = header.indices.map { column in
            ([header[column]] + rows.map { $0[column] }).map(\.count).max() ?? 0
        }
        let lines = [header] + [widths.map { String(repeating: "─", count: $0) }] + rows
        return lines.map { cells in
            let line = cells.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - cells[column].count)
                return rightAligned.contains(column) ? padding + cells[column] : cells[column] + padding
            }
            return line.joined(separator: "  ").trimmingTrailingSpaces()
        }.joined(separator: "\n")
    }
}

extension String {
    fileprivate func trimmingTrailingSpaces() -> String {
        var text = Substring(self)
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}

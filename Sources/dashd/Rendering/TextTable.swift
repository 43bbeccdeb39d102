/// Columns of text aligned for a terminal. A header wider than its column is broken between words.
struct TextTable {
    private static let gap = "  "
    /// Texts are never cut shorter than this to make a table fit.
    private static let leastText = 16

    var header: [String]
    var rows: [[String]]
    /// Columns whose texts end at the same place.
    var rightAligned: Set<Int>

    /// - Parameter width: what the lines may take; texts are cut with `…` where that helps. nil leaves them whole.
    func rendered(width: Int? = nil) -> String {
        let cells = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let narrow = header.indices.map { max(cells[$0], Self.longestWord(header[$0])) }
        var widths = header.indices.map { max(narrow[$0], Self.widthForTwoLines(header[$0])) }
        if let width, Self.total(widths) > width { widths = narrow }
        if let width { fit(&widths, into: width) }
        let heads = header.indices.map { Self.broken(header[$0], width: widths[$0]) }
        let height = heads.map(\.count).max() ?? 0
        let headLines = (0..<height).map { line in
            heads.map { head in
                let index = line - (height - head.count)
                return index < 0 ? "" : head[index]
            }
        }
        let rule = widths.map { String(repeating: "─", count: $0) }
        return (headLines + [rule] + rows).map { self.line($0, widths) }.joined(separator: "\n")
    }

    /// Takes from the widest column of texts until the table fits or nothing is left to take.
    private func fit(_ widths: inout [Int], into width: Int) {
        let texts = header.indices.filter { !rightAligned.contains($0) }
        while Self.total(widths) > width {
            guard let widest = texts.max(by: { widths[$0] < widths[$1] }), widths[widest] > Self.leastText else {
                return
            }
            widths[widest] -= 1
        }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let parts = cells.indices.map { column in
            let isCut = cells[column].count > widths[column]
            let cell = isCut ? "\(cells[column].prefix(widths[column] - 1))…" : cells[column]
            let padding = String(repeating: " ", count: widths[column] - cell.count)
            return rightAligned.contains(column) ? padding + cell : cell + padding
        }
        var line = parts.joined(separator: Self.gap)[...]
        while line.last == " " { line = line.dropLast() }
        return String(line)
    }

    private static func total(_ widths: [Int]) -> Int {
        widths.reduce(0, +) + gap.count * (widths.count - 1)
    }

    private static func longestWord(_ header: String) -> Int {
        header.split(separator: " ").map(\.count).max() ?? 0
    }

    private static func widthForTwoLines(_ header: String) -> Int {
        let longest = longestWord(header)
        return (longest...max(longest, header.count)).first { broken(header, width: $0).count <= 2 } ?? header.count
    }

    private static func broken(_ header: String, width: Int) -> [String] {
        var lines: [String] = []
        for word in header.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}

extension Mrkdwn {
    /// Standard Markdown as `mrkdwn`: escaped, formatted where Slack knows the format, and without live links or mentions.
    ///
    /// Links to other hosts than those allowed are shown as their label followed by the address with a broken scheme:
    /// text that a model or the database wrote must not become something to click on.
    package static func fromMarkdown(_ markdown: String, links: LinkPolicy = .none) -> String {
        var output: [String] = []
        var lines = markdown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
        while let line = lines.popFirst() {
            if let marker = fenceMarker(line) {
                var code: [Substring] = []
                while let next = lines.popFirst(), fenceMarker(next) != marker { code.append(next) }
                output.append(fence(code.joined(separator: "\n")))
            } else if isTableRow(line), let second = lines.first, isTableRule(second) {
                lines.removeFirst()
                var rows = [cells(line)]
                while let next = lines.first, isTableRow(next) {
                    rows.append(cells(next))
                    lines.removeFirst()
                }
                output.append(fence(aligned(rows)))
            } else {
                output.append(block(line, links))
            }
        }
        return output.joined(separator: "\n")
    }

    /// A line outside code and tables.
    private static func block(_ line: Substring, _ links: LinkPolicy) -> String {
        let indent = line.prefix { $0 == " " || $0 == "\t" }
        let rest = line.dropFirst(indent.count)
        let hashes = rest.prefix { $0 == "#" }
        if (1...6).contains(hashes.count), rest.dropFirst(hashes.count).first == " " {
            let title = trimmed(rest.dropFirst(hashes.count)).filter { !"*`_~".contains($0) }
            return title.isEmpty ? "" : "*\(inline(title, links: links))*"
        }
        let marks = rest.filter { $0 != " " }
        if marks.count >= 3, let mark = marks.first, "-*_".contains(mark), marks.allSatisfy({ $0 == mark }) {
            return "———"
        }
        if rest.hasPrefix(">") {
            return "&gt; " + inline(trimmed(rest.dropFirst()), links: links)
        }
        if let bullet = rest.first, "-*+".contains(bullet), rest.dropFirst().first == " " {
            let depth = indent.reduce(0) { $0 + ($1 == "\t" ? 4 : 1) } / 2
            let item = trimmed(rest.dropFirst(2))
            let spaces = String(repeating: "    ", count: min(depth, 6))
            for (box, sign) in [("[ ] ", "☐"), ("[x] ", "☑"), ("[X] ", "☑")] where item.hasPrefix(box) {
                return "\(spaces)\(sign) \(inline(item.dropFirst(box.count), links: links))"
            }
            return "\(spaces)\(depth == 0 ? "•" : "◦") \(inline(item, links: links))"
        }
        return String(indent) + inline(rest, links: links)
    }

    private static func fenceMarker(_ line: Substring) -> Character? {
        let text = line.drop { $0 == " " }
        for mark in ["`", "~"] as [Character]
        where text.prefix(3).count == 3 && text.prefix(3).allSatisfy({ $0 == mark }) {
            return mark
        }
        return nil
    }

    private static func isTableRow(_ line: Substring) -> Bool {
        let text = trimmed(line)
        return text.hasPrefix("|") && text.dropFirst().contains("|")
    }

    private static func isTableRule(_ line: Substring) -> Bool {
        isTableRow(line) && line.contains("-") && line.allSatisfy { "|-: \t".contains($0) }
    }

    private static func cells(_ line: Substring) -> [String] {
        var text = trimmed(line).dropFirst()
        if text.hasSuffix("|") { text = text.dropLast() }
        return text.split(separator: "|", omittingEmptySubsequences: false).map {
            AddressText(links: .none).plain(trimmed($0))
        }
    }

    /// Rows as columns of equal width, for a fence.
    package static func aligned(_ rows: [[String]]) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in
            let padded = row.enumerated().map { index, cell in
                cell + String(repeating: " ", count: index + 1 < row.count ? widths[index] - cell.count : 0)
            }
            return padded.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    static func trimmed(_ text: some StringProtocol) -> Substring {
        var result = Substring(text).drop(while: \.isWhitespace)
        while result.last?.isWhitespace == true { result.removeLast() }
        return result
    }
}

extension Mrkdwn {
    /// Longer lines are shown as they are: looking for the ends of marks takes time that grows with the square.
    private static let longestLine = 4_000

    /// The inline marks of one line of Markdown.
    static func inline(_ line: some StringProtocol) -> String {
        guard line.utf8.count <= longestLine else { return brokenAddress(line) }
        var converter = InlineConverter(Array(String(line)))
        return converter.convert()
    }

    /// Text whose addresses nobody can click, and of which Slack makes no links.
    static func brokenAddress(_ text: some StringProtocol) -> String {
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstIndex(where: { $0 == "h" || $0 == "H" }) {
            result += rest[..<start]
            rest = rest[start...]
            let ahead = rest.prefix(8).lowercased()
            if let scheme = ["https://", "http://"].first(where: ahead.hasPrefix) {
                result += "hxxp" + scheme.dropFirst(4)
                rest = rest.dropFirst(scheme.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return escape(result + rest)
    }
}

/// Walks over one line of Markdown once, from left to right.
private struct InlineConverter {
    private let text: [Character]
    private var position = 0
    private var output = ""

    init(_ text: [Character]) {
        self.text = text
    }

    mutating func convert() -> String {
        while position < text.count {
            if copyCode() || copyEmphasis("**", "*") || copyEmphasis("__", "*") || copyEmphasis("~~", "~")
                || copyEmphasis("*", "_") || copyEmphasis("_", "_") || copyLink() || copyBreak() || copyAddress()
                || copyEscape()
            {
                continue
            }
            output += Mrkdwn.escape(String(text[position]))
            position += 1
        }
        return output
    }

    private mutating func copyCode() -> Bool {
        guard text[position] == "`" else { return false }
        let ticks = text[position...].prefix { $0 == "`" }.count
        let start = position + ticks
        var end = start
        while end < text.count {
            let run = text[end...].prefix { $0 == "`" }.count
            if run == ticks {
                output += Mrkdwn.code(String(text[start..<end]))
                position = end + ticks
                return true
            }
            end += max(run, 1)
        }
        output += String(repeating: "`", count: ticks)
        position = start
        return true
    }

    /// Emphasis needs a mark that stands at a word's edge, so that `snake_case` and `2*3` stay as they are.
    private mutating func copyEmphasis(_ mark: String, _ replacement: String) -> Bool {
        let mark = Array(mark)
        guard matches(mark, at: position), !isWord(position - 1) else { return false }
        let start = position + mark.count
        guard start < text.count, !text[start].isWhitespace, text[start] != mark[0] else { return false }
        var end = start + 1
        while end < text.count {
            if matches(mark, at: end), !text[end - 1].isWhitespace, !isWord(end + mark.count),
                mark.count > 1 || (!matches(mark, at: end + 1) && !matches(mark, at: end - 1))
            {
                var inner = InlineConverter(Array(text[start..<end]))
                output += replacement + inner.convert() + replacement
                position = end + mark.count
                return true
            }
            end += 1
        }
        return false
    }

    private mutating func copyLink() -> Bool {
        let isImage = matches(["!", "["], at: position)
        let open = position + (isImage ? 1 : 0)
        guard open < text.count, text[open] == "[",
            let close = text[open...].firstIndex(of: "]"), matches(["("], at: close + 1),
            let end = text[(close + 1)...].firstIndex(of: ")")
        else { return false }
        let label = String(text[(open + 1)..<close])
        let address = String(text[(close + 2)..<end]).split(separator: " ").first.map(String.init) ?? ""
        output += Mrkdwn.brokenAddress(label)
        if !address.isEmpty, address != label { output += " (\(Mrkdwn.brokenAddress(address)))" }
        position = end + 1
        return true
    }

    private mutating func copyBreak() -> Bool {
        for tag in ["<br>", "<br/>", "<br />"] where matches(Array(tag), at: position) {
            output += "\n"
            position += tag.count
            return true
        }
        return false
    }

    private mutating func copyAddress() -> Bool {
        let ahead = String(text[position...].prefix(8)).lowercased()
        for scheme in ["https://", "http://"] where ahead.hasPrefix(scheme) {
            let end = text[position...].firstIndex { $0.isWhitespace || $0 == "<" || $0 == ">" } ?? text.count
            output += Mrkdwn.brokenAddress(String(text[position..<end]))
            position = end
            return true
        }
        return false
    }

    private mutating func copyEscape() -> Bool {
        guard text[position] == "\\", position + 1 < text.count, "\\`*_{}[]()#+-.!|~<>".contains(text[position + 1])
        else {
            return false
        }
        output += Mrkdwn.literal(String(text[position + 1]))
        position += 2
        return true
    }

    private func matches(_ mark: [Character], at index: Int) -> Bool {
        index >= 0 && index + mark.count <= text.count && text[index..<index + mark.count].elementsEqual(mark)
    }

    private func isWord(_ index: Int) -> Bool {
        text.indices.contains(index) && (text[index].isLetter || text[index].isNumber)
    }
}

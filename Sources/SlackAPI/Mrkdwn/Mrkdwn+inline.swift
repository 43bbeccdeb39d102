extension Mrkdwn {
    /// Longer lines are shown as they are: looking for the ends of marks takes time that grows with the square.
    private static let longestLine = 4_000

    /// The inline marks of one line of Markdown.
    static func inline(_ line: some StringProtocol, links: LinkPolicy) -> String {
        guard line.utf8.count <= longestLine else { return text(line, links: links) }
        var converter = InlineConverter(Array(String(line)), links)
        return converter.convert()
    }
}

/// Walks over one line of Markdown once, from left to right.
private struct InlineConverter {
    private let text: [Character]
    private let links: LinkPolicy
    private var position = 0
    private var output = ""
    /// Words that wait to be searched for addresses as one: marks between them must not hide one.
    private var words = ""

    init(_ text: [Character], _ links: LinkPolicy) {
        self.text = text
        self.links = links
    }

    mutating func convert() -> String {
        while position < text.count {
            if copyCode() || copyEmphasis("**", "*") || copyEmphasis("__", "*") || copyEmphasis("~~", "~")
                || copyEmphasis("*", "_") || copyEmphasis("_", "_") || copyLink() || copyBreak() || copyAddress()
                || copyEscape()
            {
                continue
            }
            words.append(text[position])
            position += 1
        }
        flush()
        return output
    }

    private mutating func flush() {
        if !words.isEmpty { output += Mrkdwn.text(words, links: links) }
        words = ""
    }

    private mutating func add(_ converted: String) {
        flush()
        output += converted
    }

    private mutating func copyCode() -> Bool {
        guard text[position] == "`" else { return false }
        let ticks = text[position...].prefix { $0 == "`" }.count
        let start = position + ticks
        var end = start
        while end < text.count {
            let run = text[end...].prefix { $0 == "`" }.count
            if run == ticks {
                add(Mrkdwn.code(String(text[start..<end])))
                position = end + ticks
                return true
            }
            end += max(run, 1)
        }
        words += String(repeating: "`", count: ticks)
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
                var inner = InlineConverter(Array(text[start..<end]), links)
                add(replacement + inner.convert() + replacement)
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
        if !isImage, links.allows(address) {
            add(Mrkdwn.link(address, label: label))
        } else {
            add(Mrkdwn.text(label))
            if !address.isEmpty, address != label {
                let target = UntrustedText.withoutBroadcasts(AddressText(links: .none).target(address))
                add(" (\(Mrkdwn.escape(target)))")
            }
        }
        position = end + 1
        return true
    }

    private mutating func copyBreak() -> Bool {
        for tag in ["<br>", "<br/>", "<br />"] where matches(Array(tag), at: position) {
            add("\n")
            position += tag.count
            return true
        }
        return false
    }

    /// Takes an address whole, so that nothing in it is read as a mark.
    private mutating func copyAddress() -> Bool {
        guard text[position].isLetter, !isWord(position - 1) else { return false }
        let scheme = text[position...].prefix(20).prefix {
            $0.isASCII && ($0.isLetter || $0.isNumber || "+.-".contains($0))
        }
        guard matches([":", "/", "/"], at: position + scheme.count) else { return false }
        let end = text[position...].firstIndex { $0.isWhitespace || $0 == "<" || $0 == ">" } ?? text.count
        words += String(text[position..<end])
        position = end
        return true
    }

    private mutating func copyEscape() -> Bool {
        guard text[position] == "\\", position + 1 < text.count, "\\`*_{}[]()#+-.!|~<>".contains(text[position + 1])
        else {
            return false
        }
        let mark = text[position + 1]
        words += ("*_~`".contains(mark) ? "\u{2060}" : "") + String(mark)
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

/// Slack's own markup, `mrkdwn`: what may go out and what came in.
package enum Mrkdwn {
    /// The text with `&`, `<` and `>` escaped, so that nothing in it is a link, a mention or a broadcast.
    ///
    /// Slack does not read escaped text again; escaping twice would show `&amp;lt;`.
    package static func escape(_ text: some StringProtocol) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            // Control characters show as boxes at best; the zero byte ends a text in some clients.
            case "\u{0}"..."\u{8}", "\u{B}"..."\u{1F}", "\u{7F}": break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Running text: addresses that may not be clicked are broken, nothing calls a channel, everything is escaped.
    static func text(_ text: some StringProtocol, links: LinkPolicy = .none) -> String {
        AddressText(links: links).pieces(text).map { piece in
            switch piece {
            case .text(let text): escape(UntrustedText.withoutBroadcasts(text))
            case .link(let address): "<\(escape(address))>"
            }
        }.joined()
    }

    /// A link to an address that may be one.
    static func link(_ address: String, label: some StringProtocol) -> String {
        let label = text(label).map { $0 == "|" || $0.isNewline ? " " : String($0) }.joined()
        return label.isEmpty ? "<\(escape(address))>" : "<\(escape(address))|\(label)>"
    }

    /// Text as inline code. A backtick inside cannot be escaped and becomes an apostrophe.
    package static func code(_ text: some StringProtocol) -> String {
        let line = String(text.map { $0 == "`" ? "'" : ($0.isNewline ? " " : $0) })
        return line.isEmpty ? "" : "`\(escapedCode(line))`"
    }

    /// Text as a fenced block.
    package static func fence(_ text: some StringProtocol) -> String {
        let safe = String(text).split(separator: "```", omittingEmptySubsequences: false).joined(separator: "'''")
        return "```\n\(escapedCode(safe))\n```"
    }

    private static func escapedCode(_ text: String) -> String {
        escape(UntrustedText.withoutBroadcasts(AddressText(links: .none, detail: .code).plain(text)))
    }

    /// A mention of the one person who asked; nothing else may mention.
    package static func mention(_ user: SlackUserID) -> String {
        user.rawValue.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) } ? "<@\(user)>" : ""
    }

    /// Data as running text: escaped, and without the marks that would format it.
    ///
    /// A word joiner keeps `*`, `_` and `~` at the edge of a word from being read as the start or end of formatting.
    package static func literal(_ text: some StringProtocol, links: LinkPolicy = .none) -> String {
        AddressText(links: links).pieces(text).map { piece in
            switch piece {
            case .text(let text): withoutMarks(escape(UntrustedText.withoutBroadcasts(text)))
            case .link(let address): "<\(escape(address))>"
            }
        }.joined()
    }

    private static func withoutMarks(_ escaped: String) -> String {
        let characters = Array(escaped)
        func isWord(_ index: Int) -> Bool {
            characters.indices.contains(index) && (characters[index].isLetter || characters[index].isNumber)
        }
        var result = ""
        for (index, character) in characters.enumerated() {
            if "*_~`".contains(character), !(isWord(index - 1) && isWord(index + 1)) { result += "\u{2060}" }
            result.append(character)
        }
        return result
    }
}

extension Mrkdwn {
    /// What a person asks, without what only Slack is for: entities decoded, links and channels as their words; bare
    /// links, broadcasts, emoji and their `:names:`, and people who are only addressed gone.
    ///
    /// Our own mention disappears at both ends of the text and reads `Dash` in its middle. Other people stay where the
    /// sentence speaks of them ("orders of @Ada"), and go where it ends, begins or says "cc".
    package static func decode(
        _ text: String, own: SlackUserID? = nil, name: (SlackUserID) -> String? = { _ in nil }
    ) -> String {
        var result = ""
        for piece in withoutAddressees(pieces(of: text), own: own) {
            switch piece {
            case .text(let text): result += unescape(text)
            case .person(let user, let label):
                result += user == own ? "Dash" : "@" + (name(user) ?? label ?? user.rawValue)
            case .token(let token): result += words(of: token)
            }
        }
        // "@Dash, …"
        return String(tidied(withoutEmoji(straightQuotes(result))).drop { $0.isWhitespace || ",;:".contains($0) })
    }

    /// The people a text mentions.
    package static func mentions(in text: String) -> Set<SlackUserID> {
        var found: Set<SlackUserID> = []
        for piece in text.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            guard let close = piece.firstIndex(of: ">") else { continue }
            if let user = mentioned(piece[..<close]) { found.insert(user) }
        }
        return found
    }

    /// `@U1` or `@U1|name`.
    private static func mentioned(_ token: Substring) -> SlackUserID? {
        guard token.first == "@" else { return nil }
        let id = token.dropFirst().prefix { $0 != "|" }
        return id.isEmpty ? nil : SlackUserID(rawValue: String(id))
    }

    private static func words(of token: Substring) -> String {
        let parts = token.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let target = parts[0]
        let label = parts.count > 1 && !parts[1].isEmpty ? unescape(parts[1]) : nil
        switch target.first {
        case "@", nil: return ""
        case "#": return "#" + (label ?? unescape(target.dropFirst()))
        case "!": return target.hasPrefix("!date^") ? label ?? "" : ""
        default: return label ?? (target.hasPrefix("mailto:") ? unescape(target.dropFirst(7)) : "")
        }
    }

    private static func unescape(_ text: some StringProtocol) -> String {
        guard text.contains("&") else { return String(text) }
        var result = ""
        var rest = Substring(text)
        while let ampersand = rest.firstIndex(of: "&") {
            result += rest[..<ampersand]
            rest = rest[ampersand...]
            let entity = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")].first { rest.hasPrefix($0.0) }
            result += entity?.1 ?? "&"
            rest = rest.dropFirst(entity?.0.count ?? 1)
        }
        return result + rest
    }

    /// Slack clients type curly quotes; SQL and names in the database have straight ones.
    private static func straightQuotes(_ text: String) -> String {
        String(
            text.map { character in
                switch character {
                case "\u{201C}", "\u{201D}", "\u{201E}": "\""
                case "\u{2018}", "\u{2019}": "'"
                default: character
                }
            })
    }
}

extension Mrkdwn {
    /// What a person wrote: entities decoded, links and mentions as words, our own mention gone.
    ///
    /// Our mention disappears at both ends of the text and reads `Dash` in its middle.
    package static func decode(
        _ text: String, own: SlackUserID? = nil, name: (SlackUserID) -> String? = { _ in nil }
    ) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "<") {
            result += unescape(rest[..<open])
            guard let close = rest[open...].firstIndex(of: ">") else {
                rest = rest[open...]
                break
            }
            let token = rest[rest.index(after: open)..<close]
            let after = rest[rest.index(after: close)...]
            if let own, mentioned(token) == own {
                let isAtEdge = trimmed(result).isEmpty || trimmed(after).isEmpty
                result += isAtEdge ? "" : "Dash"
            } else {
                result += words(of: token, name: name)
            }
            rest = after
        }
        result += unescape(rest)
        return String(trimmed(straightQuotes(result)))
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

    private static func words(of token: Substring, name: (SlackUserID) -> String?) -> String {
        let parts = token.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let target = parts[0]
        let label = parts.count > 1 && !parts[1].isEmpty ? unescape(parts[1]) : nil
        switch target.first {
        case "@":
            guard let user = mentioned(token) else { return "" }
            return "@" + (name(user) ?? label ?? user.rawValue)
        case "#": return "#" + (label ?? unescape(target.dropFirst()))
        case "!":
            if let label { return label }
            return "@" + unescape(target.dropFirst().prefix { $0 != "^" })
        default:
            let address = unescape(target.hasPrefix("mailto:") ? target.dropFirst(7) : target)
            guard let label, label != address else { return address }
            return address.hasSuffix(label) || address.contains("//\(label)") ? label : "\(label) (\(address))"
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

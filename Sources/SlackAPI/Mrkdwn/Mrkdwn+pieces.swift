/// A text of Slack's, taken apart at its `<…>` tokens.
enum MrkdwnPiece: Equatable {
    /// With its entities.
    case text(Substring)
    /// `<@U1>` or `<@U1|label>`.
    case person(SlackUserID, label: String?)
    /// Any other token, without its brackets.
    case token(Substring)

    /// Whether it says something of its own.
    var hasWords: Bool {
        switch self {
        case .text(let text): text.contains { $0.isLetter || $0.isNumber }
        case .person: true
        case .token(let token): token.first != "!"
        }
    }
}

extension Mrkdwn {
    private static let addressing: Set<String> = ["cc", "cc'ing", "fyi"]

    static func pieces(of text: String) -> [MrkdwnPiece] {
        var pieces: [MrkdwnPiece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            if open > rest.startIndex { pieces.append(.text(rest[..<open])) }
            let token = rest[rest.index(after: open)..<close]
            if token.first == "@" {
                let parts = token.dropFirst().split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
                if let id = parts.first, !id.isEmpty {
                    let label = parts.count > 1 && !parts[1].isEmpty ? String(parts[1]) : nil
                    pieces.append(.person(SlackUserID(rawValue: String(id)), label: label))
                }
            } else {
                pieces.append(.token(token))
            }
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(rest)) }
        return pieces
    }

    /// The pieces without people who are told rather than spoken of, and without our own mention at both ends.
    static func withoutAddressees(_ pieces: [MrkdwnPiece], own: SlackUserID?) -> [MrkdwnPiece] {
        var kept: [MrkdwnPiece] = []
        var isTelling = false
        for (index, piece) in pieces.enumerated() {
            guard case .person(let user, _) = piece else {
                if case .text(let text) = piece, isTelling, !piece.hasWords, text.allSatisfy(isBetweenPeople) {
                    continue
                }
                isTelling = false
                kept.append(piece)
                continue
            }
            let isFirst = !kept.contains(where: \.hasWords)
            let isLast = !pieces[(index + 1)...].contains { next in
                if case .person = next { false } else { next.hasWords }
            }
            if user == own {
                if !isFirst, !isLast { kept.append(piece) }
                continue
            }
            if !isTelling, case .text(let text)? = kept.last, let told = withoutTelling(text) {
                kept[kept.count - 1] = .text(told)
                isTelling = true
            } else if (isFirst && isAddressed(before: pieces[(index + 1)...], own)) || (isLast && endsSentence(kept)) {
                isTelling = true
            }
            if !isTelling { kept.append(piece) }
        }
        return kept
    }

    /// The text before a person, without the "cc" at its end; nil where there is none.
    private static func withoutTelling(_ text: Substring) -> Substring? {
        var rest = text
        while let last = rest.last, last.isWhitespace || last == ":" { rest.removeLast() }
        let word = rest.suffix { $0.isLetter || $0 == "'" }
        guard addressing.contains(word.lowercased()) else { return nil }
        rest = rest.dropLast(word.count)
        while let last = rest.last, last.isWhitespace || "/(,".contains(last) { rest.removeLast() }
        return rest
    }

    /// Whether what follows a person at the beginning speaks to Dash: our own mention, or "@Ada, …".
    private static func isAddressed(before rest: ArraySlice<MrkdwnPiece>, _ own: SlackUserID?) -> Bool {
        for piece in rest {
            switch piece {
            case .person(let user, _): if user == own { return true }
            case .token: return false
            case .text(let text):
                guard let first = text.first(where: { $0 == "\n" || !$0.isWhitespace }) else { continue }
                return ",:;!-–—\n".contains(first)
            }
        }
        return false
    }

    private static func endsSentence(_ pieces: [MrkdwnPiece]) -> Bool {
        guard case .text(let text)? = pieces.last(where: \.hasWords) else { return false }
        let line = text.reversed().prefix { $0.isWhitespace || $0.isPunctuation }
        return line.contains { ".?!)\n".contains($0) }
    }

    private static func isBetweenPeople(_ character: Character) -> Bool {
        character.isWhitespace || ",;&/+)".contains(character)
    }
}

extension Substring {
    /// The longest end of which every character fits.
    fileprivate func suffix(while fits: (Character) -> Bool) -> Substring {
        var start = endIndex
        while start > startIndex, fits(self[index(before: start)]) { start = index(before: start) }
        return self[start...]
    }
}

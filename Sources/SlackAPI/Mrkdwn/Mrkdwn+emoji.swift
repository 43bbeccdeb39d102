extension Mrkdwn {
    /// The text without emoji and without their names as Slack sends them, `:tada:`.
    static func withoutEmoji(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            if isEmoji(character) {
                result.append(" ")
            } else if character == ":", result.last != ":", !isWord(result.last), let end = endOfName(rest) {
                result.append(" ")
                rest = rest[end...]
            } else {
                result.append(character)
            }
        }
        return result
    }

    /// Without the gaps that dropped words leave.
    static func tidied(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
            var tidy = ""
            for word in line.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
                // "MRR ?" of "MRR :thinking_face:?"
                if !tidy.isEmpty, !word.allSatisfy({ ".,;:!?".contains($0) }) { tidy += " " }
                tidy += word
            }
            return tidy
        }.drop(while: \.isEmpty).reversed().drop(while: \.isEmpty).reversed().joined(separator: "\n")
    }

    /// Where a name that begins behind its colon ends; nil for "10:30:45" and "a::date".
    private static func endOfName(_ text: Substring) -> Substring.Index? {
        let name = text.prefix(64).prefix { character in
            character.isASCII && (character.isLetter || character.isNumber || "_+-'".contains(character))
        }
        guard !name.isEmpty, name.endIndex < text.endIndex, text[name.endIndex] == ":" else { return nil }
        let after = text.index(after: name.endIndex)
        guard after == text.endIndex || !isWord(text[after]) else { return nil }
        return after
    }

    private static func isWord(_ character: Character?) -> Bool {
        character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
    }

    /// Shown as a picture, by itself or because a variation selector asks for it.
    private static func isEmoji(_ character: Character) -> Bool {
        guard let first = character.unicodeScalars.first else { return false }
        return first.properties.isEmojiPresentation || (first.properties.isEmoji && first.value >= 0x2600)
            || character.unicodeScalars.contains("\u{FE0F}")
    }
}

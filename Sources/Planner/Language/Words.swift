/// Splits text into words as people and programmers write them.
package enum Words {
    /// Ends a clause; negation does not reach beyond it.
    package static let boundary = "|"

    /// Lower-case words: `monthlyMRR_by-plan` gives monthly, mrr, by, plan; "1,200" one number; "don't" do, not.
    package static func split(_ text: String) -> [String] { scan(text).map(\.text) }

    package struct Token: Sendable {
        package var text: String
        /// A little word in capitals amid other writing: "US" is a place, "us" is not.
        package var isCode = false
    }

    /// The words as `split` gives them, with what their writing says.
    package static func scan(_ text: String) -> [Token] {
        var words: [Token] = []
        var word = ""
        var capitals = 0
        let isMixed = text.contains(where: \.isLowercase)
        var previous: Character = " "
        // The letter behind an apostrophe: "what's", "don't".
        var skipsLetter = false
        let characters = Array(text)
        func flush() {
            guard !word.isEmpty else { return }
            let isCode =
                isMixed && (2...3).contains(word.count) && capitals == word.count && EnglishWords.stop.contains(word)
                && !EnglishWords.emphatic.contains(word)
            words.append(Token(text: EnglishWords.numerals[word] ?? word, isCode: isCode))
            word = ""
            capitals = 0
        }
        for (index, character) in characters.enumerated() {
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            if skipsLetter {
                skipsLetter = false
                previous = " "
                continue
            }
            if character.isLetter {
                let startsWord =
                    character.isUppercase
                    && (previous.isLowercase
                        || (previous.isUppercase && next.isLowercase && !isPluralEnd(characters, after: index)))
                if startsWord { flush() }
                word += character.lowercased()
                if character.isUppercase { capitals += 1 }
            } else if character.isNumber {
                word.append(character)
            } else if character == "," || character == ".", previous.isNumber, next.isNumber, isNumeric(word) {
                if character == "." { word.append(".") }
            } else if character == "'" || character == "’", previous.isLetter, next.isLetter {
                if next == "t" || next == "T", word.hasSuffix("n") {
                    word.removeLast()
                    if word == "ca" { word = "can" } else if word == "wo" { word = "will" }
                    flush()
                    words.append(Token(text: "not"))
                    skipsLetter = true
                } else {
                    flush()
                    skipsLetter = next == "s" || next == "S"
                }
            } else {
                flush()
                switch character {
                case "%": words.append(Token(text: "percent"))
                case ",", ".", ";", ":", "(", ")", "?", "!", "—", "–": words.append(Token(text: boundary))
                default: break
                }
            }
            previous = character
        }
        flush()
        return words
    }

    /// Words in order, without boundaries.
    package static func plain(_ text: String) -> [String] {
        split(text).filter { $0 != boundary }
    }

    /// A name for an SQL object: lower-case ASCII words joined with underscores, at most 63 bytes; nil where nothing is left.
    package static func slug(_ words: [String]) -> String? {
        let ascii = words.filter {
            !$0.isEmpty && $0.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
        var slug = ""
        for word in ascii {
            let longer = slug.isEmpty ? word : slug + "_" + word
            if longer.utf8.count > 63 { break }
            slug = longer
        }
        guard let first = slug.first else { return nil }
        return first.isNumber ? "v_" + slug.prefix(61) : slug
    }

    /// `monthly_mrr` as people read it: "Monthly mrr".
    package static func title(_ name: String) -> String {
        let isIdentifier = name.contains("_") || (name == name.lowercased() && !name.contains(" "))
        let text = isIdentifier ? plain(name).joined(separator: " ") : name
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    private static func isNumeric(_ word: String) -> Bool {
        !word.isEmpty && word.allSatisfy { $0.isNumber || $0 == "." }
    }

    /// The small s of "APIs" belongs to the capitals before it.
    private static func isPluralEnd(_ characters: [Character], after index: Int) -> Bool {
        guard index + 1 < characters.count, characters[index + 1] == "s" else { return false }
        return index + 2 >= characters.count || !characters[index + 2].isLetter
    }
}

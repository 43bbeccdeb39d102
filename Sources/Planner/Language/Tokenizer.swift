import ServiceRuntime

/// Takes a question apart into tokens, in one pass; what stands behind the 4,000th character is not read.
package struct Tokenizer {
    package static let characterLimit = 4_000

    let characters: [Character]
    private let isMixed: Bool
    var position = 0
    private var tokens: [Token] = []

    package static func tokens(of question: String) -> [Token] {
        var tokenizer = Tokenizer(question)
        tokenizer.run()
        return tokenizer.tokens
    }

    private init(_ question: String) {
        characters = Array(question.prefix(Self.characterLimit))
        isMixed = characters.contains(where: \.isLowercase)
    }

    private mutating func run() {
        while position < characters.count {
            let character = characters[position]
            if character.isWhitespace {
                position += 1
            } else if readYearMark() || readQuoted() {
                continue
            } else if character.isLetter || character == "_" && isWordly(position + 1) {
                readWord()
            } else if isDigit(position) || isDecimalStart(position) || isSign(position) {
                readNumber()
            } else {
                readSymbol()
            }
        }
    }

    // MARK: Quotes

    private static let closings: [Character: Set<Character>] = [
        "'": ["'"], "\"": ["\""], "`": ["`"], "“": ["”", "“", "\""], "‘": ["’"], "«": ["»"], "„": ["“", "”"],
        "”": ["”"], "’": ["’"],
    ]
    private static let quoteLimit = 200

    /// An opening mark stands at the start of a word, its closing one at the end of one.
    private mutating func readQuoted() -> Bool {
        guard let closings = Self.closings[characters[position]], position == 0 || !isWordly(position - 1) else {
            return false
        }
        let start = position + 1
        var end = start
        while end < characters.count, end - start <= Self.quoteLimit, characters[end] != "\n" {
            if closings.contains(characters[end]), end > start, !isWordly(end + 1) {
                let text = String(characters[start..<end]).trimmed
                guard !text.isEmpty else { return false }
                let range = position..<end + 1
                position = end + 1
                add(.quoted, text, range, parts: Words.plain(text))
                return true
            }
            end += 1
        }
        return false
    }

    /// The year of "Mar '24".
    private mutating func readYearMark() -> Bool {
        guard "'’‘".contains(characters[position]), isDigit(position + 1), isDigit(position + 2),
            !isWordly(position + 3), !isApostrophe(position + 3), position == 0 || !isWordly(position - 1)
        else { return false }
        let range = position..<position + 3
        let digits = String(characters[position + 1..<position + 3])
        position += 3
        add(.number, "'" + digits, range, number: digits)
        return true
    }

    // MARK: Words

    private mutating func readWord() {
        let start = position
        while position < characters.count {
            let character = characters[position]
            if character.isLetter || character == "_" || isDigit(position) || character.isNumber {
                position += 1
            } else if isApostrophe(position), position > start, isLetter(position - 1), isLetter(position + 1) {
                if readContraction(from: start) { return }
                position += 1
            } else if character == "@" || character == ".", isAddress(from: start) {
                readAddress(from: start)
                return
            } else {
                break
            }
        }
        let text = String(characters[start..<position])
        var token = word(text, start..<position)
        // The apostrophe of "customers' orders".
        if isApostrophe(position), !isWordly(position + 1), text.hasSuffix("s") { token.isPossessive = true }
        append(token)
        if token.isPossessive { position += 1 }
    }

    /// "don't" as do and not; other endings such as 's and 've belong to the word before them.
    private mutating func readContraction(from start: Int) -> Bool {
        var end = position + 1
        while end < characters.count, characters[end].isLetter { end += 1 }
        guard end >= characters.count || !isWordly(end) else { return false }
        let ending = String(characters[position + 1..<end]).lowercased()
        let text = String(characters[start..<position])
        switch ending {
        case "t" where text.lowercased().hasSuffix("n") && text.count > 2:
            var stem = text.lowercased().dropLast()
            if stem == "ca" { stem = "can" } else if stem == "wo" { stem = "will" }
            append(word(String(text.dropLast()), start..<position - 1, as: String(stem)))
            append(word(String(characters[position - 1..<end]), position - 1..<end, as: "not"))
        case "s", "re", "ve", "ll", "d", "m":
            var token = word(String(characters[start..<end]), start..<end, as: folded(text))
            token.parts = parts(of: text)
            token.isPossessive = ending == "s"
            append(token)
        default: return false
        }
        position = end
        return true
    }

    private func word(_ text: String, _ range: Range<Int>, as word: String? = nil) -> Token {
        let lowered = word ?? folded(text)
        let isCode =
            isMixed && (2...3).contains(text.count) && text.allSatisfy(\.isUppercase)
            && EnglishWords.stop.contains(lowered) && !EnglishWords.emphatic.contains(lowered)
        return Token(
            kind: .word, text: text, word: lowered, range: range, parts: word == nil ? parts(of: text) : [lowered],
            joint: joint(before: range.lowerBound), isCode: isCode)
    }

    private func parts(of text: String) -> [String] {
        let lowered = folded(text)
        guard text.contains("_") || text.dropFirst().contains(where: \.isUppercase) else { return [lowered] }
        let parts = Words.plain(text).map(folded)
        return parts.isEmpty ? [lowered] : parts
    }

    /// Whether an at sign follows before the run of letters ends: `first.last@example.com`.
    private func isAddress(from start: Int) -> Bool {
        guard position + 1 < characters.count, isWordly(position + 1) else { return false }
        var index = position
        while index < characters.count, index - start < 100, isWordly(index) || ".@-+".contains(characters[index]) {
            if characters[index] == "@" { return isWordly(index + 1) }
            index += 1
        }
        return false
    }

    private mutating func readAddress(from start: Int) {
        while position < characters.count, isWordly(position) || ".@-+".contains(characters[position]) { position += 1 }
        while position > start, !isWordly(position - 1) { position -= 1 }
        let text = String(characters[start..<position])
        append(
            Token(
                kind: .word, text: text, word: text.lowercased(), range: start..<position, parts: Words.plain(text),
                joint: joint(before: start)))
    }

    // MARK: Signs

    private mutating func readSymbol() {
        let start = position
        let pair = String(characters[position..<min(position + 2, characters.count)])
        if ["<=", ">=", "<>", "!=", "=="].contains(pair) {
            position += 2
            add(.symbol, pair, start..<position)
            return
        }
        let character = characters[position]
        position += 1
        if "$€£¥₹%<>=≥≤≠+#&*".contains(character) || character.isCurrencySymbol {
            add(.symbol, String(character), start..<position)
        } else if "-/_".contains(character), start > 0, isWordly(start - 1), isWordly(position) {
            return
        } else if ",.;:()?!—–|-[]{}/".contains(character) {
            add(.mark, String(character), start..<position)
        }
    }

    // MARK: Parts

    mutating func add(
        _ kind: Token.Kind, _ text: String, _ range: Range<Int>, number: String? = nil, parts: [String]? = nil
    ) {
        let word = folded(text)
        append(
            Token(
                kind: kind, text: text, word: word, range: range, number: number, parts: parts ?? [word],
                joint: joint(before: range.lowerBound)))
    }

    mutating func append(_ token: Token) { tokens.append(token) }

    private func joint(before start: Int) -> String? {
        guard let end = tokens.last?.range.upperBound else { return nil }
        if end == start { return "" }
        guard end + 1 == start, "-/".contains(characters[end]) else { return nil }
        return String(characters[end])
    }

    private func folded(_ text: String) -> String { FoldedText.letters(text) }

    func isDigit(_ index: Int) -> Bool {
        characters.indices.contains(index) && ("0"..."9").contains(characters[index])
    }

    private func isLetter(_ index: Int) -> Bool { characters.indices.contains(index) && characters[index].isLetter }

    func isWordly(_ index: Int) -> Bool {
        characters.indices.contains(index)
            && (characters[index].isLetter || characters[index].isNumber || characters[index] == "_")
    }

    func isJoining(_ index: Int) -> Bool { isWordly(index) || "-/".contains(characters[index]) }

    private func isApostrophe(_ index: Int) -> Bool {
        characters.indices.contains(index) && (characters[index] == "'" || characters[index] == "’")
    }
}

extension String {
    func replacingMinus() -> String { hasPrefix("−") ? "-" + dropFirst() : self }
}

import Planner

/// A number as it is written in a sentence, with the values it may stand for.
struct NumberMention: Sendable, Equatable {
    /// As written, for error messages.
    var text: String
    var value: Double
    /// How far the true value may lie from `value`: half of the last written digit, scaled by k, M and the like.
    var tolerance: Double
    var isPercent: Bool
    /// "6.8 times", "2x", "a factor of 3": one value over another.
    var isMultiple = false
    /// "197.56 per seat": a value over what it is spread on.
    var isRate = false
    /// A unit of time behind it: the "30 days" of a window.
    var timeUnit: String?
    var isYear: Bool

    /// All numbers of a sentence. Digits inside words ("Q3", "B2B") and parts of dates (see `DateMention`) are not numbers.
    static func all(in text: String) -> [NumberMention] {
        let characters = Array(text)
        var mentions: [NumberMention] = []
        var index = 0
        while index < characters.count {
            guard characters[index].isASCII, characters[index].isNumber else {
                index += 1
                continue
            }
            let start = index
            while index < characters.count, isPart(characters, index) { index += 1 }
            let digits = String(characters[start..<index].filter { $0 != "," })
            if start > 0, characters[start - 1].isLetter || characters[start - 1] == "_" {
                while index < characters.count, characters[index].isLetter || characters[index].isNumber { index += 1 }
                continue
            }
            guard var mention = mention(digits, characters, start, &index) else { continue }
            mention.isMultiple = isMultiple(characters, start, index)
            mention.isRate = words(characters[index...], limit: 4).contains { ["per", "each", "apiece"].contains($0) }
            mentions.append(mention)
        }
        return mentions
    }

    private static func mention(
        _ digits: String, _ characters: [Character], _ start: Int, _ index: inout Int
    ) -> NumberMention? {
        guard var value = Double(digits) else { return nil }
        let places = digits.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
        var tolerance = 0.5
        for _ in 0..<places { tolerance /= 10 }
        if isNegative(characters, start) { value = -value }

        var word = ""
        var end = index
        while end < characters.count, characters[end] == " " { end += 1 }
        let hasSpace = end > index
        while end < characters.count, characters[end].isLetter {
            word.append(characters[end])
            end += 1
        }
        var scale = 1.0
        var isPercent = false
        switch (word, word.lowercased(), hasSpace) {
        case ("k", _, false), ("K", _, false), (_, "thousand", _): scale = 1e3
        case ("m", _, false), ("M", _, false), (_, "million", _), (_, "mn", false): scale = 1e6
        case ("B", _, false), (_, "bn", false), (_, "billion", _): scale = 1e9
        case (_, let word, _) where word == "pp" || NumberText.percentWords.contains(word): isPercent = true
        default: break
        }
        if scale != 1 || isPercent { index = end }
        // "7.8 %" as well.
        if word.isEmpty, end == index + 1, characters.indices.contains(end), characters[end] == "%" { index = end }
        if index < characters.count, characters[index] == "%" {
            isPercent = true
            index += 1
        } else if !hasSpace, scale == 1, !isPercent, !word.isEmpty {
            // "3rd", "2x" are numbers; "4b7f" is not.
            guard ["st", "nd", "rd", "th", "x"].contains(word.lowercased()) else {
                while index < characters.count, characters[index].isLetter || characters[index].isNumber { index += 1 }
                return nil
            }
            index = end
        }
        let unit = Term(word.lowercased()).variants.first { EnglishWords.units.contains($0) }
        let hyphenated = characters.indices.contains(index) && characters[index] == "-"
        let isYear = digits.count == 4 && places == 0 && (1900...2100).contains(value) && scale == 1 && !isPercent
        return NumberMention(
            text: String(characters[start..<index]), value: value * scale, tolerance: tolerance * scale,
            isPercent: isPercent,
            timeUnit: unit ?? (hyphenated ? unitBehindHyphen(characters, index) : nil), isYear: isYear)
    }

    /// Whether a number that stands at `start..<end` is said to be a multiple.
    private static func isMultiple(_ characters: [Character], _ start: Int, _ end: Int) -> Bool {
        if let last = characters[start..<end].last, last == "x" || last == "X" { return true }
        let rest = characters[end...].drop { $0 == " " || $0 == "-" || $0 == "\u{2011}" }
        if rest.first == "×" { return true }
        if let word = words(rest, limit: 1).first, ["times", "x", "fold"].contains(word) { return true }
        let before = words(characters[..<start].suffix(24), limit: .max).suffix(2)
        return ["factor", "ratio", "multiple"].contains(before.first ?? "") && ["of", "is"].contains(before.last ?? "")
    }

    /// The lower-case words up to the end of the clause.
    private static func words(_ characters: ArraySlice<Character>, limit: Int) -> [String] {
        var words: [String] = []
        var word = ""
        for character in characters {
            if character.isLetter {
                word += character.lowercased()
                continue
            }
            if !word.isEmpty { words.append(word) }
            word = ""
            if words.count >= limit || ".,;:!?()".contains(character) { return Array(words.prefix(limit)) }
        }
        return Array((word.isEmpty ? words : words + [word]).prefix(limit))
    }

    private static func unitBehindHyphen(_ characters: [Character], _ index: Int) -> String? {
        let word = String(characters[(index + 1)...].prefix { $0.isLetter }).lowercased()
        return Term(word).variants.first { EnglishWords.units.contains($0) }
    }

    private static func isPart(_ characters: [Character], _ index: Int) -> Bool {
        if characters[index].isASCII, characters[index].isNumber { return true }
        guard characters[index] == "," || characters[index] == ".", index + 1 < characters.count else { return false }
        guard characters[index + 1].isASCII, characters[index + 1].isNumber else { return false }
        if characters[index] == "." { return true }
        // A comma groups thousands only before exactly three digits.
        let group = characters[(index + 1)...].prefix { $0.isASCII && $0.isNumber }
        return group.count == 3
    }

    private static func isNegative(_ characters: [Character], _ start: Int) -> Bool {
        var index = start - 1
        while index >= 0, "$€£".contains(characters[index]) { index -= 1 }
        guard index >= 0, characters[index] == "-" || characters[index] == "−" else { return false }
        return index == 0 || !(characters[index - 1].isLetter || characters[index - 1].isNumber)
    }
}

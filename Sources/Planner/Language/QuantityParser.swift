/// Finds numbers, money and comparators among the tokens of a question.
package struct QuantityParser {
    private let tokens: [Token]
    private let isTaken: [Bool]

    /// In the order of the question, without overlaps; tokens that are taken already, by time say, are passed over.
    package static func spans(in tokens: [Token], excluding taken: [Range<Int>] = []) -> [QuantitySpan] {
        var isTaken = [Bool](repeating: false, count: tokens.count)
        for range in taken {
            for index in range.clamped(to: 0..<tokens.count) { isTaken[index] = true }
        }
        let parser = QuantityParser(tokens: tokens, isTaken: isTaken)
        var spans: [QuantitySpan] = []
        var index = 0
        while index < tokens.count {
            if let span = parser.span(at: index) {
                spans.append(span)
                index = span.tokens.upperBound
            } else {
                index += 1
            }
        }
        return spans
    }

    private init(tokens: [Token], isTaken: [Bool]) {
        self.tokens = tokens
        self.isTaken = isTaken
    }

    private func span(at index: Int) -> QuantitySpan? {
        guard isFree(index) else { return nil }
        if let span = range(at: index) { return span }
        if let (phrase, end, standsAlone) = comparator(at: index) {
            if let number = quantity(at: skipping(["the", "a", "value", "of"], at: end), isCompared: true)
                ?? quantity(at: end, isCompared: true)
            {
                return QuantitySpan(
                    tokens: index..<number.end, meaning: .compare(phrase, number.literal), unit: number.unit)
            }
            guard standsAlone else { return nil }
            return QuantitySpan(tokens: index..<end, meaning: .comparator(phrase))
        }
        guard let number = quantity(at: index, isCompared: false) else { return nil }
        if let (comparator, end) = trailing(at: number.end) {
            return QuantitySpan(
                tokens: index..<end, meaning: .compare(comparator, number.literal), unit: number.unit)
        }
        return QuantitySpan(tokens: index..<number.end, meaning: .number(number.literal), unit: number.unit)
    }

    // MARK: Comparators

    private func comparator(at index: Int) -> (Comparator, end: Int, standsAlone: Bool)? {
        if tokens[index].kind == .symbol, let comparator = ComparatorWords.symbols[tokens[index].text] {
            return (comparator, index + 1, false)
        }
        guard let word = word(index), let phrases = ComparatorWords.leading[word] else { return nil }
        for phrase in phrases where phrase.words.indices.allSatisfy({ self.word(index + $0) == phrase.words[$0] }) {
            return (phrase.comparator, index + phrase.words.count, phrase.standsAlone)
        }
        return nil
    }

    /// "or more", "and above", "100+".
    private func trailing(at index: Int) -> (Comparator, end: Int)? {
        if isFree(index), tokens[index].kind == .symbol, tokens[index].text == "+", tokens[index].joint == "" {
            return (.atLeast, index + 1)
        }
        guard word(index) == "or" || word(index) == "and", let next = word(index + 1) else { return nil }
        let isAnd = word(index) == "and"
        if isAnd, !["above", "up", "over", "below", "under", "beyond", "upwards", "higher", "lower"].contains(next) {
            return nil
        }
        // "and over 5" begins another comparison.
        if quantity(at: index + 2, isCompared: true) != nil || word(index + 2) == "than" { return nil }
        if ComparatorWords.trailingAtLeast.contains(next) { return (.atLeast, index + 2) }
        return ComparatorWords.trailingAtMost.contains(next) ? (.atMost, index + 2) : nil
    }

    /// "between 3 and 5", "from 10 to 20", "10-20".
    private func range(at index: Int) -> QuantitySpan? {
        let isBetween = word(index) == "between"
        let isLed = isBetween || word(index) == "from"
        guard let first = quantity(at: isLed ? index + 1 : index, isCompared: isLed) else { return nil }
        var next = first.end
        if isLed, word(next) == "and" && isBetween || word(next) == "to" {
            next += 1
        } else if isFree(next), tokens[next].isMark, "–—-".contains(tokens[next].text),
            isLed || tokens[next].joint == ""
        {
            next += 1
        } else if !isFree(next) || tokens[next].joint != "-" || tokens[next].kind != .number {
            return nil
        }
        guard let second = quantity(at: next, isCompared: true) else { return nil }
        var low = first
        if first.scale == 0, second.scale > 0, let scaled = Self.literal(first.digits, scale: second.scale),
            Self.isLess(first.digits, second.digits)
        {
            low.literal = scaled
        }
        return QuantitySpan(
            tokens: index..<second.end, meaning: .between(low.literal, second.literal), unit: second.unit ?? first.unit)
    }

    // MARK: Numbers

    private struct Quantity {
        var literal: NumberLiteral
        /// As written, before a scale.
        var digits: String
        var scale: Int
        var unit: QuantitySpan.Unit?
        var end: Int
    }

    private static let scales: [String: Int] = [
        "k": 3, "m": 6, "mn": 6, "mm": 6, "bn": 9, "tn": 12,
    ]
    private static let scaleWords: [String: Int] = [
        "hundred": 2, "thousand": 3, "thousands": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9,
        "trillion": 12, "mil": 6, "mio": 6,
    ]
    private static let currencies: Set<String> = [
        "dollar", "dollars", "usd", "euro", "euros", "eur", "pound", "pounds", "gbp", "yen", "jpy", "rupees", "inr",
        "bucks", "cad", "aud", "chf",
    ]

    private func quantity(at index: Int, isCompared: Bool) -> Quantity? {
        guard isFree(index) else { return nil }
        var index = index
        var unit: QuantitySpan.Unit?
        if tokens[index].kind == .symbol, let sign = tokens[index].text.first, sign.isCurrencySymbol || sign == "$" {
            unit = .money(tokens[index].text)
            index += 1
            guard isFree(index), tokens[index].isNumber else { return nil }
        }
        let digits: String
        var end: Int
        if tokens[index].isNumber, let number = tokens[index].number, !tokens[index].text.hasPrefix("'") {
            (digits, end) = (number, index + 1)
        } else if isCompared, let word = word(index), let times = ["once": "1", "twice": "2"][word] {
            (digits, unit, end) = (times, .times, index + 1)
        } else if let found = NumberWords.number(in: tokens, at: index),
            isCompared || found.end > index + 1 || word(index) != "one" && word(index) != "couple"
        {
            guard (index..<found.end).allSatisfy(isFree) else { return nil }
            (digits, end) = (String(found.value), found.end)
        } else {
            return nil
        }
        var scale = 0
        if let word = word(end), isFree(end) {
            let isGlued = tokens[end].joint == ""
            if let power = Self.scaleWords[word] {
                (scale, end) = (power, end + 1)
            } else if unit != nil, word == "b" || word == "t" {
                (scale, end) = (word == "b" ? 9 : 12, end + 1)
            } else if isGlued || unit != nil, let power = Self.scales[word] {
                (scale, end) = (power, end + 1)
            } else if isGlued, ["st", "nd", "rd", "th"].contains(word) {
                (unit, end) = (.ordinal, end + 1)
            } else if isGlued, word == "x" {
                (unit, end) = (.times, end + 1)
            } else if isGlued {
                return nil
            }
        }
        if unit == nil, isCompared, word(end) == "times" { (unit, end) = (.times, end + 1) }
        if unit == nil { (unit, end) = unitBehind(end) }
        guard let literal = Self.literal(digits, scale: scale) else { return nil }
        return Quantity(literal: literal, digits: digits, scale: scale, unit: unit, end: end)
    }

    private func unitBehind(_ index: Int) -> (QuantitySpan.Unit?, Int) {
        guard isFree(index) else { return (nil, index) }
        if tokens[index].kind == .symbol, let sign = tokens[index].text.first {
            if sign == "%" { return (.percent, index + 1) }
            if sign.isCurrencySymbol { return (.money(tokens[index].text), index + 1) }
        }
        guard let word = word(index) else { return (nil, index) }
        if word == "percent" || word == "pct" { return (.percent, index + 1) }
        if word == "per", self.word(index + 1) == "cent" { return (.percent, index + 2) }
        return Self.currencies.contains(word) ? (.money(tokens[index].text), index + 1) : (nil, index)
    }

    /// The digits with the point moved, without zeros that say nothing.
    private static func literal(_ digits: String, scale: Int) -> NumberLiteral? {
        guard scale > 0 else { return NumberLiteral(digits) }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        var whole = String(parts[0])
        var fraction = parts.count > 1 ? String(parts[1]) : ""
        fraction += String(repeating: "0", count: max(0, scale - fraction.utf8.count))
        whole += fraction.prefix(scale)
        fraction = String(fraction.dropFirst(scale))
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = whole.hasPrefix("-") ? "-" : ""
        var unsigned = whole.dropFirst(sign.utf8.count)
        while unsigned.utf8.count > 1, unsigned.hasPrefix("0") { unsigned = unsigned.dropFirst() }
        return NumberLiteral(sign + unsigned + (fraction.isEmpty ? "" : "." + fraction))
    }

    private static func isLess(_ left: String, _ right: String) -> Bool {
        guard let left = Double(left), let right = Double(right) else { return false }
        return left < right
    }

    // MARK: Tokens

    private func isFree(_ index: Int) -> Bool { tokens.indices.contains(index) && !isTaken[index] }

    private func word(_ index: Int) -> String? {
        isFree(index) && tokens[index].isWord ? tokens[index].word : nil
    }

    private func skipping(_ words: Set<String>, at index: Int) -> Int {
        var index = index
        while let word = word(index), words.contains(word) { index += 1 }
        return index
    }
}

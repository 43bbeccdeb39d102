/// Looks at the tokens of a question by index; nothing is there outside of them.
struct TimeCursor {
    let tokens: [Token]

    func word(_ index: Int) -> String? {
        tokens.indices.contains(index) && tokens[index].isWord ? tokens[index].word : nil
    }

    func mark(_ index: Int) -> String? {
        tokens.indices.contains(index) && tokens[index].isMark ? tokens[index].text : nil
    }

    func isOne(_ index: Int, of words: Set<String>) -> Bool { word(index).map(words.contains) ?? false }

    func isOne(_ index: Int, of words: [String]) -> Bool { word(index).map { words.contains($0) } ?? false }

    /// The index behind the words, where they stand here.
    func after(_ phrase: String, at start: Int) -> Int? {
        var index = start
        var rest = phrase.utf8[...]
        while !rest.isEmpty {
            guard let word = word(index), rest.starts(with: word.utf8) else { return nil }
            rest = rest.dropFirst(word.utf8.count)
            guard rest.isEmpty || rest.first == UInt8(ascii: " ") else { return nil }
            rest = rest.dropFirst()
            index += 1
        }
        return index
    }

    func after(anyOf phrases: [String], at index: Int) -> Int? {
        for phrase in phrases {
            if let end = after(phrase, at: index) { return end }
        }
        return nil
    }

    func skipping(_ words: [String], at index: Int) -> Int {
        var index = index
        while isOne(index, of: words) { index += 1 }
        return index
    }

    /// The index behind a comma or an opening bracket, or the same.
    func skippingMark(_ marks: String, at index: Int) -> Int {
        guard let mark = mark(index), marks.contains(mark) else { return index }
        return index + 1
    }

    /// Whether any token speaks of time; without one there is no span.
    var hasTime: Bool { tokens.contains(where: TimeWords.speaksOfTime) }

    /// A whole number in digits or words.
    func count(_ index: Int) -> (value: Int, end: Int)? {
        if tokens.indices.contains(index), tokens[index].isNumber, let number = tokens[index].number,
            let value = Int(number), !tokens[index].text.hasPrefix("'")
        {
            return (0...10_000).contains(value) ? (value, index + 1) : nil
        }
        guard let found = NumberWords.number(in: tokens, at: index), found.value <= 10_000 else { return nil }
        return found
    }

    func grain(_ index: Int) -> TimeGrain? { word(index).flatMap { TimeWords.units[$0] } }

    /// A unit behind a count, spelled or as a letter that touches the digits.
    func countedUnit(_ index: Int) -> TimeGrain? {
        if let grain = grain(index) { return grain }
        guard tokens.indices.contains(index), tokens[index].joint == "", let word = word(index) else { return nil }
        return TimeWords.shortUnits[word]
    }

    /// Four digits of our time, or two behind an apostrophe.
    func year(_ index: Int) -> Int? {
        guard tokens.indices.contains(index), tokens[index].isNumber, let number = tokens[index].number,
            let value = Int(number)
        else { return nil }
        if tokens[index].text.hasPrefix("'") { return 2_000 + value }
        return tokens[index].text.utf8.count == 4 && (1_900...2_100).contains(value) ? value : nil
    }

    /// A day of a month: "15", "15th".
    func dayNumber(_ index: Int) -> (value: Int, end: Int, isOrdinal: Bool)? {
        guard tokens.indices.contains(index), tokens[index].isNumber, tokens[index].text.utf8.count <= 2,
            let value = Int(tokens[index].text), (1...31).contains(value)
        else { return nil }
        if let suffix = ordinalSuffix(index + 1) { return (value, suffix, true) }
        if tokens.indices.contains(index + 1), tokens[index + 1].joint == "", !tokens[index + 1].isMark { return nil }
        return (value, index + 1, false)
    }

    /// The index behind "st", "nd", "rd" or "th" that touches the number before it.
    func ordinalSuffix(_ index: Int) -> Int? {
        guard tokens.indices.contains(index), tokens[index].joint == "", isOne(index, of: ["st", "nd", "rd", "th"])
        else { return nil }
        return index + 1
    }

    /// "first", "1st".
    func ordinal(_ index: Int) -> (value: Int, end: Int)? {
        if let word = word(index), let value = NumberWords.ordinals[word] { return (value, index + 1) }
        guard let day = dayNumber(index), day.isOrdinal else { return nil }
        return (day.value, day.end)
    }

    func month(_ index: Int) -> Int? {
        guard let word = word(index), let month = TimeWords.months[word],
            !isOne(index - 1, of: ["named", "called", "name", "by", "mr", "ms", "mrs"]) || word.utf8.count > 6
        else { return nil }
        guard TimeWords.doubtfulMonths.contains(word) else { return month }
        let isFollowed =
            year(index + 1) != nil || dayNumber(index + 1) != nil || after("of", at: index + 1).flatMap(year) != nil
            || mark(index + 1) == "," && year(index + 2) != nil || isYearPhrase(index + 1)
        if isFollowed { return month }
        let isLed =
            isOne(index - 1, of: TimeWords.beforeMonth) || dayNumber(index - 1) != nil
            || index > 1 && ordinalSuffix(index - 1) != nil
        guard isLed || isMonthNear(index) || tokens[index].text.first?.isUppercase ?? false else { return nil }
        // "May we see", "in May have": a verb goes on.
        return word == "may" && isOne(index + 1, of: TimeWords.behindMayTheVerb) ? nil : month
    }

    /// Another month next to it: "March/April", "march, april and may".
    private func isMonthNear(_ index: Int) -> Bool {
        [index - 2, index - 1, index + 1, index + 2].contains { near in
            word(near).map { TimeWords.months[$0] != nil && !["may", "march", "mar"].contains($0) } ?? false
        }
    }

    /// "last year", "this year" behind a month or a quarter.
    private func isYearPhrase(_ index: Int) -> Bool {
        let index = skipping(["of", "in"], at: index)
        return isThatYear(index)
    }

    private func isThatYear(_ index: Int) -> Bool {
        isOne(index, of: TimeWords.last.union(TimeWords.this)) && word(index + 1) == "year"
    }
}

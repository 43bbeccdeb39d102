import Planner

/// Finds the numbers in a model's own words that nothing of its run accounts for: what it says without `give_answer`.
///
/// Besides what `NumberCheck` accepts, numbers are harmless that state nothing about the data: dates and times, years as
/// such, the numbering of a list, and small counts of what Dash itself deals with ("2 tables", "three questions").
struct OwnWords {
    private let check: NumberCheck

    /// - Parameter heard: texts whose numbers may be repeated: the question, the conversation, knowledge that was seen.
    init(_ results: [ResultTable], statements: [String] = [], heard: [String]) {
        var curated = heard
        for sql in results.map(\.sql) + statements {
            let outline = SQLOutline(sql)
            curated += outline.intervals.map { "\($0.count) \($0.unit)s" }
            if let limit = outline.limit { curated.append("\(limit)") }
        }
        check = NumberCheck(results: results, curated: curated)
    }

    /// As written, in order.
    func unknown(in text: String) -> [String] { check.unknown(in: Self.withoutHarmless(text)) }

    // MARK: - Harmless numbers

    private static let largestCount = 9
    private static let ownThings: Set<String> = [
        "answer", "choice", "column", "definition", "detail", "example", "option", "query", "question", "reading",
        "reason", "schema", "sentence", "specialist", "statement", "step", "table", "thing", "view", "way", "word",
    ]
    private static let beforeYears: Set<String> = [
        "after", "before", "calendar", "during", "fiscal", "from", "in", "since", "through", "till", "until", "year",
    ]
    private static let afterDays: Set<String> = ["and", "at", "is", "on", "through", "to", "until", "was"]
    private static let edges: Set<Character> = [
        ".", ",", ";", ":", "!", "?", "(", ")", "[", "]", "\"", "'", "*", "_", "`", "#", "…", "“", "”", "‘", "’",
    ]

    static func withoutHarmless(_ text: String) -> String {
        let undated = DateMention.extract(from: text).rest
        return undated.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
            let words = line.split(whereSeparator: \.isWhitespace)
            return words.indices.filter { !isHarmless(words, $0) }.map { words[$0] }.joined(separator: " ")
        }.joined(separator: "\n")
    }

    private static func isHarmless(_ words: [Substring], _ index: Int) -> Bool {
        let bare = bare(words[index])
        guard bare.first?.isASCII == true, bare.first?.isNumber == true else { return false }
        let following = index + 1 < words.count ? Self.bare(words[index + 1]) : ""
        let previous = index > 0 ? Self.bare(words[index - 1]) : ""
        if isClock(bare) { return true }
        // "3rd"
        let digits = bare.prefix { $0.isASCII && $0.isNumber }
        let ending = bare.dropFirst(digits.count)
        guard let number = Int(digits), ending.isEmpty || ["st", "nd", "rd", "th"].contains(ending) else {
            return false
        }
        let isNumbering = words[..<index].allSatisfy { $0.allSatisfy { "-*•+#>".contains($0) } }
        if isNumbering, ending.isEmpty,
            let mark = words[index].drop(while: { $0 == "*" || $0 == "#" }).dropFirst(digits.count).first,
            mark == "." || mark == ")"
        {
            return index + 1 < words.count
        }
        let endsClause = following.isEmpty || words[index].last.map { edges.contains($0) } == true
        if (1...31).contains(number) {
            if isMonth(following) || (following == "of" && isMonth(words, index + 2)) { return true }
            // "In March 20 customers left" counts customers.
            if isMonth(previous), !ending.isEmpty || endsClause || afterDays.contains(following) { return true }
        }
        guard ending.isEmpty else { return false }
        if digits.count == 4, (1900...2100).contains(number) {
            let isRange = ["to", "and"].contains(previous) && index > 1 && isYear(Self.bare(words[index - 2]))
            guard isRange || beforeYears.contains(previous) else { return false }
            return endsClause || EnglishWords.stop.contains(following)
        }
        guard number <= largestCount, !endsClause else { return false }
        let afterNext = index + 2 < words.count ? Self.bare(words[index + 2]) : ""
        return isOwnThing(following) || (isAdjective(following) && isOwnThing(afterNext))
    }

    /// "14:30"
    private static func isClock(_ word: String) -> Bool {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { return false }
        return zip(parts, [24, 60, 60]).allSatisfy { part, limit in
            part.utf8.count <= 2 && Int(part).map { (0..<limit).contains($0) } == true
        }
    }

    private static func isYear(_ word: String) -> Bool {
        word.utf8.count == 4 && Int(word).map { (1900...2100).contains($0) } == true
    }

    private static func isMonth(_ word: String) -> Bool { word == "may" || EnglishWords.months[word] != nil }

    private static func isMonth(_ words: [Substring], _ index: Int) -> Bool {
        words.indices.contains(index) && isMonth(bare(words[index]))
    }

    private static func isOwnThing(_ word: String) -> Bool {
        Term(word).variants.contains { ownThings.contains($0) }
    }

    private static func isAdjective(_ word: String) -> Bool {
        [
            "big", "different", "extra", "further", "good", "more", "new", "other", "possible", "quick", "separate",
            "short", "simple", "small",
        ].contains(word)
    }

    private static func bare(_ word: Substring) -> String {
        var rest = word.drop { edges.contains($0) }
        while let last = rest.last, edges.contains(last) { rest.removeLast() }
        return rest.lowercased()
    }
}

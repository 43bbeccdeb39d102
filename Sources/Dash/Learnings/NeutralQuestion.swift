import Planner

/// The question that a statement answers, in the statement's own names and values.
///
/// What is kept for everybody is found by this and never by what somebody said: people say for whom and why they ask.
enum NeutralQuestion {
    private static let longestText = 300

    /// For example `Stays by urgency for icu, last 6 months`; nil where a statement names nothing.
    static func text(for sql: String) -> String? {
        let outline = SQLOutline(sql)
        let measures = names(outline.items.filter { computes($0.expression) })
        let others = names(outline.items.filter { !computes($0.expression) })
        let relations = outline.relations.map { Words.plain(Phrasebook.unqualified($0)).joined(separator: " ") }
        var text: String
        switch (measures.isEmpty, others.isEmpty) {
        case (false, false): text = "\(listed(measures)) by \(listed(others))"
        case (false, true): text = listed(measures)
        case (true, false): text = listed(others)
        case (true, true): text = ""
        }
        let said = Set(Words.plain(text))
        let unsaid = relations.filter { !Words.plain($0).allSatisfy(said.contains) }
        if !unsaid.isEmpty { text += (text.isEmpty ? "" : " of ") + listed(unsaid) }
        guard !text.isEmpty else { return nil }

        let conditions = SQLComparison.all(in: sql)
        let wanted = conditions.filter { !$0.isExcluded }.map(\.value)
        let excluded = conditions.filter(\.isExcluded).map(\.value)
        if !wanted.isEmpty { text += " for " + listed(wanted) }
        if !excluded.isEmpty { text += " without " + listed(excluded) }
        var windows: [String] = []
        for interval in outline.intervals {
            let window = "\(interval.count) \(interval.unit)\(interval.count == 1 ? "" : "s")"
            if !windows.contains(window) { windows.append(window) }
        }
        if !windows.isEmpty { text += (outline.usesClock ? ", last " : ", ") + listed(windows) }
        if let limit = outline.limit, let order = outline.order {
            text += ", \(order.isDescending ? "top" : "bottom") \(limit)"
        }
        return Words.title(String(text.prefix(longestText)))
    }

    /// Names of people that a text has taken from what somebody said: words written as names there, or as owners
    /// ("smith's"), which the statement does not have.
    static func names(in text: String, from said: String, notIn sql: String) -> [String] {
        let own = Set(
            SQLToken.scan(sql).flatMap { token -> [String] in
                switch token {
                case .word(let word, _), .string(let word): Words.plain(word)
                case .number, .symbol: []
                }
            })
        var names: Set<String> = []
        var startsSentence = true
        for piece in said.split(whereSeparator: \.isWhitespace) {
            let word = piece.prefix { $0.isLetter || $0 == "'" || $0 == "’" }
            let parts = word.split(whereSeparator: { $0 == "'" || $0 == "’" })
            let isOwner = parts.count == 2 && parts[1] == "s"
            if let name = parts.first, name.count > 1 {
                let isName =
                    !startsSentence && name.first?.isUppercase == true
                    && name.dropFirst().contains(where: \.isLowercase)
                let lower = name.lowercased()
                if isName || isOwner, EnglishWords.months[lower] == nil, !EnglishWords.stop.contains(lower) {
                    names.insert(lower)
                }
            }
            startsSentence = piece.last.map { ".:?!".contains($0) } ?? false
        }
        return Words.plain(text).filter { names.contains($0) && !own.contains($0) }
    }

    private static func names(_ items: [SQLOutline.Item]) -> [String] {
        items.map { Words.plain($0.name).joined(separator: " ") }.filter { !$0.isEmpty }
    }

    /// Whether a column is made of many rows rather than read from one.
    private static func computes(_ expression: [SQLToken]) -> Bool {
        expression.indices.dropLast().contains { index in
            guard case .word(let word, isQuoted: false) = expression[index] else { return false }
            return SQLWords.aggregates.contains(word) && expression[index + 1] == .symbol("(")
        }
    }

    private static func listed(_ items: [String]) -> String {
        var kept: [String] = []
        for item in items where !kept.contains(item) { kept.append(item) }
        return kept.prefix(8).joinedAsList
    }
}

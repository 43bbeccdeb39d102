import Planner

/// Which numeric column of a result a question asks for.
struct MeasureChoice {
    /// The best fitting columns: one, or several between which the question does not decide, in the result's order.
    let tied: [Int]
    let best: Int?

    static let past: Set<String> = ["ago", "previous", "prior", "earlier", "before"]
    private static let openings: Set<String> = ["opening", "starting", "start", "beginning"]
    private static let closings: Set<String> = ["closing", "ending", "end"]
    private static let ongoing: Set<String> = EnglishWords.current.union(["now", "running", "ongoing", "present"])
    private static let averages: Set<String> = ["average", "avg", "mean"]
    private static let rates: Set<String> = ["rate", "percent", "ratio", "often", "likely", "frequency"]
    private static let durations: Set<String> = [
        "long", "longer", "duration", "length", "fast", "quickly", "quick", "slow", "time", "lifetime", "tenure",
    ]
    private static let spans: Set<String> = [
        "seconds", "minutes", "hours", "days", "weeks", "months", "years", "duration", "length", "age", "tenure",
    ]

    static func isDuration(_ term: Term) -> Bool { durations.contains(term.surface) }
    static func isSpan(_ word: String) -> Bool { spans.contains(word) }

    /// - Parameters:
    ///   - shown: columns that show every measure word of the question, where that is known; no other is chosen then.
    ///   - named: expressions of metrics that the question names, as tokens.
    ///   - aliases: other names of those that it names in several words.
    init(
        _ question: Wording, _ table: ResultTable, _ shape: ResultShape, _ outline: SQLOutline, shown: [String] = [],
        named: [[SQLToken]], aliases: [[Term]] = [], unit: (Int) -> String?
    ) {
        let words = { (column: Int) in Words.plain(table.columns[column].name) }
        let chosen = shape.measures.filter { shown.contains(table.columns[$0].name) }
        var candidates = chosen.isEmpty ? shape.measures : chosen
        func keep(_ isKept: (Int) -> Bool) {
            let kept = candidates.filter(isKept)
            if !kept.isEmpty { candidates = kept }
        }
        let asked = Set(question.terms.flatMap { [$0.surface] + $0.variants })
        let asksPast =
            question.windows.contains { $0.key.hasPrefix("ago") || $0.key.hasPrefix("previous") }
            || !asked.isDisjoint(with: Self.past)
        if !asksPast || question.isCurrent { keep { Self.past.isDisjoint(with: words($0)) } }
        if asked.contains("average") {
            keep { !Self.averages.isDisjoint(with: words($0)) }
        }
        if question.isAmount || asked.contains("amount") {
            keep { !Self.isSize(table.columns[$0], unit: unit($0)) && !Self.isRate(words($0)) }
        } else if question.isCount, !question.counted.contains(where: \.isTimeGrain) {
            keep { Self.isSize(table.columns[$0], unit: unit($0)) }
        } else if !asked.isDisjoint(with: Self.rates) {
            keep { Self.isRate(words($0)) }
        } else if !asked.isDisjoint(with: Self.durations) {
            keep { !Self.spans.isDisjoint(with: words($0)) && !Self.isRate(words($0)) }
            keep { !Self.isSize(table.columns[$0], unit: unit($0)) }
        } else if asked.contains("why") {
            keep { !Self.isSize(table.columns[$0], unit: unit($0)) }
        }

        func isNamed(_ column: Int) -> Bool {
            guard let item = outline.items.first(where: { $0.name == table.columns[column].name.lowercased() })
            else { return false }
            return named.contains { Self.unrounded(item.expression) == $0 }
        }
        let scores = candidates.map { (column: $0, hits: Self.hits(of: words($0), question)) }
        let most = scores.map(\.hits).max() ?? 0
        let isAlias = { (column: Int) in
            let own = words(column).map { Term($0) }
            return aliases.contains { $0.count == own.count && zip($0, own).allSatisfy { $0.matches($1) } }
        }
        let asksChange = question.terms.contains(where: \.isChange)
        if chosen.isEmpty, asksChange { keep { words($0).contains { Term($0).isChange } } }
        if let column = candidates.first(where: isAlias)
            ?? scores.first(where: { isNamed($0.column) && ($0.hits == most || $0.hits > 0) })?.column
            ?? (most == 0 ? candidates.first(where: isNamed) : nil)
        {
            (tied, best) = ([column], column)
            return
        }

        candidates = scores.filter { $0.hits == most }.map(\.column)
        if question.isCurrent { keep { !Self.ongoing.isDisjoint(with: words($0)) } }
        if most > 0 {
            let extra = candidates.map { (column: $0, count: Self.unsaid(words($0), question)) }
            let fewest = extra.map(\.count).min()
            candidates = extra.filter { $0.count == fewest }.map(\.column)
        }
        // Where something opens and closes a period, its value of that period is the closing one.
        if candidates.contains(where: { !Self.openings.isDisjoint(with: words($0)) }),
            candidates.contains(where: { !Self.closings.isDisjoint(with: words($0)) })
        {
            keep { !Self.closings.isDisjoint(with: words($0)) }
        }
        let ordered = outline.order.flatMap { order in
            candidates.first { table.columns[$0].name == order.column }
        }
        let counted = candidates.first { column in
            outline.items.contains { $0.name == table.columns[column].name && $0.isCount }
        }
        tied = candidates
        best = ordered ?? (question.isCount ? counted : nil) ?? candidates.first
    }

    /// A number of things, rather than an amount, a share or a duration.
    static func isSize(_ column: ResultTable.Column, unit: String?) -> Bool {
        let words = Words.plain(column.name)
        if let unit, NumberText.isMoneyOrPercent(unit) { return false }
        if isRate(words) { return false }
        return column.type == .integer || words.contains { ["count", "num", "number"].contains($0) }
    }

    private static func isRate(_ words: [String]) -> Bool {
        words.contains { ["pct", "percent", "percentage", "rate", "ratio", "share"].contains($0) }
    }

    /// Words of the question that the column says; abbreviations count for the words they stand for.
    private static func hits(of words: [String], _ question: Wording) -> Int {
        let own = words.map { Term($0) }
        var hits = 0
        for term in question.terms where own.contains(where: { $0.sharesForm(with: term) }) {
            hits += term.isSoft || term.isTimeGrain ? 1 : 2
        }
        let initials = question.terms.map { $0.surface.prefix(1) }
        for word in words where word.count >= 3 && word.count <= initials.count {
            let starts = 0...(initials.count - word.count)
            if starts.contains(where: { initials[$0..<($0 + word.count)].joined() == word }) { hits += 2 * word.count }
        }
        return hits
    }

    /// Words of the column that narrow it down to something the question does not say.
    private static func unsaid(_ words: [String], _ question: Wording) -> Int {
        words.filter { word in
            let term = Term(word)
            return !term.isSoft && !question.terms.contains { $0.sharesForm(with: term) }
        }.count
    }

    /// `round(avg(x), 2)` as `avg(x)`.
    private static func unrounded(_ tokens: [SQLToken]) -> [SQLToken] {
        guard tokens.count > 4, tokens[0].isWord("round"), tokens[1] == .symbol("("), tokens.last == .symbol(")")
        else { return tokens }
        let inner = tokens[2..<(tokens.count - 1)]
        guard inner.count > 2, case .number = inner.last, inner.dropLast().last == .symbol(",") else {
            return Array(inner)
        }
        return Array(inner.dropLast(2))
    }
}

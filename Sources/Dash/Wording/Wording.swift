import Planner

/// What the words of a question or of a curated text say: notions, windows of time, ranks and groupings.
struct Wording: Sendable, Hashable {
    struct Rank: Sendable, Hashable {
        enum Direction: Sendable, Hashable { case highest, lowest, best, worst }

        var direction: Direction
        /// The 5 of "top 5".
        var count: Int?
    }

    /// Content words in order, without windows, ranks and stop words.
    private(set) var terms: [Term] = []
    private(set) var windows: [TimeWindow] = []
    private(set) var rank: Rank?
    /// What it asks to be split by, or which things: "by plan", "per month", "which ward".
    private(set) var groups: [[Term]] = []
    /// Whether it asks for a split in so many words: "by plan", "per month".
    private(set) var isSplit = false
    /// The things behind "how many".
    private(set) var counted: [Term] = []
    private(set) var isCount = false
    private(set) var isCurrent = false

    /// Of the groups, those that name things to be told apart ("which ward") rather than a split ("by ward").
    private(set) var things: [[Term]] = []
    /// The things behind "top" and "bottom".
    private(set) var ranked: [Term] = []
    /// "list …": rows, and no number.
    private(set) var isListing = false
    /// "how much": one amount, not a list.
    private(set) var isAmount = false

    /// "ever", "of all time": nothing may be left out.
    private(set) var isEver = false
    /// "average … of the top 5": one number over the ranked things, as it is said.
    private(set) var rankedAggregate: String?
    /// "first", "oldest": one of several by time.
    private(set) var picks: [Pick] = []
    /// Where "and" or a comma joins words: indices of the terms behind it.
    private(set) var joins: [Int] = []
    /// A second question behind an "and": "… and what was it last month".
    private(set) var second: String?
    /// The words behind "in" and "from": where, or when.
    private(set) var located: [Term] = []

    struct Pick: Sendable, Hashable {
        var word: Term
        /// What is picked, where it follows.
        var noun: Term?
    }

    private enum Capture { case none, group, things, count, ranked }
    private var opensThings: [Bool] = []
    private var codes: Set<Int> = []
    private var capture = Capture.none
    private var isNegated = false
    private var pendingNegator: String?
    private let isName: Bool
    private var isLocating = false
    private static let firstsAndLasts: Set<String> = [
        "first", "last", "latest", "earliest", "oldest", "newest", "initial",
    ]
    private static let questionWords: Set<String> = ["what", "which", "how", "who", "when", "where", "is", "are"]
    private static let aggregates: Set<String> = ["average", "median", "total", "percent", "typical", "combined"]

    /// - Parameter isName: the text is a name, in which no word asks for anything.
    init(_ text: String, isName: Bool = false) {
        let tokens = Words.scan(text)
        let words = tokens.map(\.text)
        self.isName = isName
        codes = Set(tokens.indices.filter { tokens[$0].isCode || Self.isNamedPronoun(words, at: $0) })
        var index = isName ? 0 : Self.greeting(words)
        while index < words.count { index += consume(words, at: index) }
        closeNegation()
        things = zip(groups, opensThings).filter { $1 && !$0.isEmpty }.map(\.0)
        groups.removeAll(where: \.isEmpty)
    }

    /// How many words at the start only greet.
    private static func greeting(_ words: [String]) -> Int {
        let end = words.firstIndex(of: Words.boundary) ?? words.count
        if end > 0, end < words.count - 1, words[..<end].allSatisfy(EnglishWords.greetings.contains) { return end }
        let isTimed = words.count > 2 && words[0] == "good"
        return isTimed && ["morning", "afternoon", "evening", "day"].contains(words[1]) ? 2 : 0
    }

    private static func isNamedPronoun(_ words: [String], at index: Int) -> Bool {
        guard EnglishWords.pronouns.contains(words[index]), index > 0 else { return false }
        return words[index - 1] == "the" || words[index - 1] == "many"
            || (words[index - 1] == "in" && words[index] == "us")
    }

    private static let sentences = Memo<Wording>(capacity: 4_096)
    private static let names = Memo<Wording>(capacity: 4_096)

    /// As `init`, remembered: for curated texts, which are read again and again.
    static func curated(_ text: String, isName: Bool = false) -> Wording {
        (isName ? names : sentences).value(for: text) { Wording($0, isName: isName) }
    }

    /// The word that asks for causes ("what drives …"), if there is one.
    var cause: Term? { terms.first { $0.variants.contains(where: EnglishWords.causes.contains) } }

    /// Content words that constrain: without those that change no number.
    var core: [Term] { terms.filter { !$0.isSoft } }

    private mutating func consume(_ words: [String], at index: Int) -> Int {
        let word = words[index]
        let next = index + 1 < words.count ? words[index + 1] : ""
        let previous = index > 0 ? words[index - 1] : ""
        if word == Words.boundary {
            if !terms.isEmpty { joins.append(terms.count) }
            closeNegation()
            capture = .none
            return 1
        }
        if codes.contains(index) {
            append(word)
            return 1
        }
        if word == "ever" || (word == "all" && next == "time") {
            isEver = true
            capture = .none
            return word == "ever" ? 1 : 2
        }
        // "only emergency" narrows what was said before; a filter is meant in any case.
        if !isName, word == "only" || word == "just", terms.isEmpty, !next.isEmpty { return 1 }
        if EnglishWords.negators.contains(word) {
            if index == 0, word == "no", next == Words.boundary || next.isEmpty { return 1 }
            closeNegation()
            isNegated = true
            pendingNegator = word
            return 1
        }
        if ["by", "per", "for", "in", "over", "during", "which", "that"].contains(word) { closeNegation() }
        if let length = consumePair(word, next, previous) { return length }
        if let (window, length) = TimeWindow.parse(words[index...]) {
            windows.append(window)
            capture = .none
            return length
        }
        if let length = consumeRank(word, next, previous) {
            noteAggregate(words[..<index])
            return length
        }
        if let length = consumeMarker(word, next) { return length }
        append(word)
        return 1
    }

    private mutating func consumePair(_ word: String, _ next: String, _ previous: String) -> Int? {
        switch (word, next) {
        case ("how", "many"):
            isCount = true
            capture = .count
            return 2
        case ("how", "much"):
            isAmount = true
            return 2
        case ("number", "of"), ("count", "of"):
            isCount = true
            capture = .count
            return 2
        case ("over", "time"):
            append("trend")
            return 2
        case ("right", "now"), ("at", "present"), ("so", "far"):
            isCurrent = true
            return 2
        case ("most", "recent"):
            append("recent")
            return 2
        case ("over", _), ("under", _), ("above", _), ("below", _):
            guard Double(next) != nil, TimeWindow.parse([next][...]) == nil else { return nil }
            append(word)
            return 1
        case ("up", _):
            // "signed up" is what a column calls signup.
            guard let last = terms.indices.last, terms[last].surface == previous else { return nil }
            terms[last].surface += " up"
            terms[last].variants = terms[last].variants.map { $0 + "up" }
            return 1
        case ("break", "down"), ("broken", "down"):
            return 2
        case ("group", "by"), ("grouped", "by"), ("segmented", "by"), ("sliced", "by"):
            return 1
        default: return nil
        }
    }

    private mutating func consumeRank(_ word: String, _ next: String, _ previous: String) -> Int? {
        let direction: Rank.Direction
        switch word {
        case _ where EnglishWords.highest.contains(word): direction = .highest
        case _ where EnglishWords.lowest.contains(word): direction = .lowest
        case "best": direction = .best
        case "worst": direction = .worst
        default: return nil
        }
        if previous == "at", word == "least" || word == "most" {
            append("at" + word)
            return 1
        }
        var count = Int(next)
        var length = count == nil ? 1 : 2
        if count == nil, let last = terms.last, last.surface == previous, let before = Int(last.surface) {
            terms.removeLast()
            count = before
            length = 1
        }
        rank = Rank(direction: direction, count: count ?? rank?.count)
        if word == "top" || word == "bottom" { capture = .ranked }
        return length
    }

    /// "How much do the top 10 pay", "average value of the 5 largest": not the ranked things, but one number over them.
    private mutating func noteAggregate(_ before: ArraySlice<String>) {
        let link = before.last { !["the", "our", "my", "all", "just"].contains($0) && Int($0) == nil } ?? ""
        guard ["of", "for", "from", "among", "across", "over", "in", "do", "does", "did", "have"].contains(link) else {
            return
        }
        let said = terms.first { $0.variants.contains(where: Self.aggregates.contains) }?.surface
        let word = said ?? (isAmount ? "how much" : isCount ? "how many" : nil)
        guard let word else { return }
        rankedAggregate = "\(word) of the top" + (rank?.count.map { " \($0)" } ?? "")
    }

    private mutating func consumeMarker(_ word: String, _ next: String) -> Int? {
        switch word {
        case "by", "per", "each", "every", "across":
            open(.group)
            isSplit = true
        case "which", "what", "whose":
            open(.things)
        case "and" where Self.questionWords.contains(next) && !(terms.isEmpty && groups.isEmpty):
            second = "and " + next
            capture = .none
        case "and":
            if !terms.isEmpty { joins.append(terms.count) }
            if case .group = capture, groups.last?.isEmpty == false { open(.group) } else { capture = .none }
        case _ where EnglishWords.canonical[word] == "current" || word == "current":
            isCurrent = true
        case _ where EnglishWords.stop.contains(word):
            capture = .none
            if word == "in" || word == "from" { isLocating = true }
        case _ where !isName && terms.isEmpty && EnglishWords.asking.contains(word):
            capture = .none
        case _ where !isName && terms.isEmpty && EnglishWords.askingBeforeArticle.contains(word):
            if word == "list" { isListing = true }
            guard EnglishWords.articles.contains(next) else { return nil }
            capture = .none
        default: return nil
        }
        return 1
    }

    private mutating func open(_ kind: Capture) {
        capture = kind
        if groups.last?.isEmpty != true {
            groups.append([])
            opensThings.append(kind == .things)
        } else {
            opensThings[groups.count - 1] = kind == .things
        }
    }

    private mutating func append(_ word: String) {
        let term = Term(word, isNegated: isNegated)
        pendingNegator = nil
        terms.append(term)
        if isLocating { located.append(term) }
        isLocating = false
        if let last = picks.indices.last, picks[last].noun == nil { picks[last].noun = term }
        if Self.firstsAndLasts.contains(word) { picks.append(Pick(word: term)) }
        switch capture {
        case .group, .things:
            if term.isSoft || groups.isEmpty { capture = .none } else { groups[groups.count - 1].append(term) }
        case .count: counted.append(term)
        case .ranked: ranked.append(term)
        case .none: break
        }
    }

    private mutating func closeNegation() {
        if let pendingNegator { terms.append(Term(pendingNegator)) }
        pendingNegator = nil
        isNegated = false
    }
}

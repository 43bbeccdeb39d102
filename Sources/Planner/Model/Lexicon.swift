/// Phrases and what they may stand for: a trie over words of the vocabulary.
struct Lexicon: Sendable {
    /// What a phrase stands for.
    enum Sense: Sendable, Hashable {
        case metric(Int)
        case table(Int)
        case column(Int)
        /// Of the column, as the data writes them.
        case value(Int, [String])
        /// A column that is true or false, as an adjective: "active".
        case flag(Int)
        /// A time column by what happened then: "joined".
        case event(Int)
        /// From one time column to another.
        case duration(Int, Int)
    }

    struct Entry: Sendable, Hashable {
        var sense: Sense
        var quality: Double
        /// The phrase named the column's table too.
        var isQualified = false
        /// It was taught.
        var isTaught = false
    }

    struct Hit: Sendable {
        /// Of tokens.
        var range: Range<Int>
        var entries: [Entry]
    }

    private(set) var vocabulary = Vocabulary()
    private var children: [UInt64: Int32] = [:]
    private var entries: [Int32: [Entry]] = [:]
    private var count: Int32 = 1

    mutating func insert(_ words: [String], _ entry: Entry) {
        insert(ids: words.map { $0 == "of" ? Vocabulary.of : vocabulary.id($0) }, entry)
    }

    /// A value that people say in full.
    mutating func insert(code: String) { vocabulary.insert(code: code) }

    private mutating func insert(ids: [Int32], _ entry: Entry) {
        guard !ids.isEmpty, ids.count <= 8 else { return }
        var node: Int32 = 0
        for id in ids {
            let edge = Self.edge(node, id)
            if let next = children[edge] {
                node = next
            } else {
                children[edge] = count
                node = count
                count += 1
            }
        }
        var known = entries[node] ?? []
        if let index = known.firstIndex(where: { $0.sense == entry.sense }) {
            if known[index].quality < entry.quality { known[index] = entry }
        } else {
            known.append(entry)
        }
        entries[node] = known
    }

    private static func edge(_ node: Int32, _ word: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: word))
    }

    /// Every phrase that begins at the token.
    ///
    /// - Parameter matches: what each token may be; nil where a phrase cannot go on.
    func hits(at start: Int, matches: [[Vocabulary.Match]], isOf: [Bool], isArticle: [Bool], isBreak: [Bool]) -> [Hit] {
        var hits: [Hit] = []
        var states: [(node: Int32, quality: Double)] = [(0, 1)]
        var index = start
        while index < matches.count, index < start + 10, !states.isEmpty {
            if index > start, isBreak[index] { break }
            if index > start, isArticle[index], isOf[index - 1] {
                index += 1
                continue
            }
            var next: [Int32: Double] = [:]
            for state in states {
                if isOf[index], index > start, let node = children[Self.edge(state.node, Vocabulary.of)] {
                    next[node] = max(next[node] ?? 0, state.quality)
                }
                for match in matches[index] {
                    guard let node = children[Self.edge(state.node, match.word)] else { continue }
                    next[node] = max(next[node] ?? 0, state.quality * match.quality)
                }
            }
            states = next.map { ($0.key, $0.value) }
            index += 1
            var found: [Sense: Entry] = [:]
            for state in states {
                for entry in entries[state.node] ?? [] {
                    var entry = entry
                    entry.quality *= state.quality
                    if found[entry.sense].map({ $0.quality < entry.quality }) ?? true { found[entry.sense] = entry }
                }
            }
            if !found.isEmpty { hits.append(Hit(range: start..<index, entries: Self.sorted(Array(found.values)))) }
        }
        return hits
    }

    static func sorted(_ entries: [Entry]) -> [Entry] {
        entries.sorted { $0.quality == $1.quality ? $0.sense < $1.sense : $0.quality > $1.quality }
    }
}

extension Lexicon.Sense: Comparable {
    /// A total order, so that equal readings always come in the same order.
    static func < (left: Self, right: Self) -> Bool {
        let (first, second) = (left.place, right.place)
        if first != second { return first < second }
        switch (left, right) {
        case (.value(_, let ours), .value(_, let others)): return ours.lexicographicallyPrecedes(others)
        case (.duration(_, let end), .duration(_, let other)): return end < other
        default: return false
        }
    }

    private var place: (kind: Int, index: Int) {
        switch self {
        case .metric(let index): (0, index)
        case .table(let index): (1, index)
        case .column(let index): (2, index)
        case .flag(let index): (3, index)
        case .event(let index): (4, index)
        case .value(let index, _): (5, index)
        case .duration(let from, _): (6, from)
        }
    }
}

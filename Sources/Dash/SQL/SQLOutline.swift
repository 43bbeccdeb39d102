import Planner

/// What can be read off a statement without a parser: relations, output columns, order, limit and intervals.
///
/// Only used for provenance, labels and choice of words; never to decide what may run.
struct SQLOutline: Sendable {
    struct Item: Sendable, Equatable {
        var name: String
        /// True for a plain `SUM(…)` or `COUNT(…)` without DISTINCT: its values may be added up.
        var isAdditive: Bool
        var isCount: Bool
        /// What is selected, without its name.
        var expression: [SQLToken] = []
    }

    struct Order: Sendable, Equatable {
        var column: String
        var isDescending: Bool
    }

    private(set) var relations: [String] = []
    /// Output columns of the outermost SELECT, where they have a name.
    private(set) var items: [Item] = []
    private(set) var order: Order?
    private(set) var limit: Int?
    /// `INTERVAL '6 months'` as (6, "month").
    private(set) var intervals: [(count: Int, unit: String)] = []
    /// Reads the clock: `current_date`, `now()` and their kin.
    private(set) var usesClock = false
    private(set) var hasUnion = false
    /// Asks what held at some moment (`ended_at IS NULL OR ended_at >= …`): one row may count in many periods.
    private(set) var looksAtMoments = false

    private static let known = Memo<SQLOutline>(capacity: 1_024)

    /// As `init`, remembered: for statements of knowledge, which are read again and again.
    static func curated(_ sql: String) -> SQLOutline {
        known.value(for: sql) { SQLOutline($0) }
    }

    init(_ sql: String) {
        let tokens = SQLToken.scan(sql)
        readRelations(tokens)
        readTop(tokens)
        for (index, token) in tokens.enumerated() {
            if token.isWord("is"), index + 2 < tokens.count, tokens[index + 1].isWord("null"),
                tokens[index + 2].isWord("or")
            {
                looksAtMoments = true
            }
            if token.isWord("interval"), index + 1 < tokens.count, case .string(let text) = tokens[index + 1] {
                let words = Words.plain(text)
                if let count = words.first.flatMap({ Int($0) }), words.count == 2,
                    let unit = Term(words[1]).variants.first(where: EnglishWords.units.contains)
                {
                    intervals.append((count, unit))
                }
            }
            if case .word(let word, _) = token,
                ["current_date", "current_timestamp", "now", "localtimestamp", "clock_timestamp"].contains(word)
            {
                usesClock = true
            }
        }
    }

    /// Whether a column's values of different periods add up: sums and counts of rows that fall into one period each.
    func addsUpOverTime(_ column: String) -> Bool {
        guard !hasUnion, limit == nil, !looksAtMoments,
            let item = items.first(where: { $0.name == column.lowercased() })
        else { return false }
        // sum(…), count(*) FILTER (…), coalesce(sum(…), 0)
        let call =
            item.expression.first?.isWord("coalesce") == true ? item.expression.dropFirst(2) : item.expression[...]
        guard let first = call.first, first.isWord("sum") || first.isWord("count") else { return false }
        return !call.contains { $0.isWord("distinct") || $0.isWord("over") || $0 == .symbol("/") }
            || item.isAdditive
    }

    /// Whether two statements are the same but for white space, comments and a final semicolon.
    static func same(_ left: String, _ right: String) -> Bool {
        func normal(_ sql: String) -> [SQLToken] {
            var tokens = SQLToken.scan(sql)
            while tokens.last == .symbol(";") { tokens.removeLast() }
            return tokens
        }
        return normal(left).elementsEqual(normal(right)) { $0 == $1 && $0.utf8.elementsEqual($1.utf8) }
    }

    /// Without trailing semicolons, white space and comments, so that it can stand inside another statement.
    static func body(_ sql: String) -> String {
        let scan = SQLScan(sql)
        // Where a quote does not end, nothing is known about what stands in it.
        let last = scan.isClosed ? scan.lexemes.last { $0.token != .symbol(";") } : nil
        return String(sql[..<(last?.range.upperBound ?? sql.endIndex)].drop(while: \.isWhitespace))
    }

    private mutating func readRelations(_ tokens: [SQLToken]) {
        struct Level {
            var hasSelect = false
            var inFrom = false
        }
        var levels = [Level()]
        var expects = false
        var names: Set<String> = []
        var common: Set<String> = []
        var index = 0
        while index < tokens.count {
            let token = tokens[index]
            switch token {
            case .symbol("("):
                levels.append(Level())
                if expects, levels.count > 1 {
                    // `FROM (a JOIN b …)` and `FROM (SELECT …)` alike.
                    levels[levels.count - 1].inFrom = true
                    levels[levels.count - 1].hasSelect = true
                }
            case .symbol(")"):
                if levels.count > 1 { levels.removeLast() }
                expects = false
            case .symbol(","):
                expects = levels[levels.count - 1].inFrom
            case .word(let word, isQuoted: false) where ["select", "insert", "update", "delete"].contains(word):
                levels[levels.count - 1] = Level(hasSelect: true, inFrom: false)
                expects = false
            case .word("from", isQuoted: false), .word("join", isQuoted: false):
                if levels[levels.count - 1].hasSelect {
                    levels[levels.count - 1].inFrom = true
                    expects = true
                }
            case .word("lateral", isQuoted: false), .word("only", isQuoted: false):
                break
            case .word(let word, isQuoted: false) where Self.clauseWords.contains(word):
                levels[levels.count - 1].inFrom = false
                expects = false
            case .word(let word, _):
                if index + 2 < tokens.count, tokens[index + 1].isWord("as"), tokens[index + 2] == .symbol("("),
                    !expects
                {
                    common.insert(word)
                }
                if expects {
                    var name = word
                    if index + 2 < tokens.count, tokens[index + 1] == .symbol("."),
                        case .word(let rest, _) = tokens[index + 2]
                    {
                        name += "." + rest
                        index += 2
                    }
                    let isCall = index + 1 < tokens.count && tokens[index + 1] == .symbol("(")
                    if !isCall, names.insert(name).inserted { relations.append(name) }
                    expects = false
                }
            default: break
            }
            index += 1
        }
        relations.removeAll { common.contains($0) }
    }

    private static let clauseWords = SQLWords.clausesAfterWhere.union(["where"])

    private mutating func readTop(_ tokens: [SQLToken]) {
        var depth = 0
        var section = ""
        var item: [SQLToken] = []
        func finished(_ item: [SQLToken]) -> Item? {
            guard case .word(let name, _) = item.last else { return nil }
            let start = item.first
            let isSum = start?.isWord("sum") == true
            let isCount = start?.isWord("count") == true
            var nested = 0
            var closesAt: Int?
            for (index, token) in item.enumerated() {
                if token == .symbol("(") { nested += 1 }
                if token == .symbol(")") {
                    nested -= 1
                    if nested == 0, closesAt == nil { closesAt = index }
                }
            }
            let rest = closesAt.map { item[($0 + 1)...] } ?? []
            let isPlain = rest.isEmpty || rest.first?.isWord("as") == true || rest.count == 1
            let isDistinct = item.dropFirst(2).first?.isWord("distinct") == true
            let alias = item.lastIndex { $0.isWord("as") }
            return Item(
                name: name, isAdditive: (isSum || isCount) && isPlain && !isDistinct, isCount: isCount && isPlain,
                expression: alias == item.count - 2 ? Array(item.prefix(item.count - 2)) : item)
        }
        for (index, token) in tokens.enumerated() {
            if token == .symbol("(") { depth += 1 }
            if token == .symbol(")") { depth -= 1 }
            if depth == 0, case .word(let word, false) = token {
                switch word {
                case "select":
                    section = items.isEmpty ? "select" : "later"
                    item = []
                    continue
                case "union", "except", "intersect":
                    hasUnion = true
                case "from":
                    if section == "select", let last = finished(item) { items.append(last) }
                    section = "from"
                case "order": section = "order"
                case "limit":
                    section = "limit"
                    if index + 1 < tokens.count, case .number(let text) = tokens[index + 1] { limit = Int(text) }
                default: break
                }
            }
            if section == "select" {
                if depth == 0, token == .symbol(",") {
                    if let done = finished(item) { items.append(done) }
                    item = []
                } else {
                    item.append(token)
                }
            }
            if section == "order", order == nil, depth == 0, token.isWord("by"), index + 1 < tokens.count {
                order = readOrder(tokens[(index + 1)...])
            }
        }
        if section == "select", let last = finished(item) { items.append(last) }
    }

    private func readOrder(_ tokens: ArraySlice<SQLToken>) -> Order? {
        let item = tokens.prefix {
            $0 != .symbol(",") && $0 != .symbol(")") && !$0.isWord("limit") && $0 != .symbol(";")
        }
        let isDescending = item.contains { $0.isWord("desc") }
        switch item.first {
        case .number(let text):
            guard let position = Int(text), items.indices.contains(position - 1) else { return nil }
            return Order(column: items[position - 1].name, isDescending: isDescending)
        case .word(let word, _):
            var name = word
            let second = item.dropFirst().first
            if second == .symbol("."), case .word(let column, _) = item.dropFirst(2).first { name = column }
            if second == .symbol("(") { return nil }
            return Order(column: name, isDescending: isDescending)
        default: return nil
        }
    }
}

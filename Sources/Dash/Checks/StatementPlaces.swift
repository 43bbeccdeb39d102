import SQLGuard

/// Finds parts of a statement in its text, from places that the parser gave. Nil wherever the two do not agree.
struct StatementPlaces: Sendable {
    private static let joinWords: Set<String> = ["where", "join", "left", "right", "inner", "full", "cross", "natural"]

    let sql: String
    private let lexemes: [SQLScan.Lexeme]

    init(_ sql: String) {
        self.sql = sql
        let scan = SQLScan(sql)
        lexemes = scan.isClosed ? scan.lexemes : []
    }

    /// The texts of all conditions of one clause, which begin at the given UTF-8 offsets.
    func conditions(from starts: [Int]) -> [Range<String.Index>]? {
        guard let place = starts.first.flatMap(lexeme(at:)) else { return nil }
        let first = begin(of: place)
        guard first > 0 else { return nil }
        let keyword = lexemes[first - 1].token
        let isJoin = keyword.isWord("on")
        guard isJoin || keyword.isWord("where") || keyword.isWord("having") else { return nil }
        guard let end = end(from: first, isJoin: isJoin) else { return nil }
        let pieces = starts.count == 1 ? [first..<end] : pieces(of: first..<end)
        guard pieces.count == starts.count else { return nil }
        let ranges = pieces.map {
            lexemes[$0.lowerBound].range.lowerBound..<lexemes[$0.upperBound - 1].range.upperBound
        }
        for (range, start) in zip(ranges, starts) {
            guard let index = index(at: start), range.contains(index) else { return nil }
        }
        return ranges
    }

    /// What stands before the outermost SELECT, and a FROM with its WHERE.
    func source(from start: Int) -> (common: Substring, from: Substring)? {
        guard let place = lexeme(at: start) else { return nil }
        let first = begin(of: place)
        guard first > 0, lexemes[first - 1].token.isWord("from"), let select = outermostSelect,
            let end = end(from: first, isJoin: false)
        else { return nil }
        let from = lexemes[first - 1].range.lowerBound..<lexemes[end - 1].range.upperBound
        return (sql[..<lexemes[select].range.lowerBound], sql[from])
    }

    private var outermostSelect: Int? {
        var depth = 0
        return lexemes.firstIndex { lexeme in
            depth += Self.step(lexeme.token)
            return depth == 0 && lexeme.token.isWord("select")
        }
    }

    private func index(at offset: Int) -> String.Index? {
        guard offset >= 0, offset <= sql.utf8.count else { return nil }
        return sql.utf8.index(sql.startIndex, offsetBy: offset)
    }

    private func lexeme(at offset: Int) -> Int? {
        guard let index = index(at: offset) else { return nil }
        return lexemes.firstIndex { $0.range.upperBound > index }
    }

    /// Goes back over what a condition or a query in FROM may begin with before the first thing whose place is known.
    private func begin(of place: Int) -> Int {
        var first = place
        while first > 0 {
            if lexemes[first - 1].token == .symbol("(") {
                first -= 1
                continue
            }
            var word = first
            if word > 0, lexemes[word - 1].token.isWord("distinct") { word -= 1 }
            guard word > 1, lexemes[word - 1].token.isWord("select"), lexemes[word - 2].token == .symbol("(") else {
                break
            }
            first = word - 2
        }
        return first
    }

    private func end(from first: Int, isJoin: Bool) -> Int? {
        var depth = 0
        var index = first
        while index < lexemes.count {
            let token = lexemes[index].token
            let step = Self.step(token)
            if depth + step < 0 || depth == 0 && (token == .symbol(";") || isJoin && token == .symbol(",")) { break }
            depth += step
            if depth == 0, case .word(let word, isQuoted: false) = token, index > first {
                let isCall = index + 1 < lexemes.count && lexemes[index + 1].token == .symbol("(")
                if SQLWords.clausesAfterWhere.contains(word) || isJoin && Self.joinWords.contains(word) && !isCall {
                    break
                }
            }
            index += 1
        }
        return depth == 0 && index > first ? index : nil
    }

    private func pieces(of range: Range<Int>) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var begin = range.lowerBound
        var (depth, cases, betweens) = (0, 0, 0)
        for index in range {
            let token = lexemes[index].token
            depth += Self.step(token)
            guard depth == 0, case .word(let word, isQuoted: false) = token else { continue }
            switch word {
            case "case": cases += 1
            case "end": cases -= 1
            case "between" where cases == 0: betweens += 1
            case "and" where cases == 0:
                if betweens > 0 {
                    betweens -= 1
                } else {
                    guard begin < index else { return [] }
                    pieces.append(begin..<index)
                    begin = index + 1
                }
            default: break
            }
        }
        guard begin < range.upperBound else { return [] }
        return pieces + [begin..<range.upperBound]
    }

    private static func step(_ token: SQLToken) -> Int {
        switch token {
        case .symbol("("), .symbol("["): 1
        case .symbol(")"), .symbol("]"): -1
        default: 0
        }
    }
}

/// Reads just enough of SQL's lexical structure to find words outside of parentheses, quotes and comments.
enum SQLWords {
    struct Word {
        /// Lower case.
        var text: String
        var range: Range<String.Index>
    }

    /// The words outside of parentheses; nil where quotes or parentheses do not balance, or where a semicolon or a
    /// comment occurs.
    static func topLevel(of sql: String) -> [Word]? {
        var words: [Word] = []
        let isBalanced = scan(sql) { word, depth in
            if depth == 0 { words.append(word) }
        }
        return isBalanced ? words : nil
    }

    /// Whether a function is called, at any depth, that makes one value of many rows.
    static func callsAggregate(_ expression: String) -> Bool {
        let aggregates: Set<String> = [
            "sum", "count", "avg", "min", "max", "stddev", "stddev_pop", "stddev_samp", "variance", "var_pop",
            "var_samp", "percentile_cont", "percentile_disc", "mode", "bool_and", "bool_or", "every", "array_agg",
            "string_agg", "corr", "covar_pop", "covar_samp", "regr_slope", "regr_r2", "regr_intercept", "bit_and",
            "bit_or", "json_agg", "jsonb_agg", "any_value",
        ]
        var found = false
        let isBalanced = scan(expression) { word, _ in
            guard aggregates.contains(word.text) else { return }
            let rest = expression[word.range.upperBound...].drop(while: \.isWhitespace)
            if rest.first == "(" { found = true }
        }
        return isBalanced && found
    }

    private static func scan(_ sql: String, _ visit: (Word, _ depth: Int) -> Void) -> Bool {
        var index = sql.startIndex
        var depth = 0
        while index < sql.endIndex {
            let character = sql[index]
            switch character {
            case "(":
                depth += 1
                index = sql.index(after: index)
            case ")":
                depth -= 1
                guard depth >= 0 else { return false }
                index = sql.index(after: index)
            case "'", "\"":
                guard let end = endOfQuote(in: sql, from: index) else { return false }
                index = end
            case ";": return false
            case "-" where sql[index...].hasPrefix("--"), "/" where sql[index...].hasPrefix("/*"): return false
            case let letter where letter.isLetter || letter == "_":
                let end = sql[index...].firstIndex { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "$") }
                let range = index..<(end ?? sql.endIndex)
                // `t.from` is a column, whatever its name.
                if index == sql.startIndex || sql[sql.index(before: index)] != "." {
                    visit(Word(text: sql[range].lowercased(), range: range), depth)
                }
                index = range.upperBound
            default: index = sql.index(after: index)
            }
        }
        return depth == 0
    }

    private static func endOfQuote(in sql: String, from start: String.Index) -> String.Index? {
        let quote = sql[start]
        var index = sql.index(after: start)
        while index < sql.endIndex {
            defer { index = sql.index(after: index) }
            guard sql[index] == quote else { continue }
            let next = sql.index(after: index)
            if next < sql.endIndex, sql[next] == quote {
                index = next
            } else {
                return next
            }
        }
        return nil
    }
}

/// Finds the words of SQL outside of parentheses, quotes and comments.
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
        var found = false
        let isBalanced = scan(expression) { word, _ in
            guard aggregates.contains(word.text) else { return }
            let rest = expression[word.range.upperBound...].drop(while: \.isWhitespace)
            if rest.first == "(" { found = true }
        }
        return isBalanced && found
    }

    /// What may follow the conditions of a SELECT.
    static let clausesAfterWhere: Set<String> = [
        "group", "order", "having", "limit", "union", "intersect", "except", "window", "offset", "fetch", "for",
        "returning",
    ]

    static let aggregates: Set<String> = [
        "sum", "count", "avg", "min", "max", "stddev", "stddev_pop", "stddev_samp", "variance", "var_pop", "var_samp",
        "percentile_cont", "percentile_disc", "mode", "bool_and", "bool_or", "every", "array_agg", "string_agg", "corr",
        "covar_pop", "covar_samp", "regr_slope", "regr_r2", "regr_intercept", "bit_and", "bit_or", "json_agg",
        "jsonb_agg", "any_value",
    ]

    /// False where the text is not one balanced piece of a statement.
    private static func scan(_ sql: String, _ visit: (Word, _ depth: Int) -> Void) -> Bool {
        let scan = SQLScan(sql)
        guard scan.isClosed, !scan.hasComment else { return false }
        var depth = 0
        var previous: SQLToken?
        for lexeme in scan.lexemes {
            switch lexeme.token {
            case .symbol("("): depth += 1
            case .symbol(")"):
                depth -= 1
                guard depth >= 0 else { return false }
            case .symbol(";"): return false
            // `t.from` is a column, whatever its name.
            case .word(let word, isQuoted: false) where previous != .symbol("."):
                visit(Word(text: word, range: lexeme.range), depth)
            default: break
            }
            previous = lexeme.token
        }
        return depth == 0
    }
}

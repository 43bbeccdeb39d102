/// What set-up changed, counted by kind.
struct ChangeSummary {
    var text: String

    /// - Parameter statements: the statements that ran.
    init(_ statements: [String]) {
        guard !statements.isEmpty else {
            text = "Everything was in place."
            return
        }
        var kinds: [String] = []
        var counts: [String: Int] = [:]
        for statement in statements {
            let kind = Self.kind(of: statement)
            if counts[kind] == nil { kinds.append(kind) }
            counts[kind, default: 0] += 1
        }
        let list = kinds.map { "\($0) \(counts[$0] ?? 0)" }.joined(separator: ", ")
        let total = statements.count == 1 ? "1 change" : "\(statements.count) changes"
        text = "\(total) made: \(list)."
    }

    /// `CREATE ROLE`, `GRANT`, `ALTER DEFAULT PRIVILEGES`: the words that say what a statement does.
    private static func kind(of statement: String) -> String {
        let words = statement.split(maxSplits: 3, whereSeparator: \.isWhitespace).prefix(3).map { $0.uppercased() }
        switch words.first {
        case "GRANT", "REVOKE": return words[0]
        case "ALTER" where words.starts(with: ["ALTER", "DEFAULT"]): return words.joined(separator: " ")
        default: return words.prefix(2).joined(separator: " ")
        }
    }
}

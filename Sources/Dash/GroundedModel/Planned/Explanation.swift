import Planner

/// "Why that number?": a question for how the answer before came about.
enum Explanation {
    static func isAsked(_ text: String) -> Bool {
        let words = Words.plain(text).filter { !["please", "just", "exactly", "the", "so", "did"].contains($0) }
        guard (1...9).contains(words.count) else { return false }
        let rest = words.filter { !pointing.contains($0) }
        let points = rest.count < words.count
        switch rest {
        case ["why"]: return points || words.count == 1
        case ["how"]: return words.count == 1
        case let rest where rest.contains("sql") || rest.contains("statement"):
            return rest.allSatisfy {
                [
                    "show", "sql", "statement", "what", "was", "is", "me", "used", "you", "run", "ran", "see", "i",
                    "can", "query",
                ].contains($0)
            }
        case let rest where rest.first == "how":
            return rest.dropFirst().allSatisfy { making.contains($0) } && (points || rest.contains("you"))
        case let rest where rest.first == "where":
            return points && rest.dropFirst().allSatisfy { ["does", "do", "come", "comes", "from", "is"].contains($0) }
        case ["explain"]: return points
        default: return false
        }
    }

    /// Whether a follow-up that changes nothing asks for what stands behind the number.
    static func isMeant(_ text: String) -> Bool {
        let words = Words.plain(text)
        return words.contains("why") || words.contains("explain") || words.starts(with: ["how", "come"])
            || words.contains { $0.hasPrefix("caus") } || words.contains("drives") || words.contains("reason")
    }

    private static let pointing: Set<String> = [
        "that", "this", "it", "number", "numbers", "result", "value", "figure", "answer",
    ]
    private static let making: Set<String> = [
        "you", "get", "got", "compute", "computed", "calculate", "calculated", "is", "was", "were", "come", "know",
        "to",
        "at", "arrive", "do", "does", "about", "made", "make", "we", "find", "found", "up", "with", "of",
    ]

    /// What it is made of, a line each; the statement stands below the answer.
    static func lines(_ provenance: Provenance) -> String {
        var lines = provenance.definitions.map { "Definition: \($0.name): \($0.text)" }
        if !provenance.filters.isEmpty { lines.append("Filters: \(provenance.filters.joined(separator: "; "))") }
        if let period = provenance.period { lines.append("Period: \(period)") }
        if !provenance.tables.isEmpty {
            lines.append("Tables: \(provenance.tables.map(Provenance.short).joined(separator: ", "))")
        }
        for freshness in provenance.freshness {
            lines.append("Data of \(Provenance.short(freshness.table)) up to: \(freshness.latest)")
        }
        if let query = provenance.validatedQuery { lines.append("Validated query: \(query)") }
        lines += provenance.statements.prefix(2).map {
            "SQL: \($0.split(whereSeparator: \.isWhitespace).joined(separator: " "))"
        }
        return lines.joined(separator: "\n")
    }
}

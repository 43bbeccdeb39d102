import Planner

extension Metric {
    /// Everything it is called: "Monthly Recurring Revenue (MRR)" goes by both names, then come its synonyms.
    var names: [String] { ownNames + synonyms.filter(Self.hasLetter) }

    /// "Monthly Recurring Revenue (MRR)" is MRR for short.
    /// Of a name alone: the shortest of "Monthly Recurring Revenue (MRR)".
    static func shortName(of name: String) -> String {
        name.split { $0 == "(" || $0 == ")" }.map { SourceText.trimmed($0) }.filter { !$0.isEmpty }
            .min { $0.count < $1.count } ?? name
    }

    var shortName: String {
        ownNames.map { SourceText.trimmed($0[...]) }.min { $0.count < $1.count } ?? name
    }

    /// The output column of its statement.
    var columnName: String { Words.slug(Words.plain(shortName)) ?? "value" }

    var isSnapshot: Bool { if case .snapshot = kind { true } else { false } }

    var firstTable: String { table.split(separator: ",").first.map { SourceText.trimmed($0) } ?? table }

    /// Whether its values by group add up to its value.
    var isAdditive: Bool {
        switch kind {
        case .sum, .count: return true
        case .countDistinct, .average, .ratio: return false
        case .snapshot, nil:
            guard let expression = expression ?? MetricCalculation(parsing: calculation)?.expression else {
                return false
            }
            return SQLOutline("SELECT \(expression) AS x").items.first?.isAdditive ?? false
        }
    }

    /// Whether its value is a number of things.
    var isCount: Bool {
        switch kind {
        case .count, .countDistinct: return true
        case .sum, .average, .ratio: return false
        case .snapshot, nil:
            let text = expression ?? calculation
            return text.lowercased().drop(while: \.isWhitespace).hasPrefix("count")
        }
    }

    private var ownNames: [String] {
        var names: [String] = []
        var rest = ""
        for part in name.split(separator: "(", omittingEmptySubsequences: true) {
            if let close = part.firstIndex(of: ")") {
                names.append(String(part[..<close]))
                rest += part[part.index(after: close)...]
            } else {
                rest += part
            }
        }
        return ([rest] + names).filter(Self.hasLetter)
    }

    private static func hasLetter(_ name: String) -> Bool {
        name.contains { $0.isLetter || $0.isNumber || $0 == "%" }
    }
}

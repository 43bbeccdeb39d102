import ServiceRuntime

/// How a cell of a result is shown to people.
package struct CellText: Sendable {
    /// Longer texts are cut; a table is to be looked over, not read.
    private static let longestText = 200

    package let column: ResultTable.Column
    private let isIdentifier: Bool
    private let showsDatesOnly: Bool

    /// `values` are all cells of the column: a column of midnights is shown as dates.
    package init(column: ResultTable.Column, values: some Sequence<String?>) {
        self.column = column
        let words = column.name.lowercased().split { !$0.isLetter && !$0.isNumber }
        isIdentifier = words.contains { ["id", "year", "code", "zip", "number", "no", "key"].contains($0) }
        let isMidnight = { (text: String) in
            text.dropFirst(10).hasPrefix(" 00:00:00") && !text.dropFirst(19).hasPrefix(".")
        }
        showsDatesOnly = column.type == .timestamp && values.compactMap(\.self).allSatisfy(isMidnight)
    }

    package func text(_ value: String?) -> String {
        guard let value, !value.allSatisfy(\.isWhitespace) else { return "—" }
        if let meaning = column.meaning, let number = Double(value), number.isFinite {
            switch meaning {
            case .relativeChange:
                let percent = NumberText.rounded(number * 100, places: 1, padded: false)
                return (number > 0 && percent != "0" ? "+" : "") + percent + " %"
            case .unit(let unit): return NumberText.formatted(value, unit: unit)
            }
        }
        switch column.type {
        case .integer: return isIdentifier ? value : DecimalText.grouped(value)
        case .decimal: return isIdentifier ? value : Self.rounded(value)
        case .boolean: return value == "t" ? "yes" : value == "f" ? "no" : value
        case .timestamp: return showsDatesOnly ? String(value.prefix(10)) : Self.withoutFraction(value)
        case .date, .text, .json, .other: return Self.clipped(value)
        }
    }

    /// `monthly_revenue` as `Monthly revenue`, `mrr` as `MRR`, `share_pct` as `Share %`.
    package static func title(of column: String) -> String {
        let words = column.split(separator: "_").map(word)
        guard let first = words.first else { return "—" }
        return clipped(([first.prefix(1).uppercased() + first.dropFirst()] + words.dropFirst()).joined(separator: " "))
    }

    private static func word(_ text: Substring) -> String {
        if NumberText.percentWords.contains(String(text)) { return "%" }
        return isAbbreviation(text) ? text.uppercased() : String(text)
    }

    /// Those of business that could be pronounced.
    private static let spoken: Set<String> = [
        "api", "arr", "arpa", "arpu", "aov", "acv", "cac", "csat", "dau", "mau", "wau", "eur", "usd", "kpi", "roi",
        "sku",
        "sla", "vat", "url",
    ]

    /// Three letters that nobody can pronounce are an abbreviation.
    static func isAbbreviation(_ text: some StringProtocol) -> Bool {
        spoken.contains(String(text))
            || text.count == 3 && text.allSatisfy { $0.isASCII && $0.isLetter && !"aeiouy".contains($0) }
                && !["cnt", "hrs", "nbr"].contains(String(text))
    }

    /// More than four decimals are noise of a division: two, or four significant ones below 1.
    private static func rounded(_ text: String) -> String {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count > 4 else {
            return DecimalText.fixed(text, decimals: parts.count == 2 ? parts[1].count : 0) ?? text
        }
        let isBelowOne = parts[0].allSatisfy { $0 == "0" || $0 == "-" }
        let decimals = isBelowOne ? min(parts[1].prefix { $0 == "0" }.count + 4, 12) : 2
        return DecimalText.fixed(text, decimals: decimals) ?? text
    }

    private static func withoutFraction(_ text: String) -> String {
        guard let dot = text.firstIndex(of: ".") else { return text }
        return String(text[..<dot] + text[dot...].dropFirst().drop { $0.isNumber })
    }

    private static func clipped(_ text: some StringProtocol) -> String {
        let line = String(text.prefix(longestText + 1).map { $0.isNewline || $0 == "\t" ? " " : $0 })
        return line.count > longestText ? line.prefix(longestText - 1) + "…" : line
    }
}

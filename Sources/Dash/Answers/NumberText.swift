import Planner
import ServiceRuntime

/// Writes numbers the way people read them, from PostgreSQL's text and the unit that knowledge declares.
package enum NumberText {
    /// How units and sentences say percent.
    static let percentWords: Set<String> = ["percent", "%", "pct", "percentage"]

    /// `1234567.5` with unit USD is `$1,234,567.50`; with percent `12.5%`; without a unit `1,234,567.5`.
    package static func formatted(_ text: String, unit: String? = nil) -> String {
        guard let value = Double(text), value.isFinite else { return text }
        return formatted(value, digits: text, unit: unit)
    }

    package static func formatted(_ value: Double, unit: String? = nil) -> String {
        formatted(value, digits: nil, unit: unit)
    }

    static func isMoneyOrPercent(_ unit: String) -> Bool {
        switch Unit(unit) {
        case .money, .percent, .fraction: true
        case .other, .none: false
        }
    }

    static func isPercent(_ unit: String?) -> Bool {
        if case .percent = Unit(unit) { true } else { false }
    }

    private static func formatted(_ value: Double, digits: String?, unit: String?) -> String {
        switch Unit(unit) {
        case .money(let symbol, let isPrefix):
            let number = DecimalText.grouped(rounded(abs(value), places: 2, padded: true))
            let sign = value < 0 && number.contains(where: { ("1"..."9").contains($0) }) ? "-" : ""
            return isPrefix ? sign + symbol + number : "\(sign)\(number) \(symbol)"
        case .percent: return plain(value, digits, places: 1) + "%"
        case .fraction: return plain(value * 100, nil, places: 1) + "%"
        case .other(let name): return plain(value, digits, places: 2) + " " + (value == 1 ? singular(name) : name)
        case .none: return plain(value, digits, places: 2)
        }
    }

    /// "customer" of "customers"; of "hours per ticket" the first.
    private static func singular(_ unit: String) -> String {
        guard let end = unit.firstIndex(of: " ") ?? Optional(unit.endIndex), end > unit.startIndex else { return unit }
        let noun = String(unit[..<end])
        guard noun.hasSuffix("s"), !noun.hasSuffix("ss"), noun.allSatisfy({ $0.isLetter }),
            let one = Stemmer.variants(of: noun.lowercased()).first, noun.hasPrefix(one.prefix(1)), one != noun
        else { return unit }
        return one + unit[end...]
    }

    private static func plain(_ value: Double, _ digits: String?, places: Int) -> String {
        // Beyond what a Double holds exactly the server's own digits are kept.
        if let digits, abs(value) >= 1e15, !digits.lowercased().contains("e") { return DecimalText.grouped(digits) }
        return DecimalText.grouped(rounded(value, places: abs(value) < 0.1 && value != 0 ? 4 : places, padded: false))
    }

    /// Half away from zero, in plain digits.
    static func rounded(_ value: Double, places: Int, padded: Bool) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (value.magnitude * scale + 1e-9 * max(1, value.magnitude)).rounded(.toNearestOrAwayFromZero)
        guard scaled < 9e18 else { return "\(value)" }
        var digits = String(Int64(scaled))
        while digits.count <= places { digits = "0" + digits }
        var whole = String(digits.dropLast(places))
        var fraction = String(digits.suffix(places))
        if !padded { while fraction.hasSuffix("0") { fraction.removeLast() } }
        if value < 0, scaled != 0 { whole = "-" + whole }
        return fraction.isEmpty ? whole : "\(whole).\(fraction)"
    }

    private enum Unit {
        case money(String, isPrefix: Bool), percent, fraction, other(String), none

        init(_ text: String?) {
            guard let text, !text.isEmpty else {
                self = .none
                return
            }
            // "USD per month" is money; a scale such as "1 to 5" is no unit to write behind a number.
            let unit =
                text.contains(" ") && text.prefix(4) == text.prefix(3).uppercased() + " "
                ? String(text.prefix(3)) : text
            if text.first?.isNumber == true {
                self = .none
                return
            }
            switch unit.lowercased() {
            case "usd", "$", "dollar", "dollars": self = .money("$", isPrefix: true)
            case "eur", "€", "euro", "euros": self = .money("€", isPrefix: true)
            case "gbp", "£": self = .money("£", isPrefix: true)
            case let name where NumberText.percentWords.contains(name): self = .percent
            case "ratio", "fraction": self = .fraction
            case "count", "number", "none": self = .none
            case _ where unit.count == 3 && unit.allSatisfy({ $0.isUppercase && $0.isASCII }):
                self = .money(unit, isPrefix: false)
            default: self = .other(text)
            }
        }
    }
}

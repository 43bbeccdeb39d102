/// Formatting of numbers that are given as decimal digits, exactly and of any length, as PostgreSQL's `numeric` is.
package enum DecimalText {
    /// A fixed number of decimals, halves rounded away from zero; nil where the text is not `-?digits[.digits]`.
    package static func fixed(_ text: String, decimals: Int, grouping: Bool = true) -> String? {
        var digits = Array(text.utf8)
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits.removeFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty else { return nil }
        let fraction = parts.count > 1 ? Array(parts[1]) : []
        guard parts.count == 1 || !fraction.isEmpty, (whole + fraction).allSatisfy(isDigit) else { return nil }

        let decimals = max(0, decimals)
        var kept = Array(whole) + fraction.prefix(decimals)
        kept += Array(repeating: UInt8(ascii: "0"), count: max(0, decimals - fraction.count))
        if fraction.count > decimals, fraction[decimals] >= UInt8(ascii: "5") { increment(&kept) }
        let split = kept.count - decimals
        var result = String(decoding: kept[..<split], as: UTF8.self)
        if decimals > 0 { result += "." + String(decoding: kept[split...], as: UTF8.self) }
        return finished((isNegative ? "-" : "") + result, grouping: grouping)
    }

    /// The text with a comma after every third digit of its whole part; sign and fraction stay.
    package static func grouped(_ text: String) -> String {
        let isNegative = text.hasPrefix("-")
        let unsigned = isNegative ? text.dropFirst() : Substring(text)
        let whole = unsigned.prefix { $0 != "." }
        var result = isNegative ? "-" : ""
        for (index, digit) in whole.enumerated() {
            if index > 0 && (whole.count - index) % 3 == 0 { result += "," }
            result.append(digit)
        }
        return result + unsigned[whole.endIndex...]
    }

    /// Drops the sign of a zero, and groups on request.
    static func finished(_ text: String, grouping: Bool) -> String {
        let isZero = text.allSatisfy { $0 == "-" || $0 == "0" || $0 == "." }
        let unsigned = isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
        return grouping ? grouped(unsigned) : unsigned
    }

    private static func increment(_ digits: inout [UInt8]) {
        for index in digits.indices.reversed() {
            if digits[index] < UInt8(ascii: "9") {
                digits[index] += 1
                return
            }
            digits[index] = UInt8(ascii: "0")
        }
        digits.insert(UInt8(ascii: "1"), at: 0)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

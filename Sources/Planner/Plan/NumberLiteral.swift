/// A number as SQL writes it: an optional sign, digits, at most one point. As text in JSON, so that no digit is lost.
package struct NumberLiteral: Sendable, Hashable, Codable, CustomStringConvertible {
    package let description: String

    /// Nil for what is not such a number, or has more than 40 digits.
    package init?(_ text: String) {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), digits.utf8.count <= 41,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        description = text
    }

    package init(_ number: Int) { description = String(number) }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let number = NumberLiteral(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number")
        }
        self = number
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

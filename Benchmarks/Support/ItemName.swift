/// The made-up thing that a question is about: a word that no other question has, and that its answer must contain.
///
/// Letters only: numbers in an answer would have to come from a result.
package enum ItemName {
    private static let prefix = "kite"
    private static let letters = 6

    package static func of(_ number: Int) -> String {
        var rest = number
        var name = ""
        for _ in 0..<letters {
            name = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(rest % 10))) + name
            rest /= 10
        }
        return prefix + name
    }

    /// The mark of one paragraph of the answer.
    package static func mark(_ name: String, paragraph: Int) -> String {
        "\(name)-part-\(String(UnicodeScalar(UInt8(ascii: "a") + UInt8(paragraph % 26))))"
    }

    /// The last name in a text.
    package static func last(in text: String) -> String? {
        var rest = text[...]
        var found: String?
        while let range = rest.firstRange(of: prefix) {
            let name = rest[range.upperBound...].prefix(letters)
            if name.utf8.count == letters, name.utf8.allSatisfy({ (97...106).contains($0) }) { found = prefix + name }
            rest = rest[range.upperBound...]
        }
        return found
    }
}

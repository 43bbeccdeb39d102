/// Texts made alike that people write differently: case, accents, white space and punctuation.
package enum FoldedText {
    /// In lower case and without accents; everything else stays.
    package static func letters(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        var result = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars { append(scalar, to: &result) }
        return String(result)
    }

    /// Words of letters and digits with one blank between them, as bytes: "Boston, MA" and "boston  ma" are the same.
    ///
    /// Apostrophes leave no gap ("McDonald's", "mcdonalds"), and a plus or a number sign behind a letter stays ("C++").
    package static func key(_ text: some StringProtocol) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(text.utf8.count)
        appendKey(text, to: &key)
        return key
    }

    package static func appendKey(_ text: some StringProtocol, to key: inout [UInt8]) {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            for byte in text.utf8 { append(byte, to: &key) }
        } else {
            var folded = String.UnicodeScalarView()
            for scalar in text.lowercased().unicodeScalars { append(scalar, to: &folded) }
            for scalar in folded {
                if scalar.value < 0x80 {
                    append(UInt8(scalar.value), to: &key)
                } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                    key += Array(String(scalar).utf8)
                } else if scalar != "’", scalar != "‘" {
                    gap(&key)
                }
            }
        }
        while key.last == blank { key.removeLast() }
    }

    private static let blank = UInt8(ascii: " ")

    private static func append(_ byte: UInt8, to key: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): key.append(byte)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): key.append(byte + 32)
        case UInt8(ascii: "'"): break
        case UInt8(ascii: "+"), UInt8(ascii: "#"):
            if key.isEmpty || key.last == blank { gap(&key) } else { key.append(byte) }
        default: gap(&key)
        }
    }

    private static func gap(_ key: inout [UInt8]) {
        if let last = key.last, last != blank { key.append(blank) }
    }

    /// Of a letter in lower case, without its accent; composed and combining ones alike.
    private static func append(_ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
        switch scalar.value {
        case 0..<0x80: result.append(scalar)
        case 0x300...0x36F: break
        case 0xDF: result.append(contentsOf: "ss".unicodeScalars)
        case 0xE6: result.append(contentsOf: "ae".unicodeScalars)
        case 0x153: result.append(contentsOf: "oe".unicodeScalars)
        case 0xC0...0x17F, 0x1E00...0x1EFF:
            if let base = bases[scalar] { result.append(base) } else { result.append(scalar) }
        default: result.append(scalar)
        }
    }

    private static let bases: [Unicode.Scalar: Unicode.Scalar] = {
        let groups: [(Unicode.Scalar, String)] = [
            ("a", "àáâãäåāăąạảấầẩẫậắằẳẵặ"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
            ("g", "ĝğġģ"), ("h", "ĥħ"), ("i", "ìíîïĩīĭįıỉị"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŋ"),
            ("o", "òóôõöøōŏőọỏốồổỗộớờởỡợ"), ("r", "ŕŗř"), ("s", "śŝşšṣ"), ("t", "ţťŧṭ"),
            ("u", "ùúûüũūŭůűųụủứừửữự"), ("w", "ŵẁẃẅ"), ("y", "ýÿŷỳỵỷỹ"), ("z", "źżž"),
        ]
        var bases: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (base, letters) in groups {
            for scalar in letters.unicodeScalars { bases[scalar] = base }
        }
        return bases
    }()
}

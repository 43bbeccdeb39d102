import ServiceRuntime

/// Rows in COPY's text format: tab between fields, newline after a row, `\N` for NULL.
struct CopyText: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var rows = 0
    private var isAtRowStart = true

    mutating func append(_ text: String?) {
        separate()
        guard let text else {
            bytes += [0x5C, 0x4E]
            return
        }
        for byte in text.utf8 {
            switch byte {
            case 0x5C: bytes += [0x5C, 0x5C]
            case 0x09: bytes += [0x5C, 0x74]
            case 0x0A: bytes += [0x5C, 0x6E]
            case 0x0D: bytes += [0x5C, 0x72]
            default: bytes.append(byte)
            }
        }
    }

    mutating func append(_ value: Int?) {
        guard let value else { return append(String?.none) }
        append(plain: String(value))
    }

    mutating func append(_ value: (some RawRepresentable<String>)?) {
        append(value?.rawValue)
    }

    mutating func append(_ date: CivilDate) {
        append(plain: date.description)
    }

    /// Hundredths as a number with two decimals; the value must not be negative.
    mutating func append(hundredths value: Int) {
        append(plain: "\(value / 100).\(Self.twoDigits(value % 100))")
    }

    /// A moment in seconds since 1970, in UTC.
    mutating func append(moment seconds: Int?) {
        guard let seconds else { return append(String?.none) }
        let date = CivilDate(secondsSince1970: seconds)
        let second = seconds - date.secondsSince1970
        let time = [second / 3_600, second / 60 % 60, second % 60].map(Self.twoDigits).joined(separator: ":")
        append(plain: "\(date) \(time)+00")
    }

    mutating func endRow() {
        bytes.append(0x0A)
        rows += 1
        isAtRowStart = true
    }

    /// Text in which nothing needs escaping.
    private mutating func append(plain text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func separate() {
        if !isAtRowStart { bytes.append(0x09) }
        isAtRowStart = false
    }

    private static func twoDigits(_ value: Int) -> String {
        value < 10 ? "0\(value)" : String(value)
    }
}

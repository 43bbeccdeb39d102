import FoundationEssentials

/// Recognises given values without keeping them: of each form a keyed hash of its first eight bytes and of the whole.
struct SecretFingerprints: Sendable {
    private static let window = 8
    private static let shortest = 8

    private struct Value: Sendable {
        var length: Int
        var digest: [UInt8]
    }

    private let factor: UInt64
    private let key: [UInt8]
    /// One bit for each of 65,536 hashes of a window.
    private var bits = [UInt64](repeating: 0, count: 1024)
    private var values: [UInt64: [Value]] = [:]

    init() {
        let random = RandomBytes.generate(40)
        factor = random.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } | 1
        key = Array(random.dropFirst(8))
    }

    var isEmpty: Bool { values.isEmpty }

    mutating func add(_ secret: Secret) {
        let bytes = Array(secret.reveal().utf8)
        guard Self.isUncommon(bytes) else { return }
        for form in Self.forms(of: bytes) where form.count >= Self.shortest {
            let hash = form.prefix(Self.window).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } &* factor
            let value = Value(length: form.count, digest: SHA256.hmac(key: key, form))
            guard values[hash]?.contains(where: { $0.digest == value.digest }) != true else { continue }
            let slot = Int(truncatingIfNeeded: hash >> 48)
            bits[slot >> 6] |= 1 << UInt64(slot & 63)
            values[hash, default: []].append(value)
        }
    }

    /// Ranges of known values, in order and apart from each other.
    func matches(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        guard !isEmpty, bytes.count >= Self.window else { return [] }
        var found: [Range<Int>] = []
        var current: UInt64 = 0
        var free = 0
        bits.withUnsafeBufferPointer { bits in
            for end in 0..<bytes.count {
                current = current << 8 | UInt64(bytes[end])
                guard end >= Self.window - 1 else { continue }
                let hash = current &* factor
                let slot = Int(truncatingIfNeeded: hash >> 48)
                guard bits[slot >> 6] & (1 << UInt64(slot & 63)) != 0 else { continue }
                let start = end - Self.window + 1
                guard start >= free, let length = length(of: hash, at: start, in: bytes) else { continue }
                found.append(start..<start + length)
                free = start + length
            }
        }
        return found
    }

    private func length(of hash: UInt64, at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        values[hash]?.first { value in
            start + value.length <= bytes.count
                && ConstantTime.areEqual(SHA256.hmac(key: key, bytes[start..<start + value.length]), value.digest)
        }?.length
    }

    /// A password such as `postgres` would be found in half of all sentences.
    private static func isUncommon(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= shortest else { return false }
        let hasDigit = bytes.contains { (48...57).contains($0) }
        let hasLetter = bytes.contains { (65...90).contains($0) || (97...122).contains($0) }
        let isMixed = hasDigit && hasLetter || bytes.contains { $0 > 126 || $0 < 33 }
        return isMixed || bytes.count >= 20 || Set(bytes).count >= 14
    }

    /// As it is, percent-encoded, as in HTML, in Slack's texts and in JSON, in hexadecimal digits, and in base64 wherever it
    /// stands within what was encoded.
    private static func forms(of bytes: [UInt8]) -> [[UInt8]] {
        var forms = [bytes, percentEncoded(bytes, uppercase: true), percentEncoded(bytes, uppercase: false)]
        let hex = Hex.encode(bytes)
        forms += [Array(hex.utf8), Array(hex.uppercased().utf8)]
        let inSlack: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;"]
        forms.append(replacing(bytes, inSlack))
        for apostrophe in ["&#39;", "&#x27;", "&apos;"] {
            forms.append(replacing(bytes, inSlack.merging(["\"": "&quot;", "'": apostrophe]) { $1 }))
        }
        // Slack escapes once more what somebody wrote escaped.
        forms += forms.dropFirst(5).map { replacing($0, inSlack) }
        // A text of several lines is often written in one.
        let line = bytes.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        if line.count < bytes.count { forms.append(line) }
        let inJSON = Array(
            JSONValue.string(String(decoding: bytes, as: UTF8.self)).encoded().utf8.dropFirst().dropLast())
        forms += [inJSON, replacing(inJSON, ["/": "\\/"])]
        // An SQL literal doubles the apostrophes within.
        forms.append(replacing(bytes, ["'": "''"]))
        for offset in 0..<3 {
            let encoded = Array(Data([UInt8](repeating: 0, count: offset) + bytes).base64EncodedString().utf8)
            let first = [0, 2, 3][offset]
            let last = (offset + bytes.count) * 8 / 6
            guard last > first else { continue }
            let part = Array(encoded[first..<last])
            forms.append(part)
            forms.append(
                part.map {
                    $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0
                })
        }
        return forms
    }

    private static func replacing(_ bytes: [UInt8], _ texts: [Character: String]) -> [UInt8] {
        bytes.flatMap { byte in texts[Character(Unicode.Scalar(byte))].map { Array($0.utf8) } ?? [byte] }
    }

    private static func percentEncoded(_ bytes: [UInt8], uppercase: Bool) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                return [byte]
            default:
                let hex = String(byte, radix: 16, uppercase: uppercase)
                return Array(("%" + (byte < 16 ? "0" : "") + hex).utf8)
            }
        }
    }
}

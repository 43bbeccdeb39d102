import Glibc

/// Words that say that what follows them is a secret, and how such a value looks.
enum SecretNames {
    enum Word: Sendable {
        /// Any value that is no plain word.
        case password
        /// Only values that look random.
        case token
    }

    /// Spelled without regard to case, wherever they stand within a name.
    static let words: [(word: [UInt8], meaning: Word)] =
        [
            "password", "passwd", "passphrase", "pwd",
        ].map { (Array($0.utf8), .password) }
        + [
            "secret", "token", "apikey", "api_key", "api-key", "api key", "access_key", "accesskey", "private_key",
            "signing_key", "auth_key", "encryption_key", "credential", "authorization", "bearer",
        ].map { (Array($0.utf8), .token) }

    /// What a value is whose name says something about it: a cell of a column, a member of an object.
    static func kind(ofValue text: String, named name: String) -> SecretKind? {
        guard let meaning = meaning(of: name) else { return nil }
        var text = text
        return text.withUTF8 { bytes in
            let value = UnsafeBufferPointer(rebasing: bytes[trimmed(bytes)])
            guard !value.contains(where: { $0 <= 32 }) else { return nil }
            switch meaning {
            case .password: return isPassword(value) ? .password : nil
            case .token: return isRandom(value) ? .highEntropy : nil
            }
        }
    }

    private static func meaning(of name: String) -> Word? {
        let name = Array(name.lowercased().utf8)
        guard name.count <= 200 else { return nil }
        return words.first { contains($0.word, in: name) }?.meaning
    }

    private static func contains(_ word: [UInt8], in name: [UInt8]) -> Bool {
        guard name.count >= word.count else { return false }
        return (0...(name.count - word.count)).contains { name[$0..<$0 + word.count].elementsEqual(word) }
    }

    private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        var range = bytes.indices
        while let first = range.first, bytes[first] <= 32 { range = range.dropFirst() }
        while let last = range.last, bytes[last] <= 32 { range = range.dropLast() }
        return range
    }

    /// Letters with digits or signs; not a name, a number or a date.
    static func isPassword(_ value: some Collection<UInt8>) -> Bool {
        guard (6...512).contains(value.count), value.contains(where: isLetter) else { return false }
        return !isWords(value)
    }

    /// Sixteen bytes or more, letters and digits, spread evenly; not words, and not a UUID.
    static func isRandom(_ value: some Collection<UInt8>) -> Bool {
        guard (16...4096).contains(value.count), value.contains(where: isLetter), value.contains(where: isDigit),
            value.allSatisfy({ isLetter($0) || isDigit($0) || [43, 45, 46, 47, 61, 95, 126].contains($0) }),
            !isWords(value), !isUUID(value)
        else { return false }
        return entropy(value) >= 3
    }

    /// Only words and numbers between signs: `monthly_report-2026`, `public.api_tokens`.
    static func isWords(_ value: some Collection<UInt8>) -> Bool {
        value.split(whereSeparator: { [45, 46, 47, 58, 95].contains($0) }).allSatisfy { part in
            part.allSatisfy(isLetter) || part.allSatisfy(isDigit)
        }
    }

    static func isUUID(_ value: some Collection<UInt8>) -> Bool {
        guard value.count == 36 else { return false }
        return zip(0..., value).allSatisfy { index, byte in
            [8, 13, 18, 23].contains(index) ? byte == 45 : isDigit(byte) || (97...102).contains(byte | 0x20)
        }
    }

    static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }
    static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// Bits per byte, of the first 256 bytes.
    private static func entropy(_ value: some Collection<UInt8>) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        var total = 0
        for byte in value.prefix(256) {
            counts[Int(byte)] += 1
            total += 1
        }
        return counts.reduce(0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / Double(total)
            return sum - share * log2(share)
        }
    }
}

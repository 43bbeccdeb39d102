import Glibc

/// Reads the JSON that libpg_query writes, down to a depth that the stack suffices for, copying nothing.
///
/// The general JSON parser stops at the nesting that documents have; an expression of a thousand terms goes deeper.
struct TreeReader {
    private let bytes: UnsafeMutableRawBufferPointer
    private var position = 0
    private var entries: [TreeEntry] = []

    /// Nil when it is nested too deeply or is not JSON.
    ///
    /// - Parameter json: what the entries point into; its strings are unescaped where they stand.
    static func read(_ json: UnsafeMutablePointer<CChar>) -> [TreeEntry]? {
        var reader = TreeReader(bytes: UnsafeMutableRawBufferPointer(start: json, count: strlen(json)))
        // A value with its name takes about as many bytes.
        reader.entries.reserveCapacity(reader.bytes.count / 12)
        guard reader.value(named: "", depth: 0), reader.position == reader.bytes.count else { return nil }
        return reader.entries
    }

    private init(bytes: UnsafeMutableRawBufferPointer) { self.bytes = bytes }

    private mutating func value(named name: TreeName, depth: Int) -> Bool {
        guard depth < GuardPolicy.deepestTree, position < bytes.count else { return false }
        switch bytes[position] {
        case UInt8(ascii: "{"): return parts(named: name, of: .object, to: UInt8(ascii: "}"), depth: depth)
        case UInt8(ascii: "["): return parts(named: name, of: .array, to: UInt8(ascii: "]"), depth: depth)
        case UInt8(ascii: "\""):
            guard let text = string() else { return false }
            entries.append(TreeEntry(kind: .string, name: name, text: text))
            return true
        case UInt8(ascii: "t"): return word("true", named: name, .yes)
        case UInt8(ascii: "f"): return word("false", named: name, .no)
        case UInt8(ascii: "n"): return word("null", named: name, .null)
        default: return integer(named: name)
        }
    }

    private mutating func parts(named name: TreeName, of kind: TreeEntry.Kind, to end: UInt8, depth: Int) -> Bool {
        position += 1
        let index = entries.count
        entries.append(TreeEntry(kind: kind, name: name, text: text(position..<position)))
        if consume(end) { return true }
        repeat {
            guard let name = kind == .object ? fieldName() : "", value(named: name, depth: depth + 1) else {
                return false
            }
        } while consume(UInt8(ascii: ","))
        entries[index].extent = entries.count - index
        return consume(end)
    }

    private mutating func fieldName() -> TreeName? {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\""), let text = string(),
            consume(UInt8(ascii: ":"))
        else { return nil }
        return TreeName(text)
    }

    private mutating func word(_ word: StaticString, named name: TreeName, _ kind: TreeEntry.Kind) -> Bool {
        guard word.withUTF8Buffer({ bytes[position...].starts(with: $0) }) else { return false }
        position += word.utf8CodeUnitCount
        entries.append(TreeEntry(kind: kind, name: name, text: text(position..<position)))
        return true
    }

    private mutating func integer(named name: TreeName) -> Bool {
        let start = position
        _ = consume(UInt8(ascii: "-"))
        let digits = position
        while position < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[position] { position += 1 }
        guard position > digits else { return false }
        entries.append(TreeEntry(kind: .integer, name: name, text: text(start..<position)))
        return true
    }

    private mutating func string() -> UnsafeRawBufferPointer? {
        position += 1
        let start = position
        // What has been read ends here; it is shorter than its escaped form.
        var end = position
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return text(start..<end)
            case UInt8(ascii: "\\"):
                guard let scalar = escaped() else { return nil }
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                    bytes[end] = byte
                    end += 1
                }
            default:
                if end < position - 1 { bytes[end] = byte }
                end += 1
            }
        }
        return nil
    }

    /// libpg_query writes control characters and a few signs as `\u00XX`, everything else as it is.
    private mutating func escaped() -> Unicode.Scalar? {
        guard position < bytes.count else { return nil }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            guard position + 4 <= bytes.count,
                let code = UInt32(Substring(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
            else { return nil }
            position += 4
            return Unicode.Scalar(code)
        default: return byte < 0x80 ? Unicode.Scalar(byte) : nil
        }
    }

    private mutating func consume(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private func text(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[range]) }
}

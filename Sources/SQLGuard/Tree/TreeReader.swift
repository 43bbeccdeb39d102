import Glibc

/// Reads the JSON that libpg_query writes, down to a depth that neither reading nor releasing it overflows a stack.
///
/// The general JSON parser stops at the nesting that documents have; an expression of a thousand terms goes deeper.
struct TreeReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// `json` must live as long as the reader.
    init?(_ json: UnsafePointer<CChar>) {
        let count = strlen(json)
        guard count > 0 else { return nil }
        bytes = UnsafeBufferPointer(
            start: UnsafeRawPointer(json).assumingMemoryBound(to: UInt8.self), count: count)
    }

    /// Nil when it is nested too deeply or is not JSON.
    mutating func read() -> TreeValue? {
        guard let value = value(depth: 0), position == bytes.count else { return nil }
        return value
    }

    private mutating func value(depth: Int) -> TreeValue? {
        guard depth < GuardPolicy.deepestTree, position < bytes.count else { return nil }
        switch bytes[position] {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string().map(TreeValue.string)
        case UInt8(ascii: "t"): return word("true", .bool(true))
        case UInt8(ascii: "f"): return word("false", .bool(false))
        case UInt8(ascii: "n"): return word("null", .null)
        default: return number()
        }
    }

    private mutating func object(depth: Int) -> TreeValue? {
        position += 1
        var object = TreeObject()
        if consume(UInt8(ascii: "}")) { return .object(object) }
        repeat {
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\""), let name = string(),
                consume(UInt8(ascii: ":")), let value = value(depth: depth + 1)
            else { return nil }
            object.fields.append((name, value))
        } while consume(UInt8(ascii: ","))
        return consume(UInt8(ascii: "}")) ? .object(object) : nil
    }

    private mutating func array(depth: Int) -> TreeValue? {
        position += 1
        var elements: [TreeValue] = []
        if consume(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            guard let element = value(depth: depth + 1) else { return nil }
            elements.append(element)
        } while consume(UInt8(ascii: ","))
        return consume(UInt8(ascii: "]")) ? .array(elements) : nil
    }

    private mutating func word(_ text: StaticString, _ value: TreeValue) -> TreeValue? {
        let isThere = text.withUTF8Buffer { bytes[position...].starts(with: $0) }
        position += text.utf8CodeUnitCount
        return isThere ? value : nil
    }

    private mutating func number() -> TreeValue? {
        let start = position
        while position < bytes.count,
            case UInt8(ascii: "+")...UInt8(ascii: "9") = bytes[position], bytes[position] != UInt8(ascii: ",")
        {
            position += 1
        }
        return Int(Substring(decoding: bytes[start..<position], as: UTF8.self)).map(TreeValue.integer)
    }

    private mutating func string() -> String? {
        position += 1
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\") {
            position += 1
        }
        guard position < bytes.count else { return nil }
        guard bytes[position] == UInt8(ascii: "\\") else {
            defer { position += 1 }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): guard unescape(into: &text) else { return nil }
            default: text.append(byte)
            }
        }
        return nil
    }

    /// libpg_query writes control characters and a few signs as `\u00XX`, everything else as it is.
    private mutating func unescape(into text: inout [UInt8]) -> Bool {
        guard position < bytes.count else { return false }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            guard position + 4 <= bytes.count,
                let code = UInt32(Substring(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(code)
            else { return false }
            position += 4
            text += Array(String(Character(scalar)).utf8)
        default: text.append(byte)
        }
        return true
    }

    private mutating func consume(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }
}

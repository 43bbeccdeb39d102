/// One-dimensional arrays in the server's text format: `{a,"b c",NULL}`.
enum PostgresArray {
    static func text(_ elements: some Sequence<String>) -> String {
        "{" + elements.map { "\"" + $0.escaping(["\"", "\\"]) + "\"" }.joined(separator: ",") + "}"
    }

    /// Nil for anything that is not a one-dimensional array; an element is nil where it is NULL.
    static func elements(_ text: String) -> [String?]? {
        var bytes = text[...].utf8
        guard bytes.popFirst() == UInt8(ascii: "{"), bytes.popLast() == UInt8(ascii: "}") else { return nil }
        guard !bytes.isEmpty else { return [] }
        var elements: [String?] = []
        while true {
            guard let element = element(&bytes) else { return nil }
            elements.append(element.isQuoted || element.text != "NULL" ? element.text : nil)
            guard let next = bytes.popFirst() else { return elements }
            guard next == UInt8(ascii: ",") else { return nil }
        }
    }

    private static func element(_ bytes: inout Substring.UTF8View) -> (text: String, isQuoted: Bool)? {
        var content: [UInt8] = []
        let isQuoted = bytes.first == UInt8(ascii: "\"")
        if isQuoted { bytes.removeFirst() }
        while let byte = bytes.first {
            switch byte {
            case UInt8(ascii: "\"") where isQuoted:
                bytes.removeFirst()
                return (String(decoding: content, as: UTF8.self), true)
            case UInt8(ascii: ",") where !isQuoted:
                return content.isEmpty ? nil : (String(decoding: content, as: UTF8.self), false)
            case UInt8(ascii: "{"), UInt8(ascii: "}"):
                guard isQuoted else { return nil }
                content.append(byte)
            case UInt8(ascii: "\\"):
                bytes.removeFirst()
                guard let escaped = bytes.first else { return nil }
                content.append(escaped)
            default:
                content.append(byte)
            }
            bytes.removeFirst()
        }
        return isQuoted || content.isEmpty ? nil : (String(decoding: content, as: UTF8.self), false)
    }
}

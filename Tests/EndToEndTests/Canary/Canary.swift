import FoundationEssentials
import ServiceRuntime

/// A value that must turn up nowhere, and the forms in which it might.
struct Canary: Sendable {
    let name: String
    let value: String
    /// The part of the value that is in no other text of this machine: letters and digits, the same in most encodings.
    private let core: String

    /// `%` in the form stands for the core.
    init(_ name: String, _ form: String) {
        self.name = name
        core = "q7" + Hex.encode(RandomBytes.generate(9))
        value = form.split(separator: "%", omittingEmptySubsequences: false).joined(separator: core)
    }

    /// What is searched for: whatever encodes the value holds one of these.
    var traces: [String] {
        let bytes = Array(core.utf8)
        let encoded = (0..<3).map { offset -> String in
            let text = Data([UInt8](repeating: 0, count: offset) + bytes).base64EncodedString()
            let whole = (offset + bytes.count) * 8 / 6
            return String(text.prefix(whole).dropFirst([0, 2, 3][offset]))
        }
        let hex = Hex.encode(bytes)
        return [core, hex, hex.uppercased(), bytes.map { "%" + Hex.encode([$0]) }.joined()] + encoded
            + encoded.map { text in String(text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }) }
    }

    /// How a person, a row or an error may spell it.
    var spellings: [String] {
        let bytes = Array(value.utf8)
        let isPlain: (UInt8) -> Bool = { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
                || byte == 95 || byte == 46 || byte == 126
        }
        let percent = bytes.map { byte in
            isPlain(byte) ? String(Unicode.Scalar(byte)) : "%" + Hex.encode([byte]).uppercased()
        }.joined()
        let base64 = Data(Array("user:".utf8) + bytes).base64EncodedString()
        return [
            value, "a=\(percent)&b=2", "Basic \(base64)", Data(bytes).base64EncodedString(), Hex.encode(bytes),
            JSONValue.object(["it": .string(value)]).encoded(), Self.html(value), "Authorization: Bearer \(value)",
            "postgres://dash:\(value)@db.example/x",
        ]
    }

    /// As Slack writes what people type.
    static func html(_ text: String) -> String {
        text.map { $0 == "&" ? "&amp;" : $0 == "<" ? "&lt;" : $0 == ">" ? "&gt;" : String($0) }.joined()
    }
}

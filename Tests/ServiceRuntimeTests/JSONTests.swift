import FoundationEssentials
import ServiceRuntime
import Testing

@Suite struct JSONTests {
    @Test("Any value survives being written and read")
    func property() throws {
        var generator = SplitMix64(seed: 11)
        for _ in 0..<3000 {
            let value = randomValue(depth: 4, &generator)
            #expect(try JSONValue(parsing: value.encoded()) == value)
        }
    }

    private func randomValue(depth: Int, _ generator: inout SplitMix64) -> JSONValue {
        switch Int.random(in: 0...(depth > 0 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int64(bitPattern: generator.next()) >> Int.random(in: 0...63, using: &generator))
        case 3:
            let number = Double(bitPattern: generator.next())
            return .number(number.isFinite ? number : 0.5)
        case 4, 5: return .string(randomText(&generator))
        case 6:
            return .array(
                (0..<Int.random(in: 0...5, using: &generator)).map { _ in randomValue(depth: depth - 1, &generator) })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0...5, using: &generator) {
                members[randomText(&generator)] = randomValue(depth: depth - 1, &generator)
            }
            return .object(members)
        }
    }

    private func randomText(_ generator: inout SplitMix64) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            let limit: UInt32 = Bool.random(using: &generator) ? 0x7F : 0x10FFFF
            if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &generator)) {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    @Test("No bytes crash the parser, and what it takes it can write")
    func fuzz() throws {
        let seeds = [#"{"a":[1,-2.5e3,true,null,"x\u00e9\ud83d\ude00\n"],"b":{"c":{}}}"#, "[[[[0]]]]", "\"\\u0000\""]
        var generator = SplitMix64(seed: 5)
        for seed in seeds {
            for _ in 0..<5000 {
                var bytes = Array(seed.utf8)
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    let index = Int.random(in: bytes.indices, using: &generator)
                    switch Int.random(in: 0...2, using: &generator) {
                    case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
                    case 1: bytes.insert(bytes[index], at: index)
                    default: if bytes.count > 1 { bytes.remove(at: index) }
                    }
                }
                guard let value = try? JSONValue(parsing: bytes) else { continue }
                #expect(try JSONValue(parsing: value.encoded()) == value)
            }
        }
    }

    @Test(
        "What is not JSON is refused, with line and column",
        arguments: [
            ("", 1, 1), ("{", 1, 2), ("[1,]", 1, 4), ("{\"a\":1,}", 1, 8), ("[1 2]", 1, 4),
            ("{\n  \"a\": tru\n}", 2, 8),
            ("01", 1, 2), ("-", 1, 2), ("1.", 1, 3), ("1e", 1, 3), (".5", 1, 1), ("+1", 1, 1), ("NaN", 1, 1),
            ("1e999", 1, 6),
            ("\"a\nb\"", 1, 3), ("\"\\x\"", 1, 4), ("\"\\ud800\"", 1, 8), ("\"\\udc00\"", 1, 8), ("\"\\u12g4\"", 1, 4),
            ("\"open", 1, 6), ("'a'", 1, 1), ("{a:1}", 1, 2), ("{\"a\":1,\"a\":2}", 1, 13), ("1 1", 1, 3),
            ("[]]", 1, 3),
            ("// comment\n1", 1, 1), ("[\n\n\n?]", 4, 1),
        ])
    func errors(text: String, line: Int, column: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(error.map { [$0.line, $0.column] } == [line, column], "\(error.map(String.init(describing:)) ?? "")")
    }

    @Test(
        "Strings that are not UTF-8 are refused",
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xC3]] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
    }

    @Test("Nesting is bounded")
    func depth() {
        let nested = { (count: Int) in String(repeating: "[", count: count) + String(repeating: "]", count: count) }
        #expect(throws: Never.self) { try JSONValue(parsing: nested(200)) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: nested(201)) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: String(repeating: "[", count: 1_000_000)) }
    }

    @Test(
        "Numbers keep what they are",
        arguments: [
            ("9223372036854775807", JSONValue.integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1.0", .number(1)), ("-0", .integer(0)),
            ("1E2", .number(100)), ("0.1", .number(0.1)),
        ])
    func numbers(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test("Equal values are written as equal bytes, with sorted keys and escapes")
    func encoding() {
        let value: JSONValue = ["b": [1, 2.5, nil], "a": "\"\\\n\u{1}é</", "c": true]
        #expect(value.encoded() == #"{"a":"\"\\\n\u0001é</","b":[1,2.5,null],"c":true}"#)
        #expect(JSONValue.number(.infinity).encoded() == "null")
    }

    @Test("Typed values go in and out")
    func codable() throws {
        struct Record: Codable, Equatable {
            var name: String
            var at: Date
            var more: JSONValue
        }
        let record = Record(name: "é", at: Date(timeIntervalSince1970: 0), more: ["a": [1, 2.5, nil, "x", true]])
        let value = try JSONValue(encoding: record)
        #expect(value["at"] == "1970-01-01T00:00:00Z")
        #expect(try value.decode(as: Record.self) == record)
    }
}

import ServiceRuntime
import Testing

@Suite struct HexTests {
    @Test(
        "Digits are read back, in either case; anything else is not hexadecimal",
        arguments: [
            ("", []), ("00ff10", [0, 255, 16]), ("AbCd", [0xAB, 0xCD]), ("0", nil), ("0g", nil), ("é0", nil),
            ("+1", nil),
        ] as [(String, [UInt8]?)])
    func decode(text: String, bytes: [UInt8]?) {
        #expect(Hex.decode(text) == bytes)
        if let bytes { #expect(Hex.encode(bytes) == text.lowercased()) }
    }
}

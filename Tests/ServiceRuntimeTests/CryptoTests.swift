import ServiceRuntime
import Testing

@Suite struct CryptoTests {
    @Test(
        "SHA-256 gives the published digests",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func digest(text: String, expected: String) {
        #expect(Hex.encode(SHA256.hash(text)) == expected)
    }

    @Test(
        "HMAC-SHA256 gives the digests of RFC 4231",
        arguments: [
            (
                String(repeating: "0b", count: 20), Hex.encode("Hi There".utf8),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Hex.encode("Jefe".utf8), Hex.encode("what do ya want for nothing?".utf8),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                String(repeating: "aa", count: 131),
                Hex.encode("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
            ("61", "", "3acdaa86b3d73e8d18b7019d3f520000531a23db3b6dda7a94ad28db61a9008c"),
        ])
    func hmac(key: String, message: String, expected: String) throws {
        let key = try #require(Hex.decode(key))
        let message = try #require(Hex.decode(message))
        #expect(Hex.encode(SHA256.hmac(key: key, message)) == expected)
    }

    @Test(
        "Comparison is by content and length",
        arguments: [
            ("", "", true), ("a", "a", true), ("a", "b", false), ("a", "ab", false), ("abc", "abd", false),
        ])
    func constantTime(left: String, right: String, isEqual: Bool) {
        #expect(ConstantTime.areEqual(left, right) == isEqual)
    }

    @Test("Random bytes are as many as asked for, and others each time")
    func random() {
        #expect(RandomBytes.generate(0) == [])
        #expect(Set((0..<100).map { _ in RandomBytes.generate(16) }).count == 100)
        #expect(RandomBytes.generate(1000).count == 1000)
    }

    @Test("A secret shows itself only where asked to")
    func secret() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped, "\([secret])", "\(Optional(secret) as Any)"] {
            #expect(!text.contains("hunter2"))
        }
        #expect(secret.reveal() == "hunter2")
        #expect(Secret(" \n").isEmpty)
    }
}

import Testing

@testable import HTTP

@Suite struct HTTPHeadersTests {
    @Test("Names compare without case, order and duplicates stay")
    func lookup() {
        var headers: HTTPHeaders = ["A": "1", "b": "2"]
        headers.append("a", "3")
        #expect(headers["a"] == "1")
        #expect(headers.values(of: "A") == ["1", "3"])
        headers["a"] = "4"
        #expect(headers.fields.map(\.value) == ["2", "4"])
        headers["B"] = nil
        #expect(headers.fields.count == 1)
    }

    @Test(
        "Paths are decoded once, and broken ones lead nowhere",
        arguments: [
            ("/a%20b", "/a b"), ("/%2Fx", "//x"), ("/%25%32%30", "/%20"), ("/%C3%A9", "/é"), ("/a+b", "/a+b"),
            ("/%", nil), ("/%2", nil), ("/%zz", nil), ("/%ff", nil), ("/%00", nil), ("/%+1", nil),
        ])
    func decoding(path: String, decoded: String?) {
        #expect(HTTPRouter.decoded(path) == decoded)
    }
}

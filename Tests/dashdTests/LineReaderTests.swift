import Testing

@testable import dashd

@Suite struct LineReaderTests {
    private func lines(of bytes: [UInt8], pieces: Int) async throws -> [LineReader.Line] {
        var rest = bytes[...]
        var reader = LineReader()
        var lines: [LineReader.Line] = []
        while let line = try await reader.next({
            defer { rest = rest.dropFirst(pieces) }
            return Array(rest.prefix(pieces))
        }) {
            lines.append(line)
        }
        return lines
    }

    @Test("Lines are the same whatever the pieces in which they come", arguments: [1, 2, 3, 5, 1000])
    func pieces(size: Int) async throws {
        let text = "one\ntwo\r\n\nünï\n  \nlast"
        #expect(
            try await lines(of: Array(text.utf8), pieces: size)
                == ["one", "two", "", "ünï", "  ", "last"].map(LineReader.Line.text))
        #expect(try await lines(of: [], pieces: size) == [])
        #expect(try await lines(of: Array("a\n".utf8), pieces: size) == [.text("a")])
    }

    @Test("A line that is too long or no text is said to be so, and the next one is read")
    func unusable() async throws {
        let limit = LineReader.longestLine
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: limit + 1)
        let fitting = long.dropLast()
        let found = try await lines(
            of: long + [10] + fitting + [10, 0xFF, 0xFE, 10] + long + long + long, pieces: 65_536)
        #expect(found.count == 4)
        guard found.count == 4 else { return }
        #expect(found[0] == .unusable("the line is longer than \(limit) bytes"))
        #expect(found[1] == .text(String(decoding: fitting, as: UTF8.self)))
        #expect(found[2] == .unusable("the line is not UTF-8"))
        #expect(found[3] == found[0])
    }
}

import HTTP
import Testing

@Suite struct ServerSentEventsTests {
    static let table: [(String, [ServerSentEvent])] = [
        ("data: a\n\n", [ServerSentEvent(data: "a")]),
        ("data:a\r\n\r\ndata: b\r\rdata:  c\n\n", ["a", "b", " c"].map { ServerSentEvent(data: $0) }),
        ("data: one\ndata: two\ndata\ndata:\n\n", [ServerSentEvent(data: "one\ntwo\n\n")]),
        (
            "event: done\nid: 7\ndata: {}\n\ndata: x\n\n",
            [
                ServerSentEvent(name: "done", data: "{}", id: "7"), ServerSentEvent(data: "x", id: "7"),
            ]
        ),
        (": comment\n\n:\n\ndata: a\n: another\n\n", [ServerSentEvent(data: "a")]),
        ("event: nothing\n\nretry: 10\nunknown: 1\n\n", []),
        ("data: not complete", []),
        ("data: not complete\n", []),
        ("\u{FEFF}data: marked\n\n", [ServerSentEvent(data: "marked")]),
        ("data: ключ\u{1F600}\n\n", [ServerSentEvent(data: "ключ\u{1F600}")]),
    ]

    @Test("Events come out the same however the bytes are cut", arguments: table)
    func cuts(text: String, expected: [ServerSentEvent]) throws {
        let bytes = Array(text.utf8)
        for size in [1, 2, 3, 7, bytes.count] {
            var parser = ServerSentEvents()
            var events: [ServerSentEvent] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                events += try parser.append(bytes[start..<min(start + size, bytes.count)])
            }
            #expect(events == expected)
        }
    }

    @Test("An endless event is refused", arguments: ["data: ", "data: x\n"])
    func bounded(part: String) {
        var parser = ServerSentEvents(maximumEventBytes: 1000)
        let error = #expect(throws: HTTPError.self) {
            for _ in 0..<2000 { _ = try parser.append(part.utf8) }
        }
        #expect(error?.code == .responseTooLarge)
    }
}

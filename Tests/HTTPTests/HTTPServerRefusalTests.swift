import HTTP
import ServiceRuntime
import Testing

@Suite(.timeLimit(.minutes(20))) struct HTTPServerRefusalTests {
    private func router(_ served: Locked<[String]> = Locked([])) -> HTTPRouter {
        var router = HTTPRouter()
        router.on(.get, "/hello") { request in
            served.withLock { $0.append(request.target) }
            return .text("hello")
        }
        router.on(.post, "/small", maximumBodyBytes: 1 << 20) { request in
            served.withLock { $0.append(request.target) }
            return .text("\(request.body.count)")
        }
        return router
    }

    @Test(
        "What could be read as two requests is refused, and the connection closed",
        arguments: [
            "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
            "Content-Length: 0\r\nContent-Length: 33\r\n\r\n",
            "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
            "Content-Length: 0, 0\r\n\r\n",
            "Content-Length: +0\r\n\r\n",
            "Content-Length:\r\n\r\n",
            "Content-Length: 99999999999999999999999\r\n\r\n",
            "Content-Length : 0\r\n\r\n",
            "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
            "X : b\r\n\r\n",
            "X\t: b\r\n\r\n",
            "X y: b\r\n\r\n",
            ": b\r\n\r\n",
            "no colon\r\n\r\n",
            "Host: b\r\n\r\n",
            ":\r\n\r\n",
            ": \r\n\r\n",
            ": b\r\nX: y\r\n\r\n",
            "X: y\r\n: b\r\n\r\n",
            "X: a\r\n b\r\n\r\n",
            "Content-Lengt:      33\r\n h\r\n\r\n",
            "X: a\r\n\tb\r\nY: c\r\n\r\n",
            "X: a\nY: b\r\n\r\n",
            "X: a\r\nY: b\n\r\n",
            "X: a\r\nY: b\r\n\n",
            "X: a\0b\r\n\r\n",
            "X: a\0\r\n\r\n",
            "X\0: b\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        ])
    func smuggling(rest: String) async throws {
        let served = Locked<[String]>([])
        try await withServer(router(served)) { port in
            let socket = try RawSocket.connect(to: port)
            try await socket.send(
                "POST /small HTTP/1.1\r\nHost: a\r\n\(rest)GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answer = try await socket.receive()
            #expect(answer.hasPrefix("HTTP/1.1 400") || answer.hasPrefix("HTTP/1.1 413"), "\(answer)")
            // libmicrohttpd writes its own refusal of a length twice before it closes.
            #expect(answer.occurrences(of: "HTTP/1.1 ") == answer.occurrences(of: String(answer.prefix(12))))
            #expect(answer.contains("Connection: close\r\n"))
        }
        #expect(served.withLock { $0 } == [])
    }

    @Test(
        "Sound headers are not refused",
        arguments: [
            "X:b\r\n", "X: \r\n", "X:\r\n", "X:  \t a b:c \t\r\nY: z \r\n", "",
            "X: " + String(repeating: "y", count: 9000) + "\r\nZ: 1\r\n",
        ])
    func sound(headers: String) async throws {
        try await withServer(router()) { port in
            let socket = try RawSocket.connect(to: port)
            let request = "GET /hello?a=1&b HTTP/1.1\r\nHost: a\r\n\(headers)"
            try await socket.send("\r\n\(request)\r\n\(request)Connection: close\r\n\r\n")
            #expect(try await socket.receive().occurrences(of: "HTTP/1.1 200") == 2)
        }
    }

    @Test("A request without Host is refused")
    func missingHost() async throws {
        try await withServer(router()) { port in
            let socket = try RawSocket.connect(to: port)
            try await socket.send("GET /hello HTTP/1.1\r\nConnection: close\r\n\r\n")
            #expect(try await socket.receive().hasPrefix("HTTP/1.1 400"))
        }
    }

    @Test("Headers of 100 KB are refused")
    func largeHeaders() async throws {
        try await withServer(router()) { port in
            let socket = try RawSocket.connect(to: port)
            try await socket.send(
                "GET /hello HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 100_000))\r\n\r\n")
            #expect(try await socket.receive().hasPrefix("HTTP/1.1 431"))
        }
    }

    enum Framing: CaseIterable {
        case length, chunks, expectation

        func request(_ count: Int) -> [UInt8] {
            let body = [UInt8](repeating: 0x78, count: count)
            let start = "POST /small HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            switch self {
            case .length: return Array("\(start)Content-Length: \(count)\r\n\r\n".utf8) + body
            case .expectation:
                return Array("\(start)Expect: 100-continue\r\nContent-Length: \(count)\r\n\r\n".utf8) + body
            case .chunks:
                var result = Array("\(start)Transfer-Encoding: chunked\r\n\r\n".utf8)
                for index in stride(from: 0, to: count, by: 10_000) {
                    let chunk = body[index..<min(index + 10_000, count)]
                    result += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
                }
                return result + Array("0\r\n\r\n".utf8)
            }
        }
    }

    @Test(
        "A body above the limit gets its 413, even where the client reads only after sending all",
        arguments: Framing.allCases)
    func largeBody(framing: Framing) async throws {
        let served = Locked<[String]>([])
        try await withServer(router(served)) { port in
            for _ in 0..<10 {
                let socket = try RawSocket.connect(to: port)
                try await socket.send(framing.request(2 << 20))
                let answer = try await socket.receive()
                #expect(answer.contains("HTTP/1.1 413"))
                #expect(answer.contains("larger than 1048576 bytes"))
            }
        }
        #expect(served.withLock { $0 } == [])
    }

    @Test("A body of exactly the limit is taken", arguments: Framing.allCases)
    func bodyAtLimit(framing: Framing) async throws {
        try await withServer(router()) { port in
            let socket = try RawSocket.connect(to: port)
            try await socket.send(framing.request(1 << 20))
            #expect(try await socket.receive().hasSuffix("\r\n\r\n1048576"))
        }
    }

    @Test(
        "Bodies that are too much together get 503 and when to try again, until others have ended",
        arguments: Framing.allCases)
    func muchAtOnce(framing: Framing) async throws {
        let gate = Gate()
        var router = HTTPRouter()
        router.on(.post, "/held") { request in
            try await gate.pass()
            return .text("\(request.body.count)")
        }
        router.on(.post, "/small") { .text("\($0.body.count)") }
        try await withServer(router, configure: { $0.maximumBodyBytesInFlight = 100_000 }) { port in
            let first = try RawSocket.connect(to: port)
            try await first.send(
                Array("POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\nConnection: close\r\n\r\n".utf8)
                    + [UInt8](repeating: 0x78, count: 60_000))
            await gate.waitForArrival()
            let second = try RawSocket.connect(to: port)
            try await second.send(framing.request(60_000))
            let refusal = try await second.receive()
            #expect(refusal.contains("HTTP/1.1 503"))
            #expect(refusal.contains("Retry-After: 1\r\n"))
            let third = try RawSocket.connect(to: port)
            try await third.send(framing.request(30_000))
            #expect(try await third.receive().hasSuffix("\r\n\r\n30000"))
            gate.open()
            #expect(try await first.receive().hasSuffix("\r\n\r\n60000"))
            // The server counts a body out when it has seen the end of its connection.
            var last = ""
            while !last.hasSuffix("\r\n\r\n60000") {
                let again = try RawSocket.connect(to: port)
                try await again.send(framing.request(60_000))
                last = try await again.receive()
            }
        }
    }

    @Test("An unknown address with a large body gets its 404")
    func unknownWithBody() async throws {
        try await withServer(router()) { port in
            let socket = try RawSocket.connect(to: port)
            let body = [UInt8](repeating: 0x78, count: 2 << 20)
            try await socket.send(
                Array("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body)
            #expect(try await socket.receive().hasPrefix("HTTP/1.1 404"))
        }
    }

    @Test(
        "Headers that come byte by byte end at the deadline, on a new connection and on a kept one",
        arguments: [
            "", "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n",
        ])
    func slowHeaders(before: String) async throws {
        let configure = { (options: inout HTTPServer.Options) in
            options.headerTimeout = .milliseconds(200)
            options.keepAliveTimeout = .milliseconds(200)
        }
        try await withServer(router(), configure: configure) { port in
            let socket = try RawSocket.connect(to: port)
            if !before.isEmpty {
                try await socket.send(before)
                #expect(try await socket.receive { $0.hasSuffix("hello") }.hasPrefix("HTTP/1.1 200"))
            }
            let endless = Array("GET /hello HTTP/1.1\r\nHost: a\r\nX: ".utf8) + [UInt8](repeating: 0x78, count: 5000)
            #expect(try await socket.drip(endless) < endless.count)
            #expect(try await socket.receive() == "")
        }
    }

    @Test("A body that comes byte by byte ends at the deadline")
    func slowBody() async throws {
        let served = Locked<[String]>([])
        try await withServer(router(served), configure: { $0.requestTimeout = .milliseconds(200) }) { port in
            let socket = try RawSocket.connect(to: port)
            try await socket.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n")
            #expect(try await socket.drip([UInt8](repeating: 0x78, count: 4999)) < 4999)
        }
        #expect(served.withLock { $0 } == [])
    }

    @Test("A client that does not read its response is cut off")
    func slowReader() async throws {
        var router = HTTPRouter()
        router.on(.get, "/large") { _ in HTTPResponse(status: 200, body: [UInt8](repeating: 0x78, count: 64 << 20)) }
        // Kept beyond the server's stop, which waits for every connection to end: only the deadline can end this one.
        var kept: RawSocket?
        try await withServer(router, configure: { $0.responseTimeout = .milliseconds(200) }) { port in
            let socket = try RawSocket.connect(to: port)
            try await socket.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try await socket.receive { _ in true }
            kept = socket
        }
        _ = try #require(kept)
    }

    @Test("Connections above the maximum wait and are served later")
    func maximumConnections() async throws {
        try await withServer(router(), configure: { $0.maximumConnections = 2 }) { port in
            let first = try RawSocket.connect(to: port)
            let second = try RawSocket.connect(to: port)
            let third = try RawSocket.connect(to: port)
            for socket in [first, second] {
                try await socket.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await socket.receive { $0.hasSuffix("hello") }
            }
            try await third.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            first.finishSending()
            #expect(try await third.receive { $0.hasSuffix("hello") }.hasPrefix("HTTP/1.1 200"))
        }
    }
}

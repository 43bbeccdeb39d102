import HTTP
import ServiceRuntime
import Testing

@Suite(.timeLimit(.minutes(20))) struct HTTPServerTests {
    private func echoRouter() -> HTTPRouter {
        var router = HTTPRouter()
        router.on(.get, "/hello") { _ in .text("hello") }
        router.on(.post, "/echo") { request in
            HTTPResponse(
                status: 200, headers: ["X-Type": request.headers["Content-Type"] ?? "none"], body: request.body)
        }
        router.on(.get, "/a b") { request in .text("\(request.target)|\(request.query)") }
        router.on(.get, "/tags") { request in .text(request.headers.values(of: "x-tag").joined(separator: ",")) }
        router.on(.get, "/fails") { _ in throw HTTPError(.connectionLost, message: "the reason") }
        return router
    }

    private func ask(_ port: Int, _ text: String) async throws -> String {
        let socket = try RawSocket.connect(to: port)
        try await socket.send(text)
        return try await socket.receive()
    }

    private func ask(_ port: Int, bytes: [UInt8]) async throws -> String {
        let socket = try RawSocket.connect(to: port)
        try await socket.send(bytes)
        return try await socket.receive()
    }

    @Test(
        "A known path is answered, with the method's own rules",
        arguments: [
            ("GET /hello", "HTTP/1.1 200", "hello"),
            ("GET /nothing", "HTTP/1.1 404", "There is nothing at this address."),
            ("PUT /hello", "HTTP/1.1 405", "This address does not know the method."),
            ("BREW /hello", "HTTP/1.1 405", "This address does not know the method."),
            ("GET /a%20b?x=%20&y", "HTTP/1.1 200", "/a%20b|x=%20&y"),
            ("GET http://example.org/hello", "HTTP/1.1 200", "hello"),
            ("GET /hello/", "HTTP/1.1 404", "nothing"),
            ("GET /he%llo", "HTTP/1.1 404", "nothing"),
            ("GET hello", "HTTP/1.1 400", "not a path"),
        ])
    func answers(requestLine: String, status: String, body: String) async throws {
        try await withServer(echoRouter()) { port in
            let answer = try await ask(port, "\(requestLine) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(answer.hasPrefix(status))
            #expect(answer.contains(body))
        }
    }

    @Test("405 names the methods that exist")
    func allow() async throws {
        try await withServer(echoRouter()) { port in
            let answer = try await ask(port, "DELETE /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(answer.contains("Allow: GET, HEAD\r\n"))
        }
    }

    @Test("HEAD is GET without the body")
    func head() async throws {
        try await withServer(echoRouter()) { port in
            let answer = try await ask(port, "HEAD /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 200"))
            #expect(answer.contains("Content-Length: 5\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n"))
        }
    }

    @Test("A handler's error is a 500 without its text, and a log line with it")
    func failure() async throws {
        let lines = Locked<[[String: String]]>([])
        let logger = Logger(label: "test") { level, _, _, metadata in
            if level == .error { lines.withLock { $0.append(metadata) } }
        }
        try await withServer(echoRouter(), logger: logger) { port in
            let answer = try await ask(port, "GET /fails?secret HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 500"))
            #expect(answer.contains("Something went wrong"))
            #expect(!answer.contains("the reason"))
        }
        #expect(lines.withLock { $0 } == [["method": "GET", "path": "/fails", "error": "the reason"]])
    }

    @Test("Duplicate headers are kept, and bytes that are no UTF-8 do no harm")
    func headers() async throws {
        try await withServer(echoRouter()) { port in
            let start = Array("GET /tags HTTP/1.1\r\nHost: a\r\nX-Tag: one\r\nx-tag: tw".utf8)
            let end = Array("o\r\nConnection: close\r\n\r\n".utf8)
            let answer = try await ask(port, bytes: start + [0xFF, 0xC0] + end)
            #expect(answer.hasSuffix("one,tw\u{FFFD}\u{FFFD}o"))
        }
    }

    @Test(
        "Bodies arrive whole, with a length and in chunks",
        arguments: [
            "Content-Length: 9\r\n\r\nnine byte",
            "Transfer-Encoding: chunked\r\n\r\n4\r\nnine\r\n5;x=y\r\n byte\r\n0\r\nTrailer: 1\r\n\r\n",
            "Transfer-Encoding: Chunked\r\nExpect: 100-continue\r\n\r\n9\r\nnine byte\r\n0\r\n\r\n",
        ])
    func bodies(rest: String) async throws {
        try await withServer(echoRouter()) { port in
            let answer = try await ask(port, "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\(rest)")
            #expect(answer.contains("HTTP/1.1 200"))
            #expect(answer.hasSuffix("\r\n\r\nnine byte"))
        }
    }

    @Test("Pipelined requests are answered in order, a slow one first")
    func pipelining() async throws {
        let gate = Gate()
        var router = echoRouter()
        router.on(.get, "/slow") { _ in
            try await gate.pass()
            return .text("slow")
        }
        try await withServer(router) { port in
            let socket = try RawSocket.connect(to: port)
            let get = { (path: String) in "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n" }
            try await socket.send(
                get("/slow") + get("/hello") + "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
                    + get("/nothing") + "GET /tags HTTP/1.1\r\nHost: a\r\nX-Tag: last\r\nConnection: close\r\n\r\n")
            await gate.waitForArrival()
            gate.open()
            let answer = try await socket.receive()
            let bodies = answer.split(separator: "\r\n\r\n").dropFirst().map { $0.split(separator: "HTTP/1.1")[0] }
            #expect(bodies == ["slow", "hello", "hi", "There is nothing at this address.\n", "last"])
        }
    }

    @Test("A client that has finished sending still gets its answer")
    func halfClosed() async throws {
        let gate = Gate()
        var router = HTTPRouter()
        router.on(.get, "/slow") { _ in
            try await gate.pass()
            return .text("slow")
        }
        try await withServer(router) { port in
            let socket = try RawSocket.connect(to: port)
            try await socket.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            socket.finishSending()
            await gate.waitForArrival()
            gate.open()
            #expect(try await socket.receive().hasSuffix("slow"))
        }
    }

    @Test("Many clients at once are served, each on one kept connection")
    func concurrency() async throws {
        try await withServer(echoRouter()) { port in
            try await withClient { client in
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for worker in 0..<20 {
                        group.addTask {
                            for round in 0..<20 {
                                let body = Array("\(worker)-\(round)".utf8)
                                let answer = try await client.send(
                                    HTTPRequest(method: .post, target: "http://127.0.0.1:\(port)/echo", body: body))
                                guard answer.body == body else { return false }
                            }
                            return true
                        }
                    }
                    for try await isRight in group { #expect(isRight) }
                }
            }
        }
    }

    @Test("A handler past its deadline is cancelled and answered with 503")
    func deadline() async throws {
        let wasCancelled = Locked(false)
        var router = HTTPRouter()
        router.on(.get, "/stuck") { _ in
            do { try await Gate().pass() } catch {
                wasCancelled.withLock { $0 = true }
                throw error
            }
            return .text("never")
        }
        try await withServer(router, configure: { $0.requestTimeout = .milliseconds(50) }) { port in
            let answer = try await ask(port, "GET /stuck HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 503"))
        }
        #expect(wasCancelled.withLock { $0 })
    }

    @Test("A response never contains a header with a line break in it")
    func responseSplitting() async throws {
        var router = HTTPRouter()
        router.on(.get, "/split") { _ in
            HTTPResponse(status: 200, headers: ["X-Name": "a\r\nX-Injected: 1", "X-Fine": "yes"])
        }
        try await withServer(router) { port in
            let answer = try await ask(port, "GET /split HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(!answer.contains("X-Injected"))
            #expect(answer.contains("X-Fine: yes"))
        }
    }
}

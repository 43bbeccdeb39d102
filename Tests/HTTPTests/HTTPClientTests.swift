import Glibc
import HTTP
import ServiceRuntime
import Testing

@Suite(.timeLimit(.minutes(20))) struct HTTPClientTests {
    private func url(_ port: Int, _ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    private func code(_ operation: () async throws -> Void) async -> HTTPError.Code? {
        do {
            try await operation()
            return nil
        } catch {
            return (error as? HTTPError)?.code
        }
    }

    @Test(
        "Method, headers and body arrive as given",
        arguments: [
            HTTPMethod.get, .head, .post, .put, .patch, .delete, .options,
        ])
    func roundTrip(method: HTTPMethod) async throws {
        let seen = Locked<HTTPRequest?>(nil)
        var router = HTTPRouter()
        router.on(method, "/x") { request in
            seen.withLock { $0 = request }
            return HTTPResponse(
                status: 201, headers: HTTPHeaders([("X-A", "1"), ("X-A", "2")]), body: Array("done".utf8))
        }
        try await withServer(router) { port in
            try await withClient { client in
                let body: [UInt8] = [.get, .head].contains(method) ? [] : [1, 0, 255]
                let answer = try await client.send(
                    HTTPRequest(
                        method: method, target: url(port, "/x?q=1"), headers: ["X-B": "b", "X-Empty": ""], body: body))
                #expect(answer.status == 201)
                #expect(answer.headers.values(of: "x-a") == ["1", "2"])
                #expect(answer.body == (method == .head ? [] : Array("done".utf8)))
                let request = try #require(seen.withLock { $0 })
                #expect(request.method == method)
                #expect(request.query == "q=1")
                #expect(request.headers["x-b"] == "b")
                #expect(request.headers["x-empty"] == "")
                #expect(request.headers["content-type"] == nil)
                #expect(request.headers["expect"] == nil)
                #expect(request.body == body)
            }
        }
    }

    @Test("A request whose time to leave has passed is not sent, which is certain")
    func tooLate() async throws {
        let seen = Locked(0)
        var router = HTTPRouter()
        router.on(.post, "/x") { _ in
            seen.withLock { $0 += 1 }
            return .text("done")
        }
        try await withServer(router) { port in
            try await withClient { client in
                let request = HTTPRequest(method: .post, target: url(port, "/x"), body: [1])
                let late = await code {
                    _ = try await client.send(request, dispatch: HTTPDispatch(notAfter: .now - .milliseconds(1)))
                }
                #expect(late == .connectionFailed)
                // Also on a connection that is open already.
                _ = try await client.send(request, dispatch: HTTPDispatch(notAfter: .now + .seconds(600)))
                let again = await code {
                    _ = try await client.send(request, dispatch: HTTPDispatch(notAfter: .now - .milliseconds(1)))
                }
                #expect(again == .connectionFailed)
            }
        }
        #expect(seen.withLock { $0 } == 1)
    }

    @Test("A failpoint behind a request's last byte is passed while the server still thinks")
    func failpointOfRequest() async {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            setenv(Failpoint.environmentName, "test.sent", 1)
            var router = HTTPRouter()
            router.on(.post, "/x") { _ in
                try await Task.sleep(for: .seconds(60))
                return .text("too late")
            }
            try await withServer(router) { port in
                _ = try await HTTPClient(logger: quiet).send(
                    HTTPRequest(
                        method: .post, target: "http://127.0.0.1:\(port)/x", body: Array(repeating: 1, count: 100_000)),
                    dispatch: HTTPDispatch(whenSent: "test.sent"))
            }
        }
    }

    @Test("A POST without a body is a POST with length 0")
    func emptyPost() async throws {
        var router = HTTPRouter()
        router.on(.post, "/x") { .text($0.headers["content-length"] ?? "none") }
        try await withServer(router) { port in
            let answer = try await HTTPClient(logger: quiet).send(HTTPRequest(method: .post, target: url(port, "/x")))
            #expect(answer.body == Array("0".utf8))
        }
    }

    @Test("Redirects are not followed")
    func redirect() async throws {
        let server = try RawServer { socket, _ in
            _ = try socket.readRequest()
            try socket.sendNow(Array("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n".utf8))
        }
        defer { server.stop() }
        let answer = try await HTTPClient(logger: quiet).send(HTTPRequest(method: .get, target: url(server.port)))
        #expect(answer.status == 302)
        #expect(answer.headers["location"] == "/elsewhere")
        #expect(server.connections == 1)
    }

    @Test("Interim responses leave no headers behind")
    func interim() async throws {
        let server = try RawServer { socket, _ in
            _ = try socket.readRequest()
            try socket.sendNow(
                Array(
                    ("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nX-Early: 1\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nX-Late: 1\r\nContent-Length: 2\r\n\r\nok").utf8))
        }
        defer { server.stop() }
        let answer = try await HTTPClient(logger: quiet).send(HTTPRequest(method: .get, target: url(server.port)))
        #expect(answer.status == 200)
        #expect(answer.headers.fields.map(\.name) == ["X-Late", "Content-Length"])
        #expect(answer.body == Array("ok".utf8))
    }

    @Test(
        "What cannot be requested is refused before anything is sent, without showing the URL",
        arguments: [
            "file:///etc/passwd", "ftp://127.0.0.1/", "/relative", "", "http://a b/", "http://[::1/secret",
        ])
    func badURL(target: String) async {
        let client = HTTPClient(logger: quiet)
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(HTTPRequest(method: .get, target: target))
        }
        #expect(error?.code == .invalidURL)
        #expect(error?.message.contains("secret") == false)
    }

    @Test(
        "Headers that would be two are refused",
        arguments: [
            ("X", "a\r\nY: b"), ("X\r\nY", "b"), ("X", "a\0"), ("", "a"), ("X Y", "a"),
        ])
    func headerInjection(name: String, value: String) async {
        let headers = HTTPHeaders([(name, value)])
        let found = await code {
            _ = try await HTTPClient(logger: quiet).send(
                HTTPRequest(method: .get, target: url(1), headers: headers))
        }
        #expect(found == .invalidURL)
    }

    @Test("A refused connection and an unknown host are certain failures")
    func connectionFailed() async throws {
        let server = try RawServer { _, _ in }
        server.stop()
        let client = HTTPClient(logger: quiet)
        for target in [url(server.port), "http://no-such-host.invalid/"] {
            #expect(
                await code { _ = try await client.send(HTTPRequest(method: .post, target: target)) }
                    == .connectionFailed)
        }
    }

    @Test(
        "A response that is cut off is an error, never a shorter response",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nonly \r\n",
            "HTTP/1.1 200 OK\r\nContent-Le", "",
        ])
    func cutResponse(text: String) async throws {
        let server = try RawServer { socket, _ in
            _ = try socket.readRequest()
            try socket.sendNow(Array(text.utf8))
        }
        defer { server.stop() }
        let found = await code {
            _ = try await HTTPClient(logger: quiet).send(HTTPRequest(method: .get, target: url(server.port)))
        }
        #expect(found == .connectionLost)
    }

    @Test("A cut stream throws after the chunks that came")
    func cutStream() async throws {
        let server = try RawServer { socket, _ in
            _ = try socket.readRequest()
            try socket.sendNow(Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this".utf8))
        }
        defer { server.stop() }
        let received = Locked<[UInt8]>([])
        let found = await code {
            try await HTTPClient(logger: quiet).stream(HTTPRequest(method: .get, target: url(server.port))) { _, body in
                for try await chunk in body { received.withLock { $0 += chunk } }
            }
        }
        #expect(found == .connectionLost)
        #expect(received.withLock { $0 } == Array("only this".utf8))
    }

    /// A server whose second request on a kept connection gets no answer, only the connection's end.
    private func dyingServer(_ requests: Locked<[String]>) throws -> RawServer {
        try RawServer { socket, number in
            let first = try socket.readRequest()
            requests.withLock { $0.append(String(first.prefix(4))) }
            try socket.sendNow(Array("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\(number)".utf8))
            let second = try socket.readRequest()
            requests.withLock { $0.append(String(second.prefix(4))) }
        }
    }

    @Test("A POST whose kept connection dies is not sent again")
    func postOnce() async throws {
        let requests = Locked<[String]>([])
        let server = try dyingServer(requests)
        defer { server.stop() }
        let client = HTTPClient(logger: quiet)
        _ = try await client.send(HTTPRequest(method: .get, target: url(server.port)))
        let found = await code {
            _ = try await client.send(
                HTTPRequest(method: .post, target: url(server.port), body: Array("pay!".utf8)))
        }
        #expect(found == .connectionLost)
        // libcurl opens another connection before it asks whether it may try again; nothing is said on it.
        #expect(requests.withLock { $0.filter { !$0.isEmpty } } == ["GET ", "POST"])
    }

    @Test("A GET whose kept connection dies is sent again")
    func getAgain() async throws {
        let requests = Locked<[String]>([])
        let server = try dyingServer(requests)
        defer { server.stop() }
        let client = HTTPClient(logger: quiet)
        _ = try await client.send(HTTPRequest(method: .get, target: url(server.port)))
        let answer = try await client.send(HTTPRequest(method: .get, target: url(server.port)))
        #expect(answer.body == Array("1".utf8))
        #expect(requests.withLock { $0 } == ["GET ", "GET ", "GET "])
    }

    @Test("A response above the cap is refused", arguments: [true, false])
    func responseTooLarge(hasLength: Bool) async throws {
        let server = try RawServer { socket, _ in
            _ = try socket.readRequest()
            let length = hasLength ? "Content-Length: 5000\r\n" : "Connection: close\r\n"
            try socket.sendNow(Array("HTTP/1.1 200 OK\r\n\(length)\r\n".utf8) + [UInt8](repeating: 0x78, count: 5000))
        }
        defer { server.stop() }
        let client = HTTPClient(logger: quiet)
        let request = HTTPRequest(method: .get, target: url(server.port))
        #expect(await code { _ = try await client.send(request, maximumResponseBytes: 4999) } == .responseTooLarge)
        #expect(try await client.send(request, maximumResponseBytes: 5000).body.count == 5000)
    }

    @Test("No answer in time is a timeout; nothing is known about the request")
    func totalTimeout() async throws {
        let server = try RawServer { socket, _ in
            _ = try socket.readRequest()
            _ = try socket.receiveNow()
        }
        defer { server.stop() }
        let found = await code {
            _ = try await HTTPClient(logger: quiet).send(
                HTTPRequest(method: .post, target: url(server.port)), timeout: .milliseconds(100))
        }
        #expect(found == .timeout)
    }

    @Test("Silence in the middle of a stream is a timeout")
    func idleTimeout() async throws {
        let server = try RawServer { socket, _ in
            _ = try socket.readRequest()
            try socket.sendNow(Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfirst".utf8))
            _ = try socket.receiveNow()
        }
        defer { server.stop() }
        let received = Locked<[UInt8]>([])
        let found = await code {
            try await HTTPClient(logger: quiet).stream(
                HTTPRequest(method: .get, target: url(server.port)), idleTimeout: .milliseconds(100)
            ) { _, body in
                for try await chunk in body { received.withLock { $0 += chunk } }
            }
        }
        #expect(found == .timeout)
        #expect(received.withLock { $0 } == Array("first".utf8))
    }

    @Test("Cancelling ends a request that waits for its answer, and the server sees it")
    func cancelBeforeHead() async throws {
        let arrived = AsyncStream<Void>.makeStream()
        let left = AsyncStream<Void>.makeStream()
        let server = try RawServer { socket, _ in
            _ = try socket.readRequest()
            arrived.continuation.finish()
            _ = try? socket.receiveNow()
            left.continuation.finish()
        }
        defer { server.stop() }
        let client = HTTPClient(logger: quiet)
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                _ = try await client.send(HTTPRequest(method: .get, target: url(server.port)), timeout: .seconds(600))
            }
            for await _ in arrived.stream {}
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.waitForAll() }
        }
        for await _ in left.stream {}
    }

    @Test("Cancelling in the middle of a stream throws, although more could be read")
    func cancelMidStream() async throws {
        let server = try RawServer { socket, _ in
            _ = try socket.readRequest()
            try socket.sendNow(
                Array("HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n".utf8) + [UInt8](repeating: 0, count: 400_000))
            _ = try? socket.receiveNow()
        }
        defer { server.stop() }
        let client = HTTPClient(logger: quiet)
        let received = AsyncStream<Void>.makeStream()
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await client.stream(HTTPRequest(method: .get, target: url(server.port))) { _, body in
                    for try await _ in body { received.continuation.yield() }
                }
            }
            for await _ in received.stream { break }
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.waitForAll() }
        }
    }

    @Test("A cancelled task's request is not even begun")
    func cancelledBefore() async throws {
        let server = try RawServer { _, _ in }
        defer { server.stop() }
        let client = HTTPClient(logger: quiet)
        await withThrowingTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask { _ = try await client.send(HTTPRequest(method: .get, target: url(server.port))) }
            await #expect(throws: CancellationError.self) { try await group.waitForAll() }
        }
        #expect(server.connections == 0)
    }

    @Test("A consumer may leave a stream early; the connection ends and the client goes on")
    func leaveEarly() async throws {
        let left = AsyncStream<Void>.makeStream()
        let server = try RawServer { socket, number in
            _ = try socket.readRequest()
            guard number == 0 else {
                return try socket.sendNow(Array("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1".utf8))
            }
            try socket.sendNow(Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfirst".utf8))
            _ = try? socket.receiveNow()
            left.continuation.finish()
        }
        defer { server.stop() }
        let client = HTTPClient(logger: quiet)
        let request = HTTPRequest(method: .get, target: url(server.port))
        let first = try await client.stream(request) { response, body in
            for try await chunk in body { return chunk }
            return []
        }
        #expect(first == Array("first".utf8))
        for await _ in left.stream {}
        #expect(try await client.send(request).body == Array("1".utf8))
    }

    @Test("A body larger than the buffer arrives whole, whatever the consumer's pace")
    func backPressure() async throws {
        let size = 24 << 20
        let server = try RawServer { socket, _ in
            _ = try socket.readRequest()
            try socket.sendNow(Array("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n".utf8))
            for block in 0..<(size >> 16) {
                try socket.sendNow([UInt8](repeating: UInt8(truncatingIfNeeded: block), count: 1 << 16))
            }
        }
        defer { server.stop() }
        let request = HTTPRequest(method: .get, target: url(server.port))
        let isRight = try await HTTPClient(logger: quiet).stream(request) { _, body in
            var position = 0
            for try await chunk in body {
                for (index, byte) in chunk.enumerated()
                where byte != UInt8(truncatingIfNeeded: (position + index) >> 16) {
                    return false
                }
                position += chunk.count
                await Task.yield()
            }
            return position == size
        }
        #expect(isRight)
    }

    @Test("After a graceful stop running requests end and new ones are refused")
    func gracefulStop() async throws {
        let arrived = AsyncStream<Void>.makeStream()
        let gate = AsyncStream<Void>.makeStream()
        var router = HTTPRouter()
        router.on(.get, "/slow") { _ in
            arrived.continuation.finish()
            for await _ in gate.stream {}
            return .text("slow")
        }
        try await withServer(router) { port in
            let client = HTTPClient(logger: quiet)
            let shutdown = GracefulShutdown()
            let request = HTTPRequest(method: .get, target: url(port, "/slow"))
            async let running: Void = shutdown.run { try await client.run() }
            async let answer = client.send(request)
            for await _ in arrived.stream {}
            shutdown.trigger()
            while await code({ _ = try await client.send(request, timeout: .milliseconds(20)) }) == .timeout {}
            #expect(await code { _ = try await client.send(request) } == .connectionFailed)
            gate.continuation.finish()
            let body = try await answer.body
            #expect(body == Array("slow".utf8))
            try await running
        }
    }
}

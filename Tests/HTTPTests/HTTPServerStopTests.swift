import HTTP
import ServiceRuntime
import Testing

@Suite(.timeLimit(.minutes(20))) struct HTTPServerStopTests {
    private func server(
        _ gate: Gate, port: Int = 0, drainTime: Duration = .seconds(600)
    ) -> HTTPServer {
        var router = HTTPRouter()
        router.on(.get, "/slow") { _ in
            try await gate.pass()
            return .text("slow")
        }
        router.on(.get, "/hello") { _ in .text("hello") }
        var options = HTTPServer.Options()
        options.host = "127.0.0.1"
        options.port = port
        options.drainTime = drainTime
        return HTTPServer(options: options, router: router, logger: quiet)
    }

    @Test("A graceful stop refuses new connections, closes idle ones and finishes running requests")
    func graceful() async throws {
        let gate = Gate()
        let server = server(gate)
        let shutdown = GracefulShutdown()
        async let running: Void = shutdown.run { try await server.run() }
        let port = try await server.boundPort
        let idle = try RawSocket.connect(to: port)
        try await idle.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = try await idle.receive { $0.hasSuffix("hello") }
        let busy = try RawSocket.connect(to: port)
        try await busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        await gate.waitForArrival()

        shutdown.trigger()
        #expect(try await idle.receive() == "")
        #expect(throws: RawSocket.Failure.self) { try RawSocket.connect(to: port) }
        gate.open()
        let answer = try await busy.receive()
        #expect(answer.hasPrefix("HTTP/1.1 200"))
        #expect(answer.contains("Connection: close"))
        #expect(answer.hasSuffix("slow"))
        try await running
    }

    @Test("A graceful stop waits for no request that outlasts the drain time: not its handler, and not its sender")
    func drainTime() async throws {
        let gate = Gate()
        let server = server(gate, drainTime: .milliseconds(50))
        let shutdown = GracefulShutdown()
        async let running: Void = shutdown.run { try await server.run() }
        let port = try await server.boundPort
        let sender = try RawSocket.connect(to: port)
        try await sender.send("POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf of it")
        let busy = try RawSocket.connect(to: port)
        try await busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        await gate.waitForArrival()
        shutdown.trigger()
        // The gate never opens.
        try await running
        let answer = try? await busy.receive()
        #expect(answer.map { $0.isEmpty || $0.hasPrefix("HTTP/1.1 503") } ?? true)
    }

    @Test("Cancellation cancels running handlers and returns")
    func cancelled() async throws {
        let gate = Gate()
        let server = server(gate)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            let port = try await server.boundPort
            var sockets: [RawSocket] = []
            for _ in 0..<8 {
                let socket = try RawSocket.connect(to: port)
                try await socket.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
                await gate.waitForArrival()
                sockets.append(socket)
            }
            group.cancelAll()
            try await group.waitForAll()
            for socket in sockets {
                let answer = try? await socket.receive()
                #expect(answer.map { $0.isEmpty || $0.hasPrefix("HTTP/1.1 503") } ?? true)
            }
        }
    }

    @Test("Stopping while requests pour in neither hangs nor crashes")
    func stress() async throws {
        for _ in 0..<10 {
            let server = server(Gate())
            let shutdown = GracefulShutdown()
            async let running: Void = shutdown.run { try await server.run() }
            let port = try await server.boundPort
            let client = HTTPClient(logger: quiet)
            let answered = Locked(0)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let request = HTTPRequest(method: .get, target: "http://127.0.0.1:\(port)/hello")
                        while (try? await client.send(request))?.status == 200 {
                            if answered.withLock({ count in
                                count += 1
                                return count == 200
                            }) {
                                shutdown.trigger()
                            }
                        }
                    }
                }
            }
            try await running
            #expect(answered.withLock { $0 } >= 200)
        }
    }

    @Test("A taken port is named with the remedy, to run() and to who waits for the port")
    func takenPort() async throws {
        try await withServer(HTTPRouter()) { port in
            let second = server(Gate(), port: port)
            async let running: Void = second.run()
            let waiting = await #expect(throws: HTTPError.self) { try await second.boundPort }
            #expect(waiting?.code == .bindFailed)
            #expect(waiting?.message == "port \(port) is taken by another program; set PORT to a free one")
            do {
                try await running
                Issue.record("run() must throw as well")
            } catch {
                #expect((error as? HTTPError)?.code == .bindFailed)
            }
        }
    }

    @Test("An address that is none is named", arguments: [("300.1.1.1", 0), ("127.0.0.1", 70_000), ("1.2.3.4", 0)])
    func badAddress(host: String, port: Int) async throws {
        var options = HTTPServer.Options()
        options.host = host
        options.port = port
        let server = HTTPServer(options: options, router: HTTPRouter(), logger: quiet)
        let error = await #expect(throws: HTTPError.self) { try await server.run() }
        #expect(error?.code == .bindFailed)
    }

    @Test("Waiting for the port of a server that never runs ends with the task")
    func portOfIdleServer() async throws {
        let server = server(Gate())
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { (try? await server.boundPort) == nil }
            group.cancelAll()
            for await hasEnded in group { #expect(hasEnded) }
        }
    }
}

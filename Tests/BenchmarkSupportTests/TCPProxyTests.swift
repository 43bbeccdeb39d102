import HTTP
import RawHTTP
import ServiceRuntime
import Testing

@testable import BenchmarkSupport

@Suite struct TCPProxyTests {
    private func with(
        _ body: @Sendable (TCPProxy, @Sendable (Duration) async throws -> HTTPResponse) async throws -> Void
    ) async throws {
        let server = try RawHTTPServer { _, connection in connection.respond(.text("hello")) }
        let proxy = try TCPProxy(to: server.port)
        let http = HTTPClient(logger: Logger(label: "test", minimumLevel: .error))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await http.run() }
            defer { group.cancelAll() }
            try await body(proxy) { limit in
                try await http.send(
                    HTTPRequest(method: .get, target: "http://127.0.0.1:\(proxy.port)/"), timeout: limit)
            }
        }
        proxy.stop()
        server.stop()
    }

    @Test("It passes on what it is given, also after it has refused and swallowed")
    func passes() async throws {
        try await with { proxy, send in
            let first = try await send(.seconds(20))
            #expect(first.body == Array("hello".utf8))
            proxy.set(.refuse)
            await #expect(throws: HTTPError.self) { _ = try await send(.seconds(20)) }
            proxy.set(.pass)
            let last = try await send(.seconds(20))
            #expect(last.status == 200)
        }
    }

    @Test("Nothing comes out of a black hole")
    func blackHole() async throws {
        try await with { proxy, send in
            proxy.set(.blackHole)
            let error = await #expect(throws: HTTPError.self) { _ = try await send(.milliseconds(300)) }
            #expect(error?.code == .timeout)
            proxy.set(.pass)
            let last = try await send(.seconds(20))
            #expect(last.status == 200)
        }
    }
}

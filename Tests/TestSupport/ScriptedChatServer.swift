package import HTTP
package import LanguageModels
import RawHTTP
package import ServiceRuntime
package import Testing

/// A Chat Completions service that gives scripted replies, good and bad, and remembers the requests.
///
/// A request more than there are replies fails the test and is answered 500.
package final class ScriptedChatServer: Sendable {
    package enum Reply: Sendable {
        /// A stream of events whose bytes come in these pieces.
        case stream([[UInt8]])
        /// A stream that breaks after these pieces.
        case cut([[UInt8]])
        /// A stream that goes silent after these pieces, or a response that never begins where there are none.
        case stalled([[UInt8]])
        case response(HTTPResponse)
        /// The connection is reset without a byte.
        case dropped
    }

    private let server: RawHTTPServer
    private let state: Locked<State>

    private struct State {
        var replies: [Reply]
        var requests: [HTTPRequest] = []
    }

    package convenience init(_ replies: Reply..., sourceLocation: SourceLocation = #_sourceLocation) throws {
        try self.init(replies, sourceLocation: sourceLocation)
    }

    /// Answers each request by what it says, at any time and several at once.
    package init(answering reply: @escaping @Sendable (HTTPRequest) -> Reply) throws {
        let state = Locked(State(replies: []))
        self.state = state
        server = try RawHTTPServer { request, connection in
            state.withLock { $0.requests.append(request) }
            Self.play(reply(request), on: connection)
        }
    }

    package init(_ replies: [Reply], sourceLocation: SourceLocation = #_sourceLocation) throws {
        let state = Locked(State(replies: replies))
        self.state = state
        server = try RawHTTPServer { request, connection in
            let reply: Reply? = state.withLock { state in
                state.requests.append(request)
                return state.replies.isEmpty ? nil : state.replies.removeFirst()
            }
            guard let reply else {
                Issue.record("the chat server was asked more often than it has replies", sourceLocation: sourceLocation)
                return connection.respond(.text("the script is over", status: 500))
            }
            Self.play(reply, on: connection)
        }
    }

    /// To be used as `OPENAI_BASE_URL`.
    package var baseURL: String { "http://127.0.0.1:\(server.port)/v1" }
    package var requests: [HTTPRequest] { state.withLock(\.requests) }
    /// The requests' JSON bodies.
    package var bodies: [JSONValue] { requests.map { (try? JSONValue(parsing: $0.body)) ?? .null } }
    package var unusedReplies: Int { state.withLock(\.replies.count) }

    private static func play(_ reply: Reply, on connection: RawHTTPConnection) {
        let headers: HTTPHeaders = ["Content-Type": "text/event-stream"]
        switch reply {
        case .stream(let pieces):
            connection.beginChunked(headers: headers)
            for piece in pieces { connection.writeChunk(piece) }
            connection.endChunked()
        case .cut(let pieces):
            connection.beginChunked(headers: headers)
            for piece in pieces { connection.writeChunk(piece) }
        case .stalled(let pieces):
            if !pieces.isEmpty { connection.beginChunked(headers: headers) }
            for piece in pieces { connection.writeChunk(piece) }
            connection.waitForHangUp()
        case .response(let response):
            connection.respond(response)
        case .dropped:
            connection.resetOnClose()
        }
    }
}

extension ScriptedChatServer.Reply {
    /// A streamed text, one event per piece, with usage.
    package static func text(_ pieces: String..., usage: Usage = Usage(input: 10, output: 5)) -> Self {
        let deltas = pieces.map { ChatChunk.delta(["content": .string($0)]) }
        return .events(deltas + [ChatChunk.finish("stop"), ChatChunk.usage(usage)])
    }

    /// A streamed turn that calls tools.
    package static func calls(_ calls: ToolCall..., usage: Usage = Usage(input: 10, output: 5)) -> Self {
        let deltas = calls.enumerated().map { index, call in
            ChatChunk.delta([
                "tool_calls": [
                    [
                        "index": .integer(Int64(index)), "id": .string(call.id), "type": "function",
                        "function": ["name": .string(call.name), "arguments": .string(call.rawArguments)],
                    ]
                ]
            ])
        }
        return .events(deltas + [ChatChunk.finish("tool_calls"), ChatChunk.usage(usage)])
    }

    /// A stream of these chunks, each in a piece of its own, with the marker of the end.
    package static func events(_ chunks: [JSONValue]) -> Self {
        .stream(chunks.map(ChatChunk.event) + [Array("data: [DONE]\n\n".utf8)])
    }

    /// 429 with the header as given.
    package static func rateLimited(retryAfter: String?) -> Self {
        var response = HTTPResponse.json(
            ["error": ["message": "Slow down.", "type": "requests", "code": "rate_limit_exceeded"]], status: 429)
        response.headers["Retry-After"] = retryAfter
        return .response(response)
    }

    package static func status(
        _ status: Int, _ body: JSONValue = ["error": ["message": "Broken.", "type": "server_error"]]
    )
        -> Self
    {
        .response(.json(body, status: status))
    }

    package static var htmlUnavailable: Self {
        .response(.html("<html><body><h1>503 Service Unavailable</h1></body></html>", status: 503))
    }
}

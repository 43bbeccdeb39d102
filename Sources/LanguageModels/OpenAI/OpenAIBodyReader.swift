import HTTP
import ServiceRuntime

/// Reads the body of a successful response, which is a stream of events or one JSON document, as its first byte tells.
struct OpenAIBodyReader {
    private enum Form {
        case unknown
        case events(ServerSentEvents)
        case document([UInt8])
        /// After the event that ends a stream; the rest is not looked at.
        case ended
    }

    private var form = Form.unknown
    private var turn: OpenAITurn
    private var receivedBytes = 0
    private let maximumBytes: Int

    init(maximumBytes: Int, turn: OpenAITurn = OpenAITurn()) {
        self.maximumBytes = maximumBytes
        self.turn = turn
    }

    /// Whether the stream has said that nothing more comes.
    var isEnded: Bool {
        if case .ended = form { true } else { false }
    }

    /// The turn, once the service has said that it is at its end; only its usage may still come.
    var complete: ModelResponse? { isEnded || turn.isComplete ? turn.response : nil }

    /// Takes a piece of the body, cut anywhere.
    mutating func append(_ chunk: [UInt8]) throws {
        receivedBytes += chunk.count
        guard receivedBytes <= maximumBytes else {
            throw OpenAIFailure(
                .invalidResponse, "The model service's answer is larger than \(maximumBytes) bytes.",
                isRetryable: false)
        }
        switch form {
        case .ended:
            break
        case .document(let bytes):
            form = .document(bytes + chunk)
        case .events(var events):
            let added = try events.append(chunk)
            form = .events(events)
            try consume(added)
        case .unknown:
            let start = chunk.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
            guard let first = start.first else { return }
            switch first {
            case UInt8(ascii: "{"), UInt8(ascii: "["): form = .document([])
            case UInt8(ascii: "<"):
                throw OpenAIFailure(
                    .invalidResponse, "The model service answered with a web page. Check its base URL.",
                    isRetryable: false)
            default: form = .events(ServerSentEvents())
            }
            receivedBytes -= start.count
            try append(Array(start))
        }
    }

    /// The whole turn. Throws where the body ended before the turn did.
    mutating func finish() throws -> ModelResponse {
        switch form {
        case .ended:
            break
        case .document(let bytes):
            guard let document = try? JSONValue(parsing: bytes) else { throw Self.unreadable }
            try turn.consume(document)
            guard document["choices"]?[0] != nil else { throw Self.unreadable }
        case .events(var events):
            guard complete == nil else { break }
            // The last event may lack the empty line at its end.
            try consume(try events.append([0x0A, 0x0A]))
            guard complete != nil else { throw Self.brokenOff }
        case .unknown:
            throw Self.brokenOff
        }
        return turn.response
    }

    private mutating func consume(_ events: [ServerSentEvent]) throws {
        for event in events {
            if event.data.hasPrefix("[DONE]") {
                form = .ended
                break
            }
            guard !event.data.allSatisfy(\.isWhitespace) else { continue }
            guard let chunk = try? JSONValue(parsing: event.data) else { throw Self.unreadable }
            try turn.consume(chunk)
        }
    }

    private static var unreadable: OpenAIFailure {
        OpenAIFailure(.invalidResponse, "The model service's answer cannot be read.")
    }

    private static var brokenOff: OpenAIFailure {
        OpenAIFailure(.unavailable, "The model service's answer ended before it was complete.")
    }
}

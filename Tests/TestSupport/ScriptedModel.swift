package import LanguageModels
import ServiceRuntime
package import Testing

/// A model that plays canned turns in order and remembers what it was asked.
///
/// Being asked once more than there are turns, or a request that a turn's expectation rejects, fails the test.
package final class ScriptedModel: LanguageModel {
    package struct Turn: Sendable {
        /// Says what is wrong with the request; nil where it is as expected.
        package var expectation: @Sendable (ModelRequest) -> String?
        package var reply: @Sendable () async throws -> ModelResponse

        package init(
            expecting expectation: @escaping @Sendable (ModelRequest) -> String? = { _ in nil },
            reply: @escaping @Sendable () async throws -> ModelResponse
        ) {
            self.expectation = expectation
            self.reply = reply
        }

        /// The same turn, which fails the test where the request is not as expected.
        package func expecting(_ expectation: @escaping @Sendable (ModelRequest) -> String?) -> Turn {
            Turn(expecting: expectation, reply: reply)
        }

        package static func response(_ response: ModelResponse) -> Turn {
            Turn { response }
        }

        package static func text(
            _ text: String, usage: Usage = Usage(), finishReason: ModelResponse.FinishReason = .stop
        ) -> Turn {
            .response(
                ModelResponse(message: .assistant(text), usage: usage, finishReason: finishReason))
        }

        package static func calls(_ calls: ToolCall..., usage: Usage = Usage()) -> Turn {
            .response(
                ModelResponse(
                    message: Message(role: .assistant, content: calls.map(ContentPart.toolCall)), usage: usage,
                    finishReason: .toolCalls))
        }

        package static func failure(_ error: any Error) -> Turn {
            Turn { throw error }
        }

        /// Never answers: ends only by cancellation.
        package static var endless: Turn {
            Turn {
                try await Task.sleep(for: .seconds(86_400))
                throw CancellationError()
            }
        }
    }

    package let name: String
    private let state: Locked<(turns: [Turn], requests: [ModelRequest])>
    private let location: SourceLocation

    package convenience init(
        _ turns: Turn..., name: String = "scripted", sourceLocation: SourceLocation = #_sourceLocation
    ) {
        self.init(turns, name: name, sourceLocation: sourceLocation)
    }

    package init(_ turns: [Turn], name: String = "scripted", sourceLocation: SourceLocation = #_sourceLocation) {
        self.name = name
        state = Locked((turns, []))
        location = sourceLocation
    }

    /// Everything asked so far.
    package var requests: [ModelRequest] { state.withLock(\.requests) }
    package var unusedTurns: Int { state.withLock(\.turns.count) }

    package func respond(to request: ModelRequest) async throws -> ModelResponse {
        let turn: Turn? = state.withLock { state in
            state.requests.append(request)
            return state.turns.isEmpty ? nil : state.turns.removeFirst()
        }
        guard let turn else {
            Issue.record("the model \(name) was asked more often than it has turns", sourceLocation: location)
            throw LanguageModelError(.unavailable, message: "The script is over.")
        }
        if let problem = turn.expectation(request) {
            Issue.record("unexpected request to the model \(name): \(problem)", sourceLocation: location)
        }
        return try await turn.reply()
    }
}

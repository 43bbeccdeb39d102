package import LanguageModels
package import ServiceRuntime

/// An agent's loop that waits for a person: all it needs to go on, as a value that can be stored.
///
/// What a model was warned of for repeating a failing call is forgotten; everything else goes on as it was.
package struct SuspendedLoop: Sendable, Codable, Equatable {
    /// What became of one call of the turn in which the loop was suspended.
    package indirect enum Call: Sendable, Codable, Equatable {
        case done(ToolOutput)
        /// Not begun; runs when the loop goes on.
        case open
        case waiting(request: JSONValue)
        /// The call runs an agent of its own, which waits.
        case within(SuspendedLoop)

        var request: JSONValue? {
            switch self {
            case .done, .open: nil
            case .waiting(let request): request
            case .within(let loop): loop.request
            }
        }
    }

    package var agent: AgentName
    /// What the loop was given.
    package var conversation: [Message]
    /// What it added; the last message has the calls.
    package var messages: [Message]
    /// In the order of the calls.
    package var calls: [Call]
    package var usage: Usage

    /// The first thing that waits for a person: what is decided next.
    package var request: JSONValue? {
        calls.lazy.compactMap(\.request).first
    }

    /// The call that waits first, in this loop or in one inside it.
    package var waitingCall: ToolCall? {
        guard let index = pendingIndex else { return nil }
        if case .within(let loop) = calls[index] { return loop.waitingCall }
        let planned = messages.last?.toolCalls ?? []
        return planned.indices.contains(index) ? planned[index] : nil
    }

    /// The agent whose call that is.
    package var waitingAgent: AgentName {
        if let index = pendingIndex, case .within(let loop) = calls[index] { return loop.waitingAgent }
        return agent
    }

    var pendingIndex: Int? { calls.firstIndex { $0.request != nil } }
}

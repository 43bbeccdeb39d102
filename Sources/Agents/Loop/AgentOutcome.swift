package import LanguageModels

/// How an agent's loop ended, and with what.
package struct AgentOutcome: Sendable, Equatable {
    package enum Stop: Sendable, Equatable {
        case finished
        case budget(BudgetLimit)
        case gaveUp(Cause)
    }

    package enum Cause: Sendable, Equatable {
        /// The same call failed again after the model was told so.
        case repeatedFailure(tool: String)
        /// The model twice said nothing and called nothing.
        case emptyTurns
        /// The model twice ran into its limit of output tokens.
        case cutOff
        /// The provider's filter or the model itself refused; the text says so if the model did.
        case refused
    }

    /// What the agent said last, or the content of the tool that ended it.
    package var text: String
    /// What this run added to the conversation. Every tool call in it has its result, so it can be continued.
    package var messages: [Message]
    package var stop: Stop
    /// The tool that ended the agent, where one did.
    package var endedBy: String?
    /// Tokens of this agent alone.
    package var usage: Usage

    package init(
        text: String, messages: [Message], stop: Stop, endedBy: String? = nil, usage: Usage = Usage()
    ) {
        self.text = text
        self.messages = messages
        self.stop = stop
        self.endedBy = endedBy
        self.usage = usage
    }
}

extension AgentOutcome.Cause {
    /// A sentence's end, for example `the model refused`.
    package var sentence: String {
        switch self {
        case .repeatedFailure(let tool): "the same call of `\(tool)` kept failing"
        case .emptyTurns: "the model gave neither text nor a tool call"
        case .cutOff: "the model's turn was cut off at its limit of output tokens"
        case .refused: "the model refused"
        }
    }
}

import LanguageModels

/// A tool call of the model, with the reason why it is answered without running, if there is one.
struct PlannedCall: Sendable, Equatable {
    var call: ToolCall
    var rejection: String?
}

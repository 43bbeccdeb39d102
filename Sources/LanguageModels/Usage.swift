/// Tokens of one or several turns. `cachedInput` is part of `input`, `reasoning` part of `output`.
package struct Usage: Sendable, Codable, Equatable {
    package var input: Int
    package var cachedInput: Int
    package var output: Int
    package var reasoning: Int

    package init(input: Int = 0, cachedInput: Int = 0, output: Int = 0, reasoning: Int = 0) {
        self.input = input
        self.cachedInput = cachedInput
        self.output = output
        self.reasoning = reasoning
    }

    package var total: Int { input + output }

    package static func += (left: inout Usage, right: Usage) {
        left.input += right.input
        left.cachedInput += right.cachedInput
        left.output += right.output
        left.reasoning += right.reasoning
    }
}

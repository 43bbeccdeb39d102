/// Why a model gave no usable turn. Never shows keys, prompts or answers.
package struct LanguageModelError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable, Equatable {
        case authentication
        case rateLimited
        case unavailable
        case timeout
        case invalidRequest
        case invalidResponse
        case contextTooLong
    }

    package var code: Code
    package var message: String

    package init(_ code: Code, message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}

import HTTP
import ServiceRuntime
import Testing

@testable import LanguageModels

@Suite struct OpenAIFailureTests {
    private let key = Secret("sk-proj-abcdefgh12345678")

    private func failure(_ status: Int, _ body: JSONValue = [:], retryAfter: Duration? = nil) -> OpenAIFailure {
        OpenAIFailure(
            status: status, body: Array(body.encoded().utf8), retryAfter: retryAfter, model: "gpt-x", key: key)
    }

    @Test(
        "The status says what is wrong and whether to try again",
        arguments: [
            (400, .invalidRequest, false), (401, .authentication, false), (403, .authentication, false),
            (404, .invalidRequest, false), (408, .unavailable, true), (409, .unavailable, true),
            (413, .contextTooLong, false), (422, .invalidRequest, false), (429, .rateLimited, true),
            (500, .unavailable, true), (502, .unavailable, true), (503, .unavailable, true),
            (529, .unavailable, true), (301, .invalidRequest, false),
        ] as [(Int, LanguageModelError.Code, Bool)])
    func statuses(status: Int, code: LanguageModelError.Code, isRetryable: Bool) {
        let failure = failure(status, retryAfter: .seconds(3))
        #expect(failure.error.code == code)
        #expect(failure.isRetryable == isRetryable)
        #expect((failure.retryAfter != nil) == isRetryable)
        #expect(failure.error.message.contains("\(status)"))
    }

    @Test("The vendor's code decides where the status is too coarse")
    func codes() {
        let quota = failure(429, ["error": ["code": "insufficient_quota", "message": "You exceeded it."]])
        #expect(quota.isRetryable == false)
        #expect(quota.error.message.contains("quota is used up"))
        #expect(failure(400, ["error": ["code": "context_length_exceeded"]]).error.code == .contextTooLong)
        let bare = failure(400, ["message": "This model's maximum context length is 8192 tokens.", "object": "error"])
        #expect(bare.error.code == .contextTooLong)
    }

    @Test(
        "Code, type and message of the vendor are shown, in every shape they come in",
        arguments: [
            (
                ["error": ["code": "bad_thing", "type": "x_error", "message": "It is bad."]],
                "(bad_thing, x_error: It is bad.)"
            ),
            (["error": ["code": nil, "type": "x_error", "message": "It is\n bad."]], "(x_error: It is bad.)"),
            (["error": "model not found"], "(model not found)"),
            (
                ["object": "error", "type": "BadRequestError", "message": "no", "code": 400],
                "(400, BadRequestError: no)"
            ),
            ([["error": ["code": 400, "status": "INVALID", "message": "no"]]], "(400: no)"),
            (["error": ["code": "<b>evil</b>", "message": "no"]], "(no)"),
        ] as [(JSONValue, String)])
    func shapes(body: JSONValue, shown: String) {
        #expect(failure(400, body).error.message == "The model service answered 400 \(shown).")
    }

    @Test(
        "A message that might repeat a key is not shown",
        arguments: [
            "Incorrect API key provided: sk-proj-********5678.", "bad token sk-proj-abcdefgh12345678",
            "Bearer abc is wrong", "key sk-proj- is not known",
        ])
    func keysStayHidden(message: String) {
        for status in [400, 401, 403, 404, 429, 500] {
            let text = failure(status, ["error": ["message": .string(message), "code": "bad_key"]]).error.message
            #expect(!text.contains("sk-"))
            #expect(!text.contains("Bearer"))
            #expect(text.contains("bad_key"))
        }
    }

    @Test("A key of any form is hidden, whole or in part", arguments: ["who is abcdefghijkl?", "who is abcdefgh…?"])
    func otherKeys(message: String) {
        let failure = OpenAIFailure(
            status: 400, body: Array(JSONValue.object(["error": .string(message)]).encoded().utf8),
            retryAfter: nil, model: "m", key: Secret("abcdefghijkl"))
        #expect(failure.error.message == "The model service answered 400.")
    }

    @Test("A body that is no JSON is not repeated")
    func html() {
        let failure = OpenAIFailure(
            status: 503, body: Array("<html>secret prompt</html>".utf8), retryAfter: nil, model: "m", key: key)
        #expect(failure.error.message == "The model service answered 503.")
    }

    @Test("Long messages are cut")
    func longMessage() {
        let long = String(repeating: "word ", count: 1000)
        #expect(failure(400, ["error": ["message": .string(long)]]).error.message.count < 400)
    }

    @Test("An unknown model names itself")
    func unknownModel() {
        #expect(failure(404).error.message.contains("gpt-x"))
    }

    @Test(
        "Failures of the connection",
        arguments: [
            (.connectionFailed, .unavailable, true), (.connectionLost, .unavailable, true), (.timeout, .timeout, true),
            (.responseTooLarge, .invalidResponse, false), (.invalidURL, .invalidRequest, false),
        ] as [(HTTPError.Code, LanguageModelError.Code, Bool)])
    func connection(code: HTTPError.Code, expected: LanguageModelError.Code, isRetryable: Bool) {
        let failure = OpenAIFailure(HTTPError(code, message: "why"))
        #expect(failure.error.code == expected)
        #expect(failure.isRetryable == isRetryable)
    }
}

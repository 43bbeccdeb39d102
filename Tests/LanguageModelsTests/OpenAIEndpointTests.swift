import Testing

@testable import LanguageModels

@Suite struct OpenAIEndpointTests {
    @Test(
        "A base URL is taken as people write it",
        arguments: [
            ("https://api.openai.com/v1", "https://api.openai.com/v1/chat/completions"),
            ("https://api.openai.com/v1/", "https://api.openai.com/v1/chat/completions"),
            ("https://api.openai.com", "https://api.openai.com/v1/chat/completions"),
            ("https://api.openai.com/", "https://api.openai.com/v1/chat/completions"),
            (" https://api.openai.com/v1\n", "https://api.openai.com/v1/chat/completions"),
            ("http://localhost:11434", "http://localhost:11434/v1/chat/completions"),
            ("http://127.0.0.1:8080/llm//", "http://127.0.0.1:8080/llm/chat/completions"),
            ("https://host/v1beta/openai/", "https://host/v1beta/openai/chat/completions"),
            ("https://host/v1/chat/completions", "https://host/v1/chat/completions"),
            (
                "https://host/openai/v1?api-version=preview",
                "https://host/openai/v1/chat/completions?api-version=preview"
            ),
            ("http://[::1]:9000/v1", "http://[::1]:9000/v1/chat/completions"),
        ])
    func url(base: String, expected: String) {
        #expect(OpenAIEndpoint(baseURL: base)?.url == expected)
    }

    @Test("What is no web address is refused", arguments: ["", "localhost:8080", "ftp://host/v1", "https://", "/v1"])
    func refused(base: String) {
        #expect(OpenAIEndpoint(baseURL: base) == nil)
    }

    @Test(
        "OpenAI's own addresses are told from others",
        arguments: [
            ("https://api.openai.com/v1", true), ("https://eu.api.openai.com/v1", true),
            ("https://x.openai.azure.com/openai/v1", true), ("https://api.openai.com.evil.example/v1", false),
            ("http://localhost:8080", false),
        ])
    func isOpenAI(base: String, expected: Bool) {
        #expect(OpenAIEndpoint(baseURL: base)?.isOpenAI == expected)
    }
}

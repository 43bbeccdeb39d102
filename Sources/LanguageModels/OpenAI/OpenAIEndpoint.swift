import FoundationEssentials

/// The address of Chat Completions under a base URL as people write it.
struct OpenAIEndpoint: Equatable {
    var url: String
    var isOpenAI: Bool

    private static let path = "/chat/completions"

    /// nil where the text is no http or https URL with a host.
    init?(baseURL: String) {
        let text = String(baseURL.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        guard var components = URLComponents(string: text), let scheme = components.scheme?.lowercased(),
            scheme == "https" || scheme == "http", let host = components.host?.lowercased(), !host.isEmpty
        else { return nil }
        var base = components.percentEncodedPath
        while base.hasSuffix("/") { base.removeLast() }
        if base.hasSuffix(Self.path) { base.removeLast(Self.path.count) }
        if base.isEmpty { base = "/v1" }
        components.percentEncodedPath = base + Self.path
        components.fragment = nil
        guard let url = components.string else { return nil }
        self.url = url
        isOpenAI = host == "api.openai.com" || host.hasSuffix(".api.openai.com") || host.hasSuffix(".openai.azure.com")
    }
}

import HTTP
import LanguageModels
import ServiceRuntime

/// Whether the language model answers, with the smallest question there is.
struct ModelDoctor {
    private let settings: Settings
    private let model: (any LanguageModel)?

    init(_ settings: Settings, model: (any LanguageModel)?) {
        self.settings = settings
        self.model = model
    }

    func findings() async -> [DoctorFinding] {
        guard let model else { return [.fine("model", "built in; OPENAI_API_KEY adds a language model")] }
        do {
            let request = ModelRequest(
                instructions: "Answer with one word.", messages: [.user("ready?")], maximumOutputTokens: 64)
            _ = try await model.respond(to: request)
            return [.fine("model", "\(model.name) answers")]
        } catch let error as LanguageModelError {
            let remedy =
                switch error.code {
                case .authentication: "check OPENAI_API_KEY"
                case .invalidRequest: "check the model's name in DASH_MODEL"
                default: "check OPENAI_BASE_URL and the vendor's status page"
                }
            // The built-in model goes on answering from curated knowledge.
            return [.warning("model", "\(model.name): \(error)", remedy: remedy)]
        } catch {
            return [.warning("model", "\(model.name): \(error)", remedy: "check OPENAI_BASE_URL")]
        }
    }
}

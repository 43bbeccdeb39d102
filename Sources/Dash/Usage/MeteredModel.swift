import LanguageModels
import ServiceRuntime

/// A model whose tokens count towards the day's.
struct MeteredModel: LanguageModel {
    let base: any LanguageModel
    let usage: UsageStore
    /// Whether a used-up day ends the run; else its tokens are counted only.
    var refusesOverLimit = true
    let logger: Logger

    var name: String { base.name }

    /// Throws `DailyTokensUsed` before the call where none are left. Calls under way may overshoot.
    func respond(to request: ModelRequest) async throws -> ModelResponse {
        if refusesOverLimit, let refusal = try await usage.tokensRefusal() { throw DailyTokensUsed(refusal: refusal) }
        let response = try await base.respond(to: request)
        // Paid for, also where the question was cancelled in the meantime.
        await Task { await charge(response.usage.total) }.value
        return response
    }

    private func charge(_ tokens: Int) async {
        do {
            try await usage.charge(tokens: tokens)
        } catch {
            logger.warning("tokens could not be counted", ["tokens": "\(tokens)"])
        }
    }
}

package import LanguageModels
package import ServiceRuntime

/// The built-in model: no key, no network, nothing remembered. It plays all three roles over the team's own tools and answers
/// only from what they return; what it cannot ground it says so.
///
/// The role follows from the tools it is offered, everything else from the request's messages, the day and the person's
/// name: the same request gives the same bytes.
package struct GroundedModel: LanguageModel {
    private let today: CivilDate?
    private let person: String?
    private let conversation: ConversationMemory

    package init(today: CivilDate? = nil, person: String? = nil) {
        self.init(today: today, person: person, conversation: ConversationMemory())
    }

    /// - Parameters:
    ///   - today: what "this month" and unfinished periods are counted from.
    ///   - person: the name to greet.
    ///   - conversation: what earlier turns left, for follow-ups.
    init(today: CivilDate? = nil, person: String? = nil, conversation: ConversationMemory) {
        self.today = today
        self.person = person
        self.conversation = conversation
    }

    package var name: String { "builtin" }

    @concurrent
    package func respond(to request: ModelRequest) async throws -> ModelResponse {
        let tools = Set(request.tools.map(\.name))
        let transcript = Transcript(request)
        let response: ModelResponse =
            if tools.contains(ToolName.giveAnswer) {
                GroundedAnalyst(
                    transcript: transcript, today: today?.description, conversation: conversation
                ).respond()
            } else if tools.contains(ToolName.updateKnowledge) {
                GroundedEngineer(transcript: transcript).respond()
            } else if tools.contains(ToolName.delegate) {
                GroundedLeader(
                    transcript: transcript, person: person, goesOn: conversation.explained != nil
                ).respond()
            } else {
                throw LanguageModelError(
                    .invalidRequest,
                    message: "The built-in model only plays Dash's own roles; it was offered none of their tools.")
            }
        try Task.checkCancellation()
        return response
    }
}

import LanguageModels
import ServiceRuntime

/// The built-in model as Leader: greets, thanks, refuses, and delegates everything else.
struct GroundedLeader {
    let transcript: Transcript
    let person: String?
    /// Whether an answer with numbers stands before the question.
    var goesOn = false

    func respond() -> ModelResponse {
        if let step = transcript.last(ToolName.delegate) {
            return transcript.reply(
                step.result.content.contains { !$0.isWhitespace }
                    ? step.result.content : "I could not finish this. Please ask again in other words.")
        }
        switch Intent(transcript.task, goesOn: goesOn) {
        case .greeting:
            let name = person.map { " \($0)" } ?? ""
            return transcript.reply("Hi\(name)! Ask me about the company's data. Say “help” to see what I can answer.")
        case .thanks:
            return transcript.reply("You're welcome! Ask again any time.")
        case .destructive:
            return transcript.refusal(
                "I only read company data, so I won't change or delete any of it. I can show you which rows it would touch, or build a view in schema dash that leaves them out."
            )
        case .credentials:
            return transcript.refusal(
                "I don't show passwords, keys, connection strings or settings. Your administrator can look them up.")
        case .build: return delegate("engineer")
        case .nothing, .help, .correction, .question: return delegate("analyst")
        }
    }

    private func delegate(_ agent: JSONValue) -> ModelResponse {
        let task = transcript.task.contains { !$0.isWhitespace } ? transcript.task : "help"
        return transcript.call([(ToolName.delegate, ["agent": agent, "task": .string(task)])])
    }
}

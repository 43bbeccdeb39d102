import Dash
import ServiceRuntime

/// Has the person at the terminal decide what a run waits for, until it waits no longer.
struct TerminalConfirmation {
    let application: Application
    let asker: Asker
    /// nil where nobody can be asked.
    let prompt: AgreementPrompt?

    /// The answer in the end. Where nobody can be asked, what was asked for counts as declined.
    func settle(_ answer: Answer) async throws -> Answer {
        var answer = answer
        while answer.kind == .confirmation, let confirmation = answer.confirmation {
            guard let prompt else { return try await refused(answer, confirmation) }
            let isApproved = try await prompt.isGiven(for: AnswerText(answer).rendered)
            _ = try await application.confirmations.decide(
                confirmation.id, isApproved ? .approved : .declined, by: asker.id)
            answer = try await ProgressLine.showing { progress in
                try await application.runner.resume(confirmation.id, onEvent: progress.show)
            }
        }
        return answer
    }

    private func refused(_ answer: Answer, _ confirmation: Confirmation) async throws -> Answer {
        _ = try await application.confirmations.decide(confirmation.id, .declined, by: "nobody at \(asker.id)")
        var answer = answer
        answer.meaning = """
            \(answer.meaning.map { $0 + " " } ?? "")Nobody can be asked here, so nothing was changed. Ask in a terminal \
            (`dashd chat`, or `dashd ask` without --json), or in Slack.
            """
        return answer
    }
}

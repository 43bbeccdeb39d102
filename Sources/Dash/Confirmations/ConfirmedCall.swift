import Agents
import LanguageModels
import ServiceRuntime

/// Gives the call that waited for a person its output: runs it if they approved, else says that nothing was done.
struct ConfirmedCall: Sendable {
    let confirmation: Confirmation
    let run: Run
    let store: ConfirmationStore

    func output(of call: ToolCall, run perform: @Sendable () async throws -> ToolOutput) async throws -> ToolOutput {
        let action = confirmation.action
        guard confirmation.decision == .approved else {
            run.declined(action)
            return refusal(
                "declined",
                "The person declined it, so nothing was changed. Do not try it again or in another way; say so.")
        }
        // The approval is for one text; a call that came to say something else has none.
        if let sql = call.arguments["sql"]?.string, sql != action.sql { return stale }
        switch try await use() {
        case nil: return stale
        case .again(let outcome?):
            run.restore(outcome.run)
            return outcome.output
        case .again(nil):
            return refusal(
                "interrupted",
                """
                It was confirmed and begun, then interrupted; whether it was carried out is not known. Do not run it \
                again; say so.
                """)
        case .first: break
        }
        let output = try await Approval.given(for: action) { try await perform() }
        await store.keep(ConfirmedOutcome(output: output, run: run.snapshot), of: confirmation.id)
        return output
    }

    /// Nil where the stored approval is for something else.
    private func use() async throws -> ConfirmationStore.Use? {
        do {
            return try await store.use(confirmation)
        } catch is ConfirmationStore.StaleApproval {
            return nil
        }
    }

    private var stale: ToolOutput {
        run.declined(confirmation.action)
        return refusal(
            "stale", "What was confirmed is not what would run, so nothing was changed. Do not try it again; say so.")
    }

    private func refusal(_ error: String, _ message: String) -> ToolOutput {
        ToolOutput(
            content: JSONValue.object(["error": .string(error), "message": .string(message)]).encoded(), isError: true,
            summary: error)
    }
}

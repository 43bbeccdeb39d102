import Dash
package import ServiceRuntime
import SlackAPI

/// The line under a thread that says that Dash is at work; best effort, and off for good once Slack does not have it.
package final class StatusIndicator: Sendable {
    private let isOff = Locked(false)
    private let logger: Logger

    package init(logger: Logger) {
        self.logger = logger
    }

    /// True where the status is now shown and has to be cleared.
    func show(_ question: SlackQuestion, _ installation: SlackInstallation) async -> Bool {
        guard !isOff.withLock({ $0 }),
            installation.mayHave(scope: "assistant:write") || installation.mayHave(scope: "chat:write")
        else { return false }
        return await set(SlackPlainText(ProgressText.status), question, installation.client)
    }

    func clear(_ question: SlackQuestion, _ installation: SlackInstallation) async {
        _ = await set("", question, installation.client)
    }

    private func set(_ status: SlackPlainText, _ question: SlackQuestion, _ client: SlackClient) async -> Bool {
        do {
            try await client.setStatus(status, in: question.channel, thread: question.thread)
            return true
        } catch {
            if case .refused(let name) = (error as? SlackError)?.code,
                ["unknown_method", "missing_scope", "not_authorized", "feature_not_enabled", "method_deprecated"]
                    .contains(name)
            {
                isOff.withLock { $0 = true }
                logger.info("Slack shows no status for this app", ["error": name])
            }
            return false
        }
    }
}

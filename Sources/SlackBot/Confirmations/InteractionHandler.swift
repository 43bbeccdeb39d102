import Dash
import HTTP
import ServiceRuntime
import SlackAPI

/// Takes verified interactions: a decision is durable before Slack gets its 200.
package struct InteractionHandler: Sendable {
    let confirmations: SlackConfirmations
    let notices: PersonalNotices
    let logger: Logger

    func respond(to interaction: SlackInteraction) async -> HTTPResponse {
        guard let click = ConfirmationClick(interaction) else {
            logger.debug("an interaction is nothing this version knows", ["type": interaction.type])
            return HTTPResponse(status: 200)
        }
        do {
            let verdict = try await confirmations.decide(click)
            let metadata = ["confirmation": "\(click.id)", "person": click.person, "decision": click.decision.rawValue]
            switch verdict {
            case .decided: logger.notice("a confirmation was decided", metadata)
            case .repeated: break
            case .notAllowed:
                logger.warning("a confirmation was clicked by somebody who may not decide it", metadata)
                tell(click, "Only the person who asked, or an approver named by your administrator, can decide this.")
            case .refused(let refusal):
                logger.warning(
                    "a confirmation was clicked by somebody who may not ask",
                    metadata.merging(["reason": refusal.rawValue]) { _, new in new })
                if let message = SlackTexts.refused(refusal) {
                    tell(click, "\(message.text) Nothing was done by your click.")
                }
            case .unchecked:
                logger.warning("Slack does not say who clicked a confirmation", metadata)
                tell(
                    click,
                    "I could not check with Slack who you are, so nothing was done by your click. Please click again.")
            case .notActive:
                logger.notice("a confirmation that is not active was clicked", metadata)
                tell(click, "This confirmation is no longer active. Nothing was done by your click.")
            }
            return HTTPResponse(status: 200)
        } catch {
            // Not 200: Slack tells the person that it did not work. Nothing was decided; they may click again.
            logger.error("a click cannot be stored", ["error": "\(error)"])
            return .json(["error": "temporarily unavailable"], status: 503)
        }
    }

    private func tell(_ click: ConfirmationClick, _ text: SlackText) {
        notices.add(
            PersonalNotices.Notice(
                text: text, user: click.user, team: click.team, channel: click.channel, thread: click.thread))
    }
}

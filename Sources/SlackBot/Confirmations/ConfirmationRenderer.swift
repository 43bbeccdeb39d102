import Agents
import Dash
import FoundationEssentials
import SlackAPI

/// A confirmation as a Slack message: open with its buttons, or closed with who decided. Pure.
enum ConfirmationRenderer {
    private static let longestStatement = 1_500
    private static let mostDependants = 20

    static func open(_ confirmation: Confirmation) -> SlackMessage {
        let id = confirmation.id.description
        return message(
            confirmation, words: "*Please confirm:* \(confirmation.action.sentence)",
            note: "Nothing has been changed yet. The question is open until \(time(confirmation.expiresAt)).",
            buttons: [
                SlackButton(actionID: ConfirmationClick.approve, text: "Yes, do it", value: id, style: .danger),
                SlackButton(actionID: ConfirmationClick.decline, text: "No", value: id),
            ])
    }

    /// The same without buttons, with what became of it.
    static func closed(_ confirmation: Confirmation, by who: SlackText?) -> SlackMessage {
        let by: SlackText = who.map { $0.isEmpty ? "" : " by \($0)" } ?? ""
        let when: SlackText = confirmation.decidedAt.map { " at \(time($0))" } ?? ""
        let note: SlackText =
            switch confirmation.decision {
            case .approved: "Approved\(by)\(when)."
            case .declined: "Declined\(by)\(when). Nothing was changed."
            case .expired, nil: "Nobody decided in time, so nothing was changed."
            }
        return message(confirmation, words: .literal(confirmation.action.sentence), note: note, buttons: [])
    }

    private static func message(
        _ confirmation: Confirmation, words: SlackText, note: SlackText, buttons: [SlackButton]
    ) -> SlackMessage {
        let action = confirmation.action
        let risk: SlackText? = action.risk.map { "⚠️ \($0)" }
        let paragraphs = [words, risk, dependants(of: action)].compactMap(\.self)
        let statement = SlackText.fence(shortened(action.sql))
        var blocks: [SlackBlock] = paragraphs.flatMap { $0.split(limit: 2_800) }.map { .section(text: $0) }
        blocks.append(.section(text: statement))
        if !buttons.isEmpty { blocks.append(.actions(buttons)) }
        blocks.append(.context(["\(note) Run: \(SlackText.code(confirmation.runID.short))"]))
        var text: SlackText = ""
        for part in paragraphs + [note, statement] {
            let joined = text.isEmpty ? part : text + "\n\n" + part
            if joined.length <= SlackLimits.text { text = joined }
        }
        let message = SlackMessage(text: text, blocks: blocks)
        return message.violations().isEmpty ? message : message.plain
    }

    private static func dependants(of action: ProposedAction) -> SlackText? {
        let titles: [(SlackText, Bool)] = [("Goes with it:", true), ("Uses it:", false)]
        let parts = titles.compactMap { title, isLost -> SlackText? in
            let found = action.dependants.filter { $0.isLost == isLost }
            guard !found.isEmpty else { return nil }
            var lines = found.prefix(mostDependants).map { dependant -> SlackText in
                dependant.kind.isEmpty ? "• \(dependant.name)" : "• \(dependant.name) (\(dependant.kind))"
            }
            if found.count > mostDependants { lines.append("• and \(found.count - mostDependants) more") }
            return ([title] + lines).joined(separator: "\n")
        }
        return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
    }

    private static func shortened(_ sql: String) -> String {
        guard sql.count > longestStatement else { return sql }
        return sql.prefix(longestStatement) + " … (\(sql.count - longestStatement) more characters)"
    }

    /// For example `2026-03-15 14:05 UTC`.
    private static func time(_ date: Date) -> String {
        let text = date.formatted(.iso8601)
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }
}

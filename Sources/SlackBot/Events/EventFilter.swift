import Dash
import ServiceRuntime
package import SlackAPI

/// Decides which events are questions to Dash. Everything that is not allowed is ignored.
package enum EventFilter {
    package enum Decision: Sendable, Equatable {
        case question(SlackQuestion)
        /// A question if Dash takes part in the thread.
        case reply(SlackQuestion)
        /// Whoever wrote this message has deleted it.
        case withdrawn(SlackDestination, SlackTimestamp)
        case ignore(Reason)
    }

    package enum Reason: String, Sendable, Equatable {
        case otherType, subtype, hidden, bot, ownMessage, system, incomplete, notForDash, forSomebodyElse
    }

    private static let subtypes: Set<String> = ["file_share", "me_message", "thread_broadcast"]
    private static let systemUsers: Set<SlackUserID> = ["USLACKBOT", "USLACK", "UREVOKEDU"]

    /// `identity` is nil while Slack has not yet said who the token is; then the event's own word counts.
    package static func decide(_ envelope: SlackEnvelope, identity: SlackIdentity?) -> Decision {
        var event = envelope.event
        if event.type == "message", let deletion = event.deletion {
            guard let team = envelope.team, let channel = event.channel else { return .ignore(.incomplete) }
            let place = SlackDestination(team: team, channel: channel, thread: deletion.thread)
            return .withdrawn(place, deletion.ts)
        }
        if event.type == "message", let edit = event.edit {
            // Only who mentions us by an edit asks us by it: other edits do not change what was asked.
            let own = Set([identity?.user, envelope.authorization.user].compactMap(\.self))
            guard Mrkdwn.mentions(in: edit.before).isDisjoint(with: own) else { return .ignore(.subtype) }
            let channel = event.channel
            event = SlackEvent(edit.message)
            event.channel = channel
            guard event.edit == nil, !Mrkdwn.mentions(in: event.text).isDisjoint(with: own) else {
                return .ignore(.subtype)
            }
        }
        guard event.type == "app_mention" || event.type == "message" else { return .ignore(.otherType) }
        guard !event.isHidden else { return .ignore(.hidden) }
        if let subtype = event.subtype, !subtypes.contains(subtype) { return .ignore(.subtype) }
        // Any bot, ourselves included: two bots that answer each other would never stop.
        guard event.botID == nil else { return .ignore(.bot) }
        guard let team = envelope.team, let channel = event.channel, let user = event.user, let ts = event.ts,
            ts.seconds != nil, event.threadTS.map({ $0.seconds != nil }) ?? true
        else { return .ignore(.incomplete) }
        let own = Set([identity?.user, envelope.authorization.user].compactMap(\.self))
        guard !own.contains(user) else { return .ignore(.ownMessage) }
        guard !systemUsers.contains(user) else { return .ignore(.system) }

        func question(_ kind: SlackQuestion.Kind) -> SlackQuestion {
            SlackQuestion(
                eventID: envelope.eventID, kind: kind, team: team, channel: channel, ts: ts,
                threadTS: event.threadTS == ts ? nil : event.threadTS, user: user, text: bounded(event.text),
                own: identity?.user ?? envelope.authorization.user, enterprise: envelope.authorization.enterprise,
                userTeam: event.userTeam, isExternallyShared: envelope.isExternallyShared)
        }
        if event.channelType == .im || (event.channelType == nil && channel.rawValue.hasPrefix("D")) {
            return .question(question(.directMessage))
        }
        let mentions = Mrkdwn.mentions(in: event.text)
        if event.type == "app_mention" || !mentions.isDisjoint(with: own) { return .question(question(.mention)) }
        guard let thread = event.threadTS, thread != ts else { return .ignore(.notForDash) }
        return mentions.isEmpty ? .reply(question(.reply)) : .ignore(.forSomebodyElse)
    }

    /// Cut, and without secrets: what is not kept cannot leak.
    private static func bounded(_ text: String) -> String {
        let text = SecretScan.process.clean(text)
        guard Question.isTooLong(text) else { return text }
        return String(text.prefix(SlackQuestion.longestText + 1))
    }
}

package import Dash
package import Jobs
package import SlackAPI

/// A message that is for Dash: what the question job carries.
package struct SlackQuestion: Sendable, Codable, Equatable {
    /// Longer questions are refused; what is kept of them only has to show that they are too long.
    package static let longestText = Question.maximumLength

    package enum Kind: String, Sendable, Codable {
        case directMessage, mention, reply
    }

    package var eventID: String
    package var kind: Kind
    package var team: SlackTeamID
    package var channel: SlackChannelID
    package var ts: SlackTimestamp
    /// The thread it was written in; nil for a message outside threads.
    package var threadTS: SlackTimestamp?
    package var user: SlackUserID
    /// As Slack sent it, with entities and mentions.
    package var text: String
    /// The app's own bot user, by the event.
    package var own: SlackUserID?
    /// The organisation of the workspace, the writer's workspace, and whether others read the channel; by the event.
    package var enterprise: SlackTeamID?
    package var userTeam: SlackTeamID?
    package var isExternallyShared: Bool?
    /// Found in the history: its event never came.
    package var isRecovered: Bool?

    package init(
        eventID: String, kind: Kind, team: SlackTeamID, channel: SlackChannelID, ts: SlackTimestamp,
        threadTS: SlackTimestamp?, user: SlackUserID, text: String, own: SlackUserID?,
        enterprise: SlackTeamID? = nil, userTeam: SlackTeamID? = nil, isExternallyShared: Bool? = nil
    ) {
        self.eventID = eventID
        self.kind = kind
        self.team = team
        self.channel = channel
        self.ts = ts
        self.threadTS = threadTS
        self.user = user
        self.text = text
        self.own = own
        self.enterprise = enterprise
        self.userTeam = userTeam
        self.isExternallyShared = isExternallyShared
    }

    /// The thread the answer belongs to.
    package var thread: SlackTimestamp { threadTS ?? ts }
    package var destination: SlackDestination { SlackDestination(team: team, channel: channel, thread: thread) }
    package var conversation: ConversationID { ConversationID(rawValue: destination.rawValue) }
    package var lane: JobLane { JobLane(rawValue: destination.rawValue) }
    package var askerID: String { "slack:\(team):\(user)" }
    /// The same for every delivery of the message and every attempt to answer it.
    package var answerKey: String { "slack:\(team):\(channel):\(ts)" }
    package var isDirect: Bool { kind == .directMessage || channel.isDirectMessage }
    package var origin: Origin {
        Origin(surface: .slack, team: team.rawValue, channel: channel.rawValue, isPrivate: isDirect)
    }
    package var isTooLong: Bool { Question.isTooLong(text) }
}

package import SlackAPI

/// A thread in a workspace; written `slack:<team>:<channel>:<thread>`.
package struct SlackDestination: RawRepresentable, Hashable, Sendable {
    package var team: SlackTeamID
    package var channel: SlackChannelID
    package var thread: SlackTimestamp

    package init(team: SlackTeamID, channel: SlackChannelID, thread: SlackTimestamp) {
        self.team = team
        self.channel = channel
        self.thread = thread
    }

    package init?(rawValue: String) {
        let parts = rawValue.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[0] == "slack", parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(
            team: SlackTeamID(rawValue: parts[1]), channel: SlackChannelID(rawValue: parts[2]),
            thread: SlackTimestamp(rawValue: parts[3]))
    }

    package var rawValue: String { "slack:\(team):\(channel):\(thread)" }
}

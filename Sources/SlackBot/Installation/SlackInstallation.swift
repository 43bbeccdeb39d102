package import SlackAPI

/// The app in one workspace.
package struct SlackInstallation: Sendable {
    package var client: SlackClient
    /// nil until Slack has been reached for the first time.
    package var identity: SlackIdentity?

    package init(client: SlackClient, identity: SlackIdentity?) {
        self.client = client
        self.identity = identity
    }

    /// Whether the token has the scope, as far as is known.
    package func mayHave(scope: String) -> Bool {
        identity?.scopes.map { $0.contains(scope) } ?? true
    }
}

/// Where installations are looked up, once per event.
package protocol SlackInstallations: Sendable {
    func installation(for team: SlackTeamID) -> SlackInstallation?

    /// The workspaces that are known by now.
    var teams: [SlackTeamID] { get }
}

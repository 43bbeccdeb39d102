import HTTP
import ServiceRuntime
import SlackAPI
import SlackBot

/// The bot token and what it may do.
struct SlackDoctor {
    /// What each scope is for; without a required one Dash does not work in Slack.
    private static let scopes: [(name: String, isRequired: Bool, purpose: String)] = [
        ("app_mentions:read", true, "mentions in channels"),
        ("chat:write", true, "answers"),
        ("im:history", true, "direct messages"),
        (
            "channels:history", false,
            "follow-ups without a mention, and questions missed during an outage, in public channels"
        ),
        ("groups:history", false, "the same in private channels"),
        ("mpim:history", false, "the same in group messages"),
        ("im:read", false, "first direct messages of somebody that were missed during an outage"),
        ("users:read", true, "who asks: guests and other organisations are refused"),
        ("channels:read", true, "who reads a public channel; without it no data is shown there"),
        ("groups:read", true, "who reads a private channel; without it no data is shown there"),
        ("mpim:read", true, "who reads a group message; without it no data is shown there"),
    ]

    private let configuration: SlackConfiguration?
    private let http: HTTPClient

    init(_ configuration: SlackConfiguration?, http: HTTPClient) {
        self.configuration = configuration
        self.http = http
    }

    func findings() async -> [DoctorFinding] {
        guard let configuration else {
            return [.fine("slack", "off; docs/slack-connect.md shows how to turn it on")]
        }
        do {
            let client = try SlackClient(token: configuration.token, baseURL: configuration.apiURL, http: http)
            let identity = try await client.authTest()
            return [.fine("slack", "the token belongs to bot \(identity.user.rawValue)")] + missing(identity.scopes)
        } catch {
            return [.broken("slack", "\(error)", remedy: Self.remedy(for: error))]
        }
    }

    private static func remedy(for error: any Error) -> String {
        switch (error as? SlackError)?.reaction {
        case .mendToken: "copy the Bot User OAuth Token from the app's page Install App into SLACK_TOKEN once more"
        case .mendScopes: "add what is missing under OAuth & Permissions and reinstall the app"
        case .retry: "check the network, a proxy or SLACK_API_URL; then try again"
        case .leaveTarget, .simplify, .postAnew, .giveUp, nil: "check SLACK_TOKEN and SLACK_API_URL"
        }
    }

    private func missing(_ granted: Set<String>?) -> [DoctorFinding] {
        guard let granted else { return [] }
        return Self.scopes.filter { !granted.contains($0.name) }.map { scope in
            DoctorFinding(
                subject: "slack", state: scope.isRequired ? .broken : .warning,
                message: "scope \(scope.name) is missing; it is for \(scope.purpose)",
                remedy: "add it under OAuth & Permissions and reinstall the app")
        }
    }
}

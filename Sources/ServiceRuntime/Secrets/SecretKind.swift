/// What a removed secret looked like.
package enum SecretKind: String, Sendable, CaseIterable, Comparable {
    case slackToken, slackWebhook, apiKey, gitHubToken, gitLabToken, awsKey, googleKey, jsonWebToken, privateKey
    case stripeKey, password, highEntropy, own

    /// As in "looks like a Slack token".
    package var noun: String {
        switch self {
        case .slackToken: "a Slack token"
        case .slackWebhook: "a Slack webhook address"
        case .apiKey: "an API key"
        case .gitHubToken: "a GitHub token"
        case .gitLabToken: "a GitLab token"
        case .awsKey: "an AWS key"
        case .googleKey: "a Google key"
        case .jsonWebToken: "a JSON web token"
        case .privateKey: "a private key"
        case .stripeKey: "a Stripe key"
        case .password: "a password"
        case .highEntropy: "a secret"
        case .own: "one of Dash's own secrets"
        }
    }

    /// What stands where the secret stood.
    package var replacement: String { "[removed: looks like \(noun)]" }

    package static func < (left: SecretKind, right: SecretKind) -> Bool { left.rawValue < right.rawValue }
}

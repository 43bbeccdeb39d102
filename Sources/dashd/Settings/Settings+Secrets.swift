import ServiceRuntime
import SlackBot

extension Settings {
    /// Every value that must appear nowhere.
    var secrets: [Secret] {
        var secrets = [rolePasswords.app, rolePasswords.analyst, rolePasswords.engineer].compactMap(\.self)
        if case .server(let server) = database { secrets += [server.administrator?.password].compactMap(\.self) }
        secrets += [warehouse?.administrator?.password].compactMap(\.self)
        if let slack {
            secrets += [slack.token, slack.signingSecret] + [slack.previousSigningSecret].compactMap(\.self)
        }
        if case .openAI(_, let key, _) = model { secrets.append(key) }
        return secrets + unusedSecrets
    }
}

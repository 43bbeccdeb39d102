/// What the daemon tells a person when it is ready.
struct Welcome {
    var text: String

    init(_ settings: Settings, port: Int) {
        let dashd = Swift.CommandLine.arguments.first ?? "dashd"
        var lines = ["Dash listens on http://localhost:\(port)"]
        if settings.slack == nil {
            lines.append(
                "Slack is off: set SLACK_TOKEN and SLACK_SIGNING_SECRET in .env (docs/slack-connect.md), then start again"
            )
        } else {
            lines.append(
                "Slack is on: point the app's events at <your public address>/slack/events, its interactivity at /slack/interactions"
            )
        }
        switch settings.model {
        case .builtIn:
            lines.append("Model: built in; set OPENAI_API_KEY for questions beyond the curated knowledge")
        case .openAI(let model, _, _):
            lines.append("Model: \(model)" + (settings.fastPath ? ", behind the built-in one" : ""))
        }
        lines.append("Ask here: \(dashd) ask \"…\", or \(dashd) chat")
        text = lines.joined(separator: "\n") + "\n"
    }
}

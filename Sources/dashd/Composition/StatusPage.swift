/// The small page on `GET /`.
struct StatusPage {
    var html: String

    init(_ settings: Settings, cause: String?, sqlIsOffBecause causes: [String], warnings: [String]) {
        var rows = [("Dash", cause ?? "running, version \(Version.current)")]
        rows.append(
            settings.slack == nil
                ? ("Slack", "off: set SLACK_TOKEN and SLACK_SIGNING_SECRET; docs/slack-connect.md shows how")
                : ("Slack", "on: events go to /slack/events"))
        switch settings.model {
        case .builtIn: rows.append(("Model", "built in; OPENAI_API_KEY adds a language model"))
        case .openAI(let model, _, _): rows.append(("Model", model))
        }
        switch settings.database {
        case .embedded: rows.append(("PostgreSQL", "Dash's own; DB_HOST connects your company's"))
        case .server: rows.append(("PostgreSQL", "given by DB_HOST"))
        }
        rows += causes.map { ("SQL is off", "\($0); dashd doctor names what fixes it") }
        rows += warnings.map { ("Warning", $0) }
        let body = rows.map { "<tr><th>\(Self.escaped($0.0))</th><td>\(Self.escaped($0.1))</td></tr>" }.joined()
        html = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Dash</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}
            th{text-align:left;padding-right:1.5rem;vertical-align:top}</style>
            <h1>Dash</h1><p>Ask about your data: in Slack, or with <code>dashd ask "…"</code> in a terminal.</p>
            <table>\(body)</table>
            <p><a href="/health">health</a></p></html>

            """
    }

    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            default: String(character)
            }
        }.joined()
    }
}

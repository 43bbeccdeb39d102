/// "Drop the view dash.monthly_mrr", "refresh dash.monthly_mrr": what is to be done with one object that Dash built.
struct BuiltObjectRequest: Sendable, Equatable {
    enum Action: Sendable, Equatable {
        case drop, refresh
    }

    var action: Action
    /// With its schema, as `dash.monthly_mrr`.
    var name: String

    private static let verbs: [String: Action] = [
        "drop": .drop, "delete": .drop, "remove": .drop, "refresh": .refresh, "update": .refresh,
    ]
    private static let polite: Set<String> = ["please", "can", "could", "would", "you", "now", "kindly", "hey", "hi"]
    private static let frame: Set<String> = [
        "the", "our", "my", "that", "this", "old", "view", "materialized", "table", "summary", "if", "exists", "please",
        "again", "now",
    ]

    /// nil for anything but one verb and one name: more may mean more.
    init?(_ text: String) {
        var tokens = SQLToken.scan(text).drop { token in
            if case .word(let word, isQuoted: false) = token {
                Self.polite.contains(word)
            } else {
                token == .symbol(",")
            }
        }
        guard case .word(let verb, isQuoted: false) = tokens.popFirst(), let action = Self.verbs[verb],
            let schema = tokens.firstIndex(of: .word("dash", isQuoted: false)), schema + 2 < tokens.endIndex,
            tokens[schema + 1] == .symbol("."), case .word(let name, _) = tokens[schema + 2]
        else { return nil }
        let rest = tokens[..<schema] + tokens[(schema + 3)...]
        let isAll = rest.allSatisfy { token in
            switch token {
            case .word(let word, isQuoted: false): Self.frame.contains(word)
            case .symbol(let symbol): [".", ";", "!", "?", ",", "`"].contains(symbol)
            default: false
            }
        }
        guard isAll else { return nil }
        self.action = action
        self.name = "dash." + name
    }
}

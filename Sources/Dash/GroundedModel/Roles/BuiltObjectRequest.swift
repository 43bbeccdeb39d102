/// "Drop the view dash.monthly_mrr", "refresh dash.monthly_mrr": what is to be done with one object that Dash built.
struct BuiltObjectRequest: Sendable, Equatable {
    enum Action: Sendable, Equatable {
        case drop, refresh
    }

    var action: Action
    /// With its schema, as `dash.monthly_mrr`.
    var name: String

    /// The one word that is no frame: a view's name, or one that only an object can have.
    private static func bareName(_ tokens: ArraySlice<SQLToken>) -> (name: String, index: Int)? {
        let words = tokens.indices.compactMap { index -> (name: String, index: Int)? in
            if case .word(let word, isQuoted: false) = tokens[index] { (word, index) } else { nil }
        }
        let names = words.filter { !frame.contains($0.name) }
        guard names.count == 1, let only = names.first, !words.contains(where: { $0.name == "table" }),
            !tokens.contains(.symbol("."))
                || tokens.firstIndex(of: .symbol(".")) == tokens.indices.last,
            words.contains(where: { $0.name == "view" }) || only.name.contains("_")
        else { return nil }
        return only
    }

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
        guard case .word(let verb, isQuoted: false) = tokens.popFirst(), let action = Self.verbs[verb] else {
            return nil
        }
        let name: String
        var rest: ArraySlice<SQLToken>
        if let schema = tokens.firstIndex(of: .word("dash", isQuoted: false)) {
            guard schema + 2 < tokens.endIndex, tokens[schema + 1] == .symbol("."),
                case .word(let own, _) = tokens[schema + 2]
            else { return nil }
            name = own
            rest = tokens[..<schema] + tokens[(schema + 3)...]
        } else {
            guard let bare = Self.bareName(tokens) else { return nil }
            name = bare.name
            rest = tokens
            rest.remove(at: bare.index)
        }
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

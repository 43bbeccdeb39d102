import Planner

/// What kind of thing a person says, as far as fixed forms of speech tell. Everything else is a question for the data.
enum Intent: Sendable, Equatable {
    case nothing
    case greeting
    case thanks
    case help
    /// Changing or deleting data.
    case destructive
    /// Passwords, keys, connection strings, settings.
    case credentials
    /// A view or table to build; the words that describe it. Or one that was built, to drop or refresh.
    case build
    /// "no, MRR excludes trials".
    case correction
    case question

    /// - Parameter goesOn: whether an answer stands before it, whose parts are what "remove the …" is then about.
    init(_ text: String, goesOn: Bool = false) {
        let words = Words.split(text)
        let plain = words.filter { $0 != Words.boundary }
        if plain.isEmpty {
            self = .nothing
        } else if Self.asksForCredentials(text, plain) {
            self = .credentials
        } else if Self.isBuild(plain) || BuiltObjectRequest(text) != nil {
            self = .build
        } else if Self.isDestructive(text, plain) {
            self = goesOn && Self.changesAnswer(plain) ? .question : .destructive
        } else if Self.isHelp(plain) {
            self = .help
        } else if plain.allSatisfy(Self.thankingPhrases.contains), plain.contains(where: Self.thanking.contains) {
            self = .thanks
        } else if plain.allSatisfy(Self.greetings.contains), plain.contains(where: { !Self.asking.contains($0) }) {
            self = .greeting
        } else if Self.isCorrection(text, words) {
            self = .correction
        } else {
            self = .question
        }
    }

    private static let greetings: Set<String> = [
        "hi", "hello", "hey", "yo", "good", "morning", "afternoon", "evening", "day", "dash", "there", "team", "all",
        "everyone",
        "how", "are", "you", "doing", "today", "greetings", "hiya", "howdy", "s", "up", "what", "it", "going", "is",
    ]
    /// "what day is it" greets nobody.
    private static let asking: Set<String> = ["how", "what", "is", "it", "day", "today", "s", "all", "are", "there"]
    private static let thanking: Set<String> = [
        "thanks", "thank", "thx", "cheers", "great", "perfect", "awesome", "nice", "cool", "bye", "goodbye",
    ]
    private static let thankingPhrases: Set<String> = thanking.union([
        "you", "a", "lot", "so", "much", "very", "many", "dash", "that", "is", "was", "helpful", "ok", "okay", "super",
        "good", "job", "work",
        "it", "for", "the", "help", "s", "all", "again", "everyone", "everybody", "folks", "guys", "team", "both",
    ])

    private static func isHelp(_ words: [String]) -> Bool {
        let asking = words.filter { !["please", "me", "us", "can", "you", "just"].contains($0) }
        if [["help"], ["show", "everything"], ["tell", "everything"], ["everything"]].contains(asking) {
            return true
        }
        let text = words.joined(separator: " ")
        if asksForCatalogue(text) { return true }
        // "what can you answer about invoices" is for the data.
        if let about = words.firstIndex(of: "about"),
            words[(about + 1)...].contains(where: { !Self.ownThings.contains($0) })
        {
            return false
        }
        return [
            "what can you do", "what can you answer", "what can i ask", "what can we ask", "what do you know",
            "how do you work", "who are you", "what are you",
            "what questions can", "which questions can", "how can you help", "what else can you", "what do you do",
        ].contains { text == $0 || text.hasPrefix($0 + " ") || text.hasSuffix(" " + $0) }
    }

    /// "what data do you have?", unless it goes on about a part of it.
    private static func asksForCatalogue(_ text: String) -> Bool {
        [
            "what data do you have", "which data do you have", "what data is there", "what data is available",
            "what data do we have", "which data do we have", "what data can you see", "what data can you use",
            "what data do you know", "what is in the data", "what is in the database", "what s in the database",
            "what s in the data",
        ].contains { phrase in
            guard text == phrase || text.hasPrefix(phrase + " ") else { return false }
            return text.dropFirst(phrase.count).split(separator: " ").allSatisfy {
                ownThings.contains(String($0)) || ["about", "on", "in", "for", "please", "to", "you"].contains($0)
            }
        }
    }

    /// "remove the country", "change the year to 2025": words for parts of an answer as much as for data. What names
    /// stored things or one of them by a number is an order all the same.
    private static func changesAnswer(_ words: [String]) -> Bool {
        let order = Array(words.drop(while: polite.contains))
        guard let verb = order.first, ["remove", "drop", "add", "change", "set", "reset"].contains(verb) else {
            return false
        }
        let numbers = order.compactMap { Int($0) }
        return !overridesInstructions(words) && !order.contains(where: stored.contains)
            && numbers.allSatisfy { (1900...2100).contains($0) } && order.count <= 8
    }

    private static let ownThings: Set<String> = [
        "the", "this", "our", "your", "my", "data", "database", "company", "business", "it", "here", "us",
    ]

    private static let polite: Set<String> = [
        "please", "can", "could", "would", "you", "dash", "now", "just", "go", "ahead", "and", "i", "want", "to",
        "need", "let", "us", "kindly", "hey", "hi", "run", "execute", "this", "the", "following", "sql", "query",
        "statement",
    ]

    private static func isDestructive(_ text: String, _ words: [String]) -> Bool {
        if Self.overridesInstructions(words) { return true }
        let tokens = SQLToken.scan(text)
        for (index, token) in tokens.enumerated() {
            guard case .word(let word, false) = token else { continue }
            let next = index + 1 < tokens.count ? tokens[index + 1] : .symbol("")
            switch word {
            case "drop", "alter", "truncate":
                if case .word(let object, _) = next,
                    [
                        "table", "view", "schema", "database", "index", "role", "user", "column", "materialized",
                        "sequence",
                    ].contains(object)
                {
                    return true
                }
            case "delete": if next.isWord("from") { return true }
            case "insert": if next.isWord("into") { return true }
            case "update":
                if index + 2 < tokens.count, case .word = next,
                    tokens[(index + 1)...].contains(where: { $0.isWord("set") })
                {
                    return true
                }
            case "grant", "revoke": if index == 0 { return true }
            case "create":
                if case .word(let object, _) = next,
                    ["index", "role", "user", "database", "schema", "function", "trigger", "extension"].contains(object)
                {
                    return true
                }
            default: break
            }
        }
        let order = Array(words.drop(while: polite.contains))
        guard let verb = order.first else { return false }
        let object = order.dropFirst()
        if ["delete", "erase", "wipe", "purge", "truncate", "destroy", "drop", "insert", "overwrite"].contains(verb) {
            // "Drop the filter" is about the answer.
            if object.contains(where: Self.shown.contains) { return false }
            // "drop in revenue" is a fall, not an order.
            return !object.isEmpty && !["in", "of", "off", "rate", "rates"].contains(object.first ?? "")
        }
        if Self.actions.contains(verb), Self.isOneThing(Array(object)) { return true }
        guard
            ["remove", "update", "change", "modify", "set", "edit", "add", "rename", "alter", "replace"].contains(verb)
        else { return false }
        // "update the plan of …" orders; "change the chart" does not touch data, "change in MRR" is a fact.
        if ["the", "all", "every", "this", "that"].contains(object.first ?? ""),
            !object.contains(where: { Self.shown.contains($0) || $0 == "view" })
        {
            return true
        }
        return object.contains(where: stored.contains)
    }

    private static let stored: Set<String> = [
        "table", "tables", "row", "rows", "record", "records", "data", "database", "column", "columns", "schema",
        "index", "entry", "entries", "field",
    ]

    /// What an answer has, and no data: "change the chart", "remove the filter on plan".
    private static let shown: Set<String> = [
        "chart", "graph", "period", "question", "format", "plot", "answer", "filter", "filters", "condition",
        "conditions", "split", "breakdown", "grouping", "limit", "ranking",
    ]

    /// Verbs that change something wherever they are said; many are nouns as well ("refund rate").
    private static let actions: Set<String> = [
        "activate", "admit", "approve", "archive", "assign", "block", "cancel", "charge", "close", "complete",
        "confirm", "credit", "deactivate", "demote", "disable", "discharge", "dispatch", "downgrade", "enable",
        "enroll", "enrol", "extend", "hire", "fire", "lock", "mark", "merge", "move",
        "pay", "postpone", "promote", "reactivate", "refund", "register", "reject", "release", "renew", "reopen",
        "reschedule", "reserve", "reset", "resolve", "schedule", "ship", "suspend", "terminate",
        "transfer", "unblock", "unlock", "upgrade", "withdraw", "grant", "revoke", "submit",
        "adjust", "increase", "decrease", "lower", "raise",
    ]

    /// "patient 5", "the invoice of …", "ticket #12": something there is one of, rather than a measure.
    private static func isOneThing(_ words: [String]) -> Bool {
        guard let first = words.first else { return false }
        let figures: Set<String> = ["rate", "rates", "number", "share", "trend", "average", "total", "volume"]
        guard !words.contains(where: figures.contains), !["me", "us"].contains(first) else { return false }
        if words.count >= 2, Int(words[1]) != nil, !EnglishWords.units.contains(Term(first).variants.last ?? first),
            !["top", "bottom", "last", "past", "next"].contains(first)
        {
            return true
        }
        return ["the", "this", "that", "all", "every", "his", "her", "their", "my", "an", "a"].contains(first)
            && words.count >= 2
    }

    /// "Ignore all previous instructions …".
    private static func overridesInstructions(_ words: [String]) -> Bool {
        guard let verb = words.drop(while: polite.contains).first,
            ["ignore", "disregard", "forget", "override", "bypass"].contains(verb)
        else { return false }
        return words.contains { ["instructions", "instruction", "rules", "prompt", "restrictions"].contains($0) }
    }

    private static func asksForCredentials(_ text: String, _ words: [String]) -> Bool {
        let lower = text.lowercased()
        if lower.contains(".env") || lower.contains("environment variable") || lower.contains("connection string") {
            return true
        }
        for piece in text.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_") })
        where piece.contains("_") {
            guard piece == piece.uppercased() else { continue }
            if ["KEY", "PASS", "PASSWORD", "SECRET", "TOKEN"].contains(where: { piece.hasSuffix($0) }) { return true }
        }
        if words.contains("many") || words.contains("number") || words.contains("count") { return false }
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            let previous = index > 0 ? words[index - 1] : ""
            let isSecret =
                ["password", "passwords", "passwd", "credential", "credentials"].contains(word)
                || (["key", "keys", "token", "tokens"].contains(word)
                    && ["api", "access", "bot", "slack", "secret", "private", "signing", "auth", "openai"].contains(
                        previous))
                || (["secret", "secrets"].contains(word)
                    && ["signing", "client", "the", "your", "our", "any"].contains(previous))
            // "password resets" are something to count.
            if isSecret,
                next.isEmpty || EnglishWords.stop.contains(next)
                    || ["configured", "used", "set", "please", "stored"].contains(next)
            {
                return true
            }
        }
        return false
    }

    private static func isBuild(_ words: [String]) -> Bool {
        let order = Array(words.drop(while: polite.contains))
        guard let verb = order.first,
            [
                "create", "build", "make", "add", "materialize", "set", "prepare", "generate", "save", "store",
                "replace", "recreate", "redefine",
            ].contains(verb)
        else { return false }
        if ["replace", "recreate", "redefine"].contains(verb) {
            return order.dropFirst().starts(with: ["the", "view", "dash"])
                || order.dropFirst().starts(with: ["view", "dash"])
        }
        let head = order.prefix(8)
        return head.contains("view") || head.contains("views") || (head.contains("summary") && head.contains("table"))
    }

    /// "MRR should exclude trials": a rule, whatever it opens with.
    private static func states(_ words: [String]) -> Bool {
        guard let verb = words.firstIndex(of: "should"), (1...5).contains(verb), verb + 2 < words.count,
            !["what", "which", "how", "who", "when", "where", "why", "show", "give"].contains(words[0])
        else { return false }
        let rest = words[(verb + 1)...].drop { $0 == "not" || $0 == "only" }
        return ["exclude", "include", "count", "mean", "contain"].contains(rest.first ?? "")
    }

    private static func isCorrection(_ text: String, _ words: [String]) -> Bool {
        guard !text.contains("?"), FollowUp.restated(text) == nil else { return false }
        let plain = words.filter { $0 != Words.boundary }
        if states(plain) || SaidSentence.isRule(plain) { return true }
        let openings = [
            ["no"], ["not", "quite"], ["actually"], ["wrong"], ["incorrect"], ["correction"], ["remember"],
            ["note", "that"], ["for", "the", "record"],
            ["that", "is", "wrong"], ["that", "is", "not", "right"], ["that", "is", "not", "correct"],
            ["from", "now", "on"], ["please", "remember"],
        ]
        guard
            let opening = openings.first(where: {
                plain.starts(with: $0) || plain.filter { $0 != "s" }.starts(with: $0)
            })
        else { return false }
        let rest = plain.dropFirst(opening.count)
        let asks: Set<String> = [
            "what", "which", "how", "who", "show", "give", "can", "could", "i", "please", "list", "by", "per", "only",
            "for", "in",
        ]
        if let first = rest.first, asks.contains(first) { return false }
        return rest.count >= 3 && rest.contains(where: SaidSentence.verbs.contains)
    }
}

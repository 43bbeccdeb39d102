/// What people say before what they mean: "ok, and by plan?", "can you split that by plan?", "what was it last year?".
enum EditOpeners {
    /// The tokens without it; all of them where nothing else is said.
    static func stripped(_ tokens: [Token]) -> [Token] {
        var rest = tokens[...]
        while let end = opening(rest) {
            let behind = rest[end...].drop { $0.isMark }
            guard behind.contains(where: { $0.isWord || $0.isNumber || $0.isQuoted }) else { break }
            rest = behind
        }
        return turned(rest.count == tokens.count ? tokens : Array(rest))
    }

    /// "of those, how many …" is "how many of those …".
    private static func turned(_ tokens: [Token]) -> [Token] {
        let said = tokens.indices.filter { !tokens[$0].isMark }
        guard said.count > 4, tokens[said[0]].word == "of",
            ["them", "those", "these"].contains(tokens[said[1]].word),
            ["how many", "which are", "which have", "which is"].contains(
                tokens[said[2]].word + " " + tokens[said[3]].word)
        else { return tokens }
        let end = tokens[said[2]].word == "which" ? 3 : 4
        return said[2..<end].map { tokens[$0] } + said[0...1].map { tokens[$0] } + tokens[said[end]...]
    }

    private static let longest = 6

    /// Behind the longest opening, and what it points at.
    private static func opening(_ tokens: ArraySlice<Token>) -> Int? {
        for length in stride(from: min(longest, tokens.count), to: 0, by: -1) {
            let words = tokens.prefix(length)
            guard words.allSatisfy(\.isWord) else { continue }
            let text = words.map(\.word).joined(separator: " ")
            if phrases.contains(text) { return words.endIndex }
            if seeing.contains(text) {
                let next = tokens[words.endIndex...].first?.word ?? ""
                let isPointing = ["that", "it", "this", "those", "these", "them"].contains(next)
                return isPointing ? words.endIndex + 1 : words.endIndex
            }
        }
        return nil
    }

    private static let phrases: Set<String> = [
        "ok", "okay", "k", "great", "thanks", "thx", "thank you", "cool", "nice", "perfect", "super", "alright",
        "all right", "hmm", "hm", "well", "so", "yes", "yeah", "yep", "interesting", "got it", "i see", "good",
        "very good", "makes sense", "please", "pls", "can you", "could you", "can we", "could we", "would you",
        "will you", "can you please", "could you please", "let s", "lets", "back to", "go back to", "switch to",
        "switch back to", "change to", "change it to", "change that to", "make it", "make that", "turn it into",
        "turn that into", "do the same", "the same thing", "same thing", "same question", "how does it look",
        "how does that look", "what does it look like", "what does that look like", "how do they look", "what was it",
        "what is it", "what were they", "how much was it", "how much is it", "how high was it", "how high is it",
        "what was that", "how much was that", "how about now", "and now", "i meant", "i mean", "actually", "sorry",
        "oh", "ah", "wait",
    ]

    /// What is seen stands behind them as "that".
    private static let seeing: Set<String> = [
        "can i see", "could i see", "can we see", "could we see", "can i get", "could i get", "can i have",
        "can we get", "let s see", "i want to see", "i d like to see", "i would like to see", "may i see",
        "can you give me", "could you give me", "can you do", "could you do", "let me see", "can i look at",
    ]
}

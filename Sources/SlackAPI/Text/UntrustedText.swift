import ServiceRuntime

/// The first steps for every text that a model, a row, a person or an error wrote.
enum UntrustedText {
    private static let broadcasts = ["channel", "here", "everyone", "group"]

    /// Without what hides and without secrets.
    static func cleaned(_ text: some StringProtocol) -> String {
        SecretScan.process.clean(VisibleText.clean(text))
    }

    /// With a word joiner after the `@` of what would call a whole channel.
    static func withoutBroadcasts(_ text: some StringProtocol) -> String {
        guard text.utf8.contains(64) else { return String(text) }
        var result = ""
        var rest = Substring(text)
        while let at = rest.firstIndex(of: "@") {
            result += rest[...at]
            rest = rest[rest.index(after: at)...]
            let word = rest.prefix(8).lowercased()
            if broadcasts.contains(where: word.hasPrefix) { result += "\u{2060}" }
        }
        return result + rest
    }
}

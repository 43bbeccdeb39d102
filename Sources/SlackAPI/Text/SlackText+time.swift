import FoundationEssentials

extension SlackText {
    /// A moment as its reader's clock shows it, for example `today at 14:03`; UTC where a client cannot.
    package static func time(_ ts: SlackTimestamp) -> SlackText? {
        guard let seconds = ts.seconds, (0..<4_000_000_000).contains(seconds) else { return nil }
        let text = Date(timeIntervalSince1970: seconds.rounded(.down)).formatted(.iso8601)
        let fallback = "\(text.prefix(10)) at \(text.dropFirst(11).prefix(5)) UTC"
        return SlackText(safe: "<!date^\(Int(seconds))^{date_short_pretty} at {time}|\(fallback)>")
    }
}

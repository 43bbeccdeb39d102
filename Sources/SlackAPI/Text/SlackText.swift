/// Text in Slack's `mrkdwn` that may be sent: escaped, without live links or mentions, without secrets.
///
/// Literals are the program's own words and may be formatted. Every other text comes in through one of the functions
/// below or through interpolation, and is made safe there: nothing else makes a `SlackText`.
package struct SlackText: Sendable, Hashable, CustomStringConvertible {
    /// As it is sent.
    package let mrkdwn: String

    /// Only for what this module has made safe, or has stored as such.
    init(safe mrkdwn: String) {
        self.mrkdwn = mrkdwn
    }

    /// Somebody else's words, shown as they are.
    package init(_ untrusted: some StringProtocol, links: LinkPolicy = .none) {
        mrkdwn = Mrkdwn.text(UntrustedText.cleaned(untrusted), links: links)
    }

    package var description: String { mrkdwn }
    package var isEmpty: Bool { mrkdwn.isEmpty }
    /// As Slack counts.
    package var length: Int { mrkdwn.utf16.count }

    /// Somebody else's words as running text, their `*`, `_` and `~` without effect.
    package static func literal(_ untrusted: some StringProtocol, links: LinkPolicy = .none) -> SlackText {
        SlackText(safe: Mrkdwn.literal(UntrustedText.cleaned(untrusted), links: links))
    }

    /// Markdown that a model wrote.
    package static func markdown(_ untrusted: String, links: LinkPolicy = .none) -> SlackText {
        SlackText(safe: Mrkdwn.fromMarkdown(UntrustedText.cleaned(untrusted), links: links))
    }

    package static func code(_ untrusted: some StringProtocol) -> SlackText {
        SlackText(safe: Mrkdwn.code(UntrustedText.cleaned(untrusted)))
    }

    package static func fence(_ untrusted: some StringProtocol) -> SlackText {
        SlackText(safe: Mrkdwn.fence(UntrustedText.cleaned(untrusted)))
    }

    /// The only live mention there is: of the person who asked, by the signed event's id.
    package static func mention(asker: SlackUserID) -> SlackText { SlackText(safe: Mrkdwn.mention(asker)) }

    package static func bold(_ text: SlackText) -> SlackText {
        text.isEmpty ? text : SlackText(safe: "*\(text.mrkdwn)*")
    }

    /// Parts of at most `limit` characters, cut where a reader expects it; see `Mrkdwn.split`.
    package func split(limit: Int) -> [SlackText] { Mrkdwn.split(mrkdwn, limit: limit).map(SlackText.init(safe:)) }

    package static func + (left: SlackText, right: SlackText) -> SlackText {
        SlackText(safe: left.mrkdwn + right.mrkdwn)
    }
}

extension SlackText: ExpressibleByStringInterpolation {
    package init(stringLiteral value: StaticString) { mrkdwn = "\(value)" }

    package init(stringInterpolation: Interpolation) { mrkdwn = stringInterpolation.text }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        package mutating func appendLiteral(_ literal: StaticString) { text += "\(literal)" }
        package mutating func appendInterpolation(_ safe: SlackText) { text += safe.mrkdwn }
        package mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }
        package mutating func appendInterpolation(_ untrusted: some StringProtocol) {
            text += SlackText.literal(untrusted).mrkdwn
        }
    }
}

extension Sequence where Element == SlackText {
    package func joined(separator: SlackText = "") -> SlackText {
        SlackText(safe: map(\.mrkdwn).joined(separator: separator.mrkdwn))
    }
}

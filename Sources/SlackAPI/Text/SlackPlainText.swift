/// Text that Slack shows literally and that may be sent: cells, headers, titles, labels, the status.
///
/// Slack's documents say that such text is not read as markup. Should it be read all the same, nothing in it is alive:
/// the brackets of tokens are replaced by ones that only look like them, schemes of addresses are broken.
package struct SlackPlainText: Sendable, Hashable, CustomStringConvertible {
    /// As it is sent.
    package let text: String

    init(safe text: String) {
        self.text = text
    }

    /// Somebody else's words.
    package init(_ untrusted: some StringProtocol) {
        let cleaned = UntrustedText.cleaned(untrusted)
        text = Self.withoutTokens(
            UntrustedText.withoutBroadcasts(AddressText(links: .none).plain(cleaned)))
    }

    package var description: String { text }
    package var isEmpty: Bool { text.isEmpty }
    /// As Slack counts.
    package var length: Int { text.utf16.count }

    /// The beginning, with `…` where something was cut; a dash for nothing.
    package func clamped(to limit: Int) -> SlackPlainText {
        var result = text.isEmpty ? "—" : text
        guard result.utf16.count > limit else { return SlackPlainText(safe: result) }
        while result.utf16.count + 1 > limit, !result.isEmpty { result.removeLast() }
        return SlackPlainText(safe: result + "…")
    }

    package static func + (left: SlackPlainText, right: SlackPlainText) -> SlackPlainText {
        SlackPlainText(safe: left.text + right.text)
    }

    /// `<` and `>` stay where they compare.
    private static func withoutTokens(_ text: String) -> String {
        guard text.utf8.contains(60) else { return text }
        var result = ""
        var isOpen = false
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "<" where rest.first.map({ "!@#".contains($0) }) == true || rest.hasPrefix("hxxp") || isToken(rest):
                result.append("‹")
                isOpen = true
            case ">" where isOpen:
                result.append("›")
                isOpen = false
            default: result.append(character)
            }
        }
        return result
    }

    /// `mailto:…|…` and other schemes.
    private static func isToken(_ rest: Substring) -> Bool {
        let scheme = rest.prefix { $0.isASCII && $0.isLetter }
        let after = rest.dropFirst(scheme.count)
        return !scheme.isEmpty && (after.hasPrefix(":") || after.hasPrefix("[:]"))
    }
}

extension SlackPlainText: ExpressibleByStringInterpolation {
    package init(stringLiteral value: StaticString) { text = "\(value)" }

    package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        package mutating func appendLiteral(_ literal: StaticString) { text += "\(literal)" }
        package mutating func appendInterpolation(_ safe: SlackPlainText) { text += safe.text }
        package mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }
        package mutating func appendInterpolation(_ untrusted: some StringProtocol) {
            text += SlackPlainText(untrusted).text
        }
    }
}

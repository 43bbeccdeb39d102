import CEdit  // winsize, which Glibc's module leaves out
import FoundationEssentials
import Glibc

/// How wide text may get, and whether it may be emphasised.
struct TextPage: Sendable {
    /// In characters; nil where nobody looks at lines: a file or a pipe.
    var width: Int?
    var isStyled = false

    /// Of standard output.
    static var current: TextPage {
        guard isatty(STDOUT_FILENO) == 1 else { return TextPage() }
        var size = winsize()
        let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let environment = ProcessInfo.processInfo.environment
        return TextPage(
            width: max(isKnown ? Int(size.ws_col) : 80, 40),
            isStyled: environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb")
    }

    func strong(_ text: String) -> String {
        isStyled ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }

    /// The text broken between words; lines after a break begin with `indent` blanks. Its own line breaks are kept.
    func wrapped(_ text: String, indent: Int = 0) -> String {
        guard let width else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { Self.wrap($0, width: width, indent: indent) }.joined(separator: "\n")
    }

    /// One item a line, each with a bullet.
    func numbered(_ items: [String]) -> String {
        items.enumerated().map { wrapped("  \($0 + 1). \($1)", indent: 5) }.joined(separator: "\n")
    }

    func list(_ items: [String]) -> String {
        items.map { wrapped("  • \($0)", indent: 4) }.joined(separator: "\n")
    }

    private static func wrap(_ line: Substring, width: Int, indent: Int) -> String {
        guard line.count > width else { return String(line) }
        let margin = line.prefix { $0 == " " }
        var lines: [String] = []
        var current = String(margin)
        var isFresh = true
        for word in line.dropFirst(margin.count).split(separator: " ", omittingEmptySubsequences: false) {
            if !isFresh, current.count + 1 + word.count > width {
                lines.append(current)
                current = String(repeating: " ", count: indent)
                isFresh = true
            }
            current += (isFresh ? "" : " ") + word
            isFresh = false
        }
        return (lines + [current]).joined(separator: "\n")
    }
}

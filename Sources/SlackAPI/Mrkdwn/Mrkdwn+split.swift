extension Mrkdwn {
    /// Cuts a long text into parts of at most `limit` characters (UTF-16), none of them empty.
    ///
    /// Cuts at a paragraph, else a line, a sentence, a word. A fence that has to be cut is closed and opened again, so
    /// every part shows code as code. Characters and escaped `&lt;` are never cut.
    package static func split(_ text: String, limit: Int) -> [String] {
        var parts: [String] = []
        var isInFence = false
        for slice in slices(text, limit: limit) {
            var part = (isInFence ? "```\n" : "") + slice
            if fences(in: slice) % 2 == 1 { isInFence.toggle() }
            if isInFence { part += slice.hasSuffix("\n") ? "```" : "\n```" }
            parts.append(part)
        }
        return parts
    }

    /// The cuts alone: joined, they are the text.
    static func slices(_ text: String, limit: Int) -> [Substring] {
        precondition(limit >= 32, "a part needs room for its fences")
        var slices: [Substring] = []
        var rest = text[...]
        // Room for closing and opening a fence.
        let budget = text.contains("```") ? limit - 8 : limit
        while rest.utf16.count > budget {
            let cut = cutIndex(rest, limit: budget)
            slices.append(rest[..<cut])
            rest = rest[cut...]
        }
        if !rest.isEmpty { slices.append(rest) }
        return slices
    }

    private static func cutIndex(_ text: Substring, limit: Int) -> Substring.Index {
        var end = text.startIndex
        var used = 0
        while end < text.endIndex {
            let length = text[end].utf16.count
            guard used + length <= limit else { break }
            used += length
            end = text.index(after: end)
        }
        guard end > text.startIndex else { return firstScalars(text, limit: limit) }
        let window = text[..<end]
        // A cut before half of the room is used would make many small parts.
        let earliest = text.index(text.startIndex, offsetBy: window.count / 2)
        return lastParagraph(window, after: earliest)
            ?? lastBoundary(window, after: earliest) { previous, _ in previous.isNewline }
            ?? lastBoundary(window, after: earliest) { previous, before in
                previous == " " && before.map { ".!?".contains($0) } == true
            }
            ?? lastBoundary(window, after: earliest) { previous, _ in previous == " " }
            ?? hardCut(window)
    }

    private static func lastParagraph(_ window: Substring, after earliest: Substring.Index) -> Substring.Index? {
        lastBoundary(window, after: earliest) { previous, before in
            previous.isNewline && before?.isNewline == true
        }
    }

    /// The last index such that the characters before it (`previous`, and the one before that) fit.
    private static func lastBoundary(
        _ window: Substring, after earliest: Substring.Index, _ fits: (Character, Character?) -> Bool
    ) -> Substring.Index? {
        var index = window.endIndex
        while index > earliest, index > window.startIndex {
            let previous = window.index(before: index)
            let before = previous > window.startIndex ? window[window.index(before: previous)] : nil
            if fits(window[previous], before) { return index }
            index = previous
        }
        return nil
    }

    /// At the end of the window, or before an entity or fence that would be cut there.
    private static func hardCut(_ window: Substring) -> Substring.Index {
        if let ampersand = window.suffix(5).lastIndex(of: "&"), ampersand > window.startIndex,
            !window[ampersand...].contains(";")
        {
            return ampersand
        }
        var index = window.endIndex
        while index > window.startIndex, window[window.index(before: index)] == "`" {
            index = window.index(before: index)
        }
        let ticks = window.distance(from: index, to: window.endIndex)
        return ticks > 0 && ticks < 3 && index > window.startIndex ? index : window.endIndex
    }

    /// A single character longer than a part: cut between its scalars.
    private static func firstScalars(_ text: Substring, limit: Int) -> Substring.Index {
        var used = 0
        var index = text.startIndex
        while index < text.endIndex {
            used += text.unicodeScalars[index].utf16.count
            guard used <= limit else { break }
            index = text.unicodeScalars.index(after: index)
        }
        return index
    }

    static func fences(in text: some StringProtocol) -> Int {
        String(text).split(separator: "```", omittingEmptySubsequences: false).count - 1
    }
}

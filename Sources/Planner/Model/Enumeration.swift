/// Values of a column that its description tells.
enum Enumeration {
    struct Code: Sendable, Hashable {
        /// As the data writes it.
        var value: String
        var words: String
    }

    /// `possible values: a, b`, `open, closed`, or a list in words with "or" at its end.
    static func values(in description: String) -> [String] {
        let lower = description.lowercased()
        var text = description[...]
        var isMarked = false
        for marker in ["possible values:", "possible values are", "values:", "one of:", "one of", "either"] {
            if let found = position(of: marker, in: lower) {
                text = description.dropFirst(found + marker.count)
                isMarked = true
                break
            }
        }
        if !isMarked { text = titled(text) }
        text = text.prefix { $0 != ";" && $0 != "(" && $0 != "." && $0 != "\n" }
        var items: [String] = []
        for part in text.split(separator: ",") {
            let words = part.split(separator: " ").map(String.init).filter { $0 != "and" }
            if let or = words.firstIndex(of: "or"), or > 0 {
                items.append(words[..<or].joined(separator: " "))
                items.append(words[(or + 1)...].joined(separator: " "))
            } else {
                items.append(words.filter { $0 != "or" }.joined(separator: " "))
            }
        }
        items = items.map { $0.filter { $0 != "'" && $0 != "\"" && $0 != "`" } }.filter { !$0.isEmpty }
        guard items.count >= 2, items.count <= 100 else { return [] }
        guard items.allSatisfy({ $0.utf8.count <= 40 }) else { return [] }
        // Without a marker only a bare list of single words is one.
        if !isMarked, !items.allSatisfy({ !$0.contains(" ") }) { return [] }
        if isMarked, items.contains(where: { $0.split(separator: " ").count > 3 }) { return [] }
        return items
    }

    /// What stands behind `severity:`.
    private static func titled(_ text: Substring) -> Substring {
        guard let colon = text.firstIndex(of: ":") else { return text }
        let title = text[..<colon].split(separator: " ")
        return title.count <= 4 && !text[..<colon].contains(",") ? text[text.index(after: colon)...] : text
    }

    /// `0 for private, 1 for business`, `1 = open, 2 = closed`, `state: OPEN, ACK acknowledged, CLR cleared`.
    ///
    /// Codes that say themselves what they mean have no words.
    static func codes(in description: String) -> [Code] {
        var codes: [Code] = []
        let first = description.prefix { $0 != "\n" }
        let separator: Character = first.contains(",") ? "," : ";"
        let text = separator == "," ? first.prefix { $0 != ";" } : first
        let tail = text.lastIndex(of: ":").map { text[text.index(after: $0)...] } ?? text
        for part in tail.split(separator: separator) {
            var words = part.split(whereSeparator: { " =().'\"".contains($0) }).map(String.init)
            if words.first == "and" || words.first == "or" { words.removeFirst() }
            guard let value = words.first, isCode(value, isEqual: part.contains("=")) else { return [] }
            var rest = Array(words.dropFirst())
            if let link = rest.first, ["for", "is", "means", "-", "–", "are"].contains(link) { rest.removeFirst() }
            guard !rest.isEmpty || value.contains(where: \.isLetter), rest.count <= 3,
                rest.allSatisfy({ $0.contains(where: \.isLetter) }), !rest.contains("to")
            else { return [] }
            codes.append(Code(value: value, words: rest.joined(separator: " ")))
        }
        let numbers = codes.count { $0.value.allSatisfy(\.isNumber) }
        guard numbers == 0 || numbers == codes.count, codes.count >= 2 else { return [] }
        return codes.contains(where: { !$0.words.isEmpty }) ? codes : []
    }

    private static func isCode(_ word: String, isEqual: Bool) -> Bool {
        if word.allSatisfy(\.isNumber) { return word.count <= 4 }
        if isEqual { return word.count <= 8 }
        return word.count <= 6 && word.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
    }

    private static func position(of needle: String, in text: String) -> Int? {
        let haystack = Array(text)
        let needle = Array(needle)
        guard haystack.count >= needle.count else { return nil }
        return (0...(haystack.count - needle.count)).first {
            haystack[$0] == needle[0] && Array(haystack[$0..<$0 + needle.count]) == needle
        }
    }
}

/// A place in a text that a parameter fills: `{plan}`, `{period.start}`.
struct QuerySlot: Sendable {
    var name: String
    var part: String?
    var range: Range<String.Index>

    /// The places in a sentence.
    static func all(inText text: String) -> [QuerySlot] {
        var slots: [QuerySlot] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = SourceText.trimmed(text[text.index(after: open)..<close])
            slots.append(QuerySlot(name: name.lowercased(), part: nil, range: open..<text.index(after: close)))
            rest = text[text.index(after: close)...]
        }
        return slots
    }

    /// The places in a statement; within quotes and comments there are none. Nil where a brace makes no such place.
    static func all(inStatement sql: String) -> [QuerySlot]? {
        let lexemes = SQLScan(sql).lexemes
        var slots: [QuerySlot] = []
        var index = 0
        while index < lexemes.count {
            guard lexemes[index].token == .symbol("{") else {
                guard lexemes[index].token != .symbol("}") else { return nil }
                index += 1
                continue
            }
            let inner = lexemes[(index + 1)...].prefix { $0.token != .symbol("}") }
            guard let last = lexemes.dropFirst(inner.endIndex).first, let slot = slot(inner.map(\.token)) else {
                return nil
            }
            let range = lexemes[index].range.lowerBound..<last.range.upperBound
            slots.append(QuerySlot(name: slot.name, part: slot.part, range: range))
            index = inner.endIndex + 1
        }
        return slots
    }

    private static func slot(_ tokens: [SQLToken]) -> (name: String, part: String?)? {
        guard case .word(let name, isQuoted: false)? = tokens.first else { return nil }
        if tokens.count == 1 { return (name, nil) }
        guard tokens.count == 3, tokens[1] == .symbol("."), case .word(let part, isQuoted: false) = tokens[2] else {
            return nil
        }
        return (name, part)
    }

    /// The text with every place filled; nil where one cannot be.
    static func filled(_ text: String, _ slots: [QuerySlot], _ value: (QuerySlot) -> String?) -> String? {
        var result = ""
        var end = text.startIndex
        for slot in slots {
            guard let value = value(slot) else { return nil }
            result += text[end..<slot.range.lowerBound]
            result += value
            end = slot.range.upperBound
        }
        return result + text[end...]
    }
}

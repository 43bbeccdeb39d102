/// An `.env` file: `NAME=value` lines, `#` comments, quoted values that may span lines.
///
/// Single quotes are literal; in double quotes `\n`, `\"`, `\\` and `\$` are escapes. An unquoted value ends at ` #`.
struct EnvironmentFile: Sendable, Equatable {
    private(set) var values: [String: String] = [:]

    /// Throws `SettingsError` naming the line; never shows a value.
    init(parsing text: String, name: String = ".env") throws(SettingsError) {
        var rest = Substring(text)
        var line = 1
        while !rest.isEmpty {
            let start = line
            let head = rest.prefix { $0 != "=" && !$0.isNewline }
            let key = head.trimmingPrefix("export ").filter { !$0.isWhitespace }
            let isComment = head.drop(while: \.isWhitespace).hasPrefix("#")
            rest = rest.dropFirst(head.count)
            if isComment || key.isEmpty && rest.first != "=" || rest.first != "=" {
                guard isComment || key.isEmpty else {
                    throw SettingsError("\(name), line \(start): expected NAME=value")
                }
                Self.skipLine(&rest, &line)
                continue
            }
            rest = rest.dropFirst()
            guard key.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }), !key.isEmpty else {
                throw SettingsError("\(name), line \(start): the name before '=' is not a setting's name")
            }
            guard let value = Self.value(&rest, &line) else {
                throw SettingsError("\(name), line \(start): the quoted value of \(key) never ends")
            }
            values[String(key)] = value
        }
    }

    private static func value(_ rest: inout Substring, _ line: inout Int) -> String? {
        rest = rest.drop { $0 == " " || $0 == "\t" }
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            let raw = rest.prefix { !$0.isNewline }
            skipLine(&rest, &line)
            return unquoted(raw)
        }
        rest = rest.dropFirst()
        var value = ""
        while let character = rest.popFirst() {
            if character == quote {
                skipLine(&rest, &line)
                return value
            }
            if character.isNewline { line += 1 }
            guard character == "\\", quote == "\"", let next = rest.first else {
                value.append(character)
                continue
            }
            rest = rest.dropFirst()
            switch next {
            case "n": value.append("\n")
            case "\"", "\\", "$": value.append(next)
            default:
                value.append("\\")
                value.append(next)
            }
        }
        return nil
    }

    private static func unquoted(_ raw: Substring) -> String {
        var value = raw
        for index in raw.indices where raw[index] == "#" {
            let isFirst = index == raw.startIndex
            if isFirst || raw[raw.index(before: index)].isWhitespace {
                value = raw[..<index]
                break
            }
        }
        while let last = value.last, last.isWhitespace { value = value.dropLast() }
        return String(value)
    }

    private static func skipLine(_ rest: inout Substring, _ line: inout Int) {
        rest = rest.drop { !$0.isNewline }
        if rest.popFirst() != nil { line += 1 }
    }
}

/// Curated SQL as text: what may stand in a statement, and which names occur in it.
enum SQLFragment {
    /// Throws where it is not one closed piece: brackets and quotes balance, no semicolon, no comment, no parameter.
    static func check(_ text: String, of owner: String) throws(CompileError) {
        guard text.utf8.count <= 16_384, let depths = scan(text), depths.isClosed else {
            throw CompileError(
                "The definition of \(owner) cannot be used: its parentheses or quotes do not balance, or it holds a "
                    + "semicolon or a comment.")
        }
    }

    /// Lower-case names and words outside of quoted texts.
    static func words(_ text: String) -> Set<String> { scan(text)?.words ?? [] }

    /// A name, a number or one call, which needs no parentheses anywhere.
    static func isPrimary(_ text: String) -> Bool { scan(text)?.isPrimary ?? false }

    private struct Reading {
        var words: Set<String> = []
        var isClosed = true
        var isPrimary = true
    }

    private static func scan(_ text: String) -> Reading? {
        var reading = Reading()
        let scalars = Array(text.unicodeScalars)
        var depth = 0
        var index = 0
        // A call is a word, then one pair of parentheses, then nothing.
        var closedOnce = false
        while index < scalars.count {
            let scalar = scalars[index]
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            if depth == 0, closedOnce || scalar.properties.isWhitespace { reading.isPrimary = false }
            switch scalar {
            case "'", "\"":
                guard let end = closing(scalar, in: scalars, from: index + 1) else { return nil }
                if scalar == "\"" {
                    var name = String.UnicodeScalarView()
                    name.append(contentsOf: scalars[(index + 1)..<end])
                    reading.words.insert(String(name).lowercased())
                }
                if depth == 0, scalar == "'" { reading.isPrimary = false }
                index = end
            case "(", "[": depth += 1
            case ")", "]":
                depth -= 1
                if depth < 0 { return nil }
                if depth == 0 { closedOnce = true }
            case ";", "\0": return nil
            case "-" where next == "-": return nil
            case "/" where next == "*": return nil
            case "$": return nil
            case _ where isWordStart(scalar):
                var end = index
                var word = String.UnicodeScalarView()
                while end < scalars.count, isWordPart(scalars[end]) {
                    word.append(scalars[end])
                    end += 1
                }
                // `E'…'` reads backslashes another way.
                if end < scalars.count, scalars[end] == "'" { return nil }
                reading.words.insert(String(word).lowercased())
                index = end - 1
            case _ where isWordPart(scalar) || scalar == ".": break
            default:
                if depth == 0 { reading.isPrimary = false }
            }
            index += 1
        }
        reading.isClosed = depth == 0
        return reading
    }

    private static func closing(_ mark: Unicode.Scalar, in scalars: [Unicode.Scalar], from start: Int) -> Int? {
        var index = start
        while index < scalars.count {
            if scalars[index] == mark {
                guard index + 1 < scalars.count, scalars[index + 1] == mark else { return index }
                index += 1
            }
            index += 1
        }
        return nil
    }

    private static func isWordStart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        isWordStart(scalar) || scalar == "$" || (0x30...0x39).contains(scalar.value)
    }
}

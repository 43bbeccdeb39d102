extension ValueIndex {
    /// In the order of the question; spans may overlap, longer ones come before shorter ones that begin at the same
    /// token.
    ///
    /// Words that nothing matches exactly are looked for as the beginning of a value, and with one letter off from five
    /// letters on; numbers and codes are not. A little word such as "in" is a value only where it is written as a code
    /// ("IN") or quoted.
    package func lookup(tokens: [Token]) -> [ValueSpan] {
        guard values.count > 0 else { return [] }
        let pieces = tokens.map(Piece.init)
        var spans: [ValueSpan] = []
        var isCovered = [Bool](repeating: false, count: tokens.count)
        for start in pieces.indices where !pieces[start].key.isEmpty {
            for (end, text) in phrases(pieces, from: start).reversed() {
                guard !isWeak(tokens, start..<end) else { continue }
                let found = exact(text, last: tokens[end - 1])
                guard !found.isEmpty else { continue }
                spans.append(ValueSpan(tokens: start..<end, candidates: found))
                for index in start..<end { isCovered[index] = true }
            }
        }
        for start in pieces.indices where !isCovered[start] && !pieces[start].key.isEmpty {
            spans += inexact(tokens, pieces, from: start, isCovered: isCovered)
        }
        return spans.sorted {
            ($0.tokens.lowerBound, -$0.tokens.upperBound) < ($1.tokens.lowerBound, -$1.tokens.upperBound)
        }
    }

    /// A token as a part of a key.
    private struct Piece {
        var key: [UInt8]
        /// Nothing stands between it and the piece before.
        var isGlued: Bool
        var isEnd: Bool
        var isQuoted: Bool

        init(_ token: Token) {
            isEnd = token.isMark && "?!;".contains(token.text)
            isQuoted = token.isQuoted
            isGlued = token.joint == ""
            if token.kind == .symbol, token.text == "+" || token.text == "#" {
                key = Array(token.text.utf8)
            } else {
                key = token.isMark ? [] : FoldedText.key(token.text)
            }
        }
    }

    /// What the tokens from there on say as keys, shortest first, with the index behind each.
    private func phrases(_ pieces: [Piece], from start: Int) -> [(end: Int, text: [UInt8])] {
        if pieces[start].isQuoted { return [(start + 1, pieces[start].key)] }
        var phrases: [(end: Int, text: [UInt8])] = []
        var text: [UInt8] = []
        var words = 0
        for index in start..<pieces.count {
            let piece = pieces[index]
            if piece.isEnd || piece.isQuoted || index - start > 2 * longest { break }
            guard !piece.key.isEmpty else { continue }
            let isSign = piece.key.count == 1 && (piece.key[0] == 0x2B || piece.key[0] == 0x23)
            if isSign, !piece.isGlued || index == start { continue }
            if piece.isGlued, index > start, !pieces[index - 1].key.isEmpty {
                text += piece.key
            } else {
                words += 1
                guard words <= longest else { break }
                if !text.isEmpty { text.append(UInt8(ascii: " ")) }
                text += piece.key
            }
            phrases.append((index + 1, text))
        }
        return phrases
    }

    /// Nothing but little words, none of them a code.
    private func isWeak(_ tokens: [Token], _ range: Range<Int>) -> Bool {
        tokens[range].allSatisfy { token in
            token.isMark || token.isWord && !token.isCode && EnglishWords.stop.contains(token.word)
        }
    }

    /// "no longer", "not yet": says nothing of a value that happens to begin so.
    private func isFunctional(_ tokens: [Token], _ range: Range<Int>) -> Bool {
        range.count > 1
            && tokens[range].allSatisfy { token in
                token.isMark
                    || token.isWord && !token.isCode
                        && (EnglishWords.stop.contains(token.word) || Self.functional.contains(token.word))
            }
    }

    private static let functional: Set<String> = [
        "no", "not", "never", "longer", "more", "less", "most", "least", "yet", "still", "already", "again", "always",
        "too", "other", "others", "another", "some", "none", "only", "out", "off", "up", "down", "back", "because",
        "if", "when", "before", "after", "until", "since", "without", "now",
    ]

    // MARK: Exact

    private func exact(_ text: [UInt8], last: Token) -> [ValueSpan.Candidate] {
        if let key = key(text[...]) { return candidates(of: key, as: .exact, limit: Self.candidateLimit) }
        guard last.isWord || last.isQuoted else { return [] }
        for other in Self.numbers(of: text, last) {
            if let key = key(other[...]) { return candidates(of: key, as: .exact, limit: Self.candidateLimit) }
        }
        return []
    }

    /// The text with its last word in the plural, in the singular, or without a possessive ending.
    private static func numbers(of text: [UInt8], _ last: Token) -> [[UInt8]] {
        func without(_ count: Int) -> [UInt8] { Array(text.dropLast(count)) }
        func ends(_ ending: String) -> Bool { text.suffix(ending.utf8.count).elementsEqual(ending.utf8) }
        var forms: [[UInt8]] = []
        guard last.word.utf8.count > 3 || last.isPossessive || last.isQuoted, text.last.map({ $0 >= 0x61 }) ?? false
        else { return [] }
        if ends("ies"), text.count > 4 { forms.append(without(3) + Array("y".utf8)) }
        if ends("ses") || ends("xes") || ends("zes") || ends("ches") || ends("shes") { forms.append(without(2)) }
        if ends("s"), !ends("ss") {
            forms.append(without(1))
        } else {
            forms.append(text + Array("s".utf8))
            if ends("y") { forms.append(without(1) + Array("ies".utf8)) }
            if ends("s") || ends("x") || ends("ch") || ends("sh") { forms.append(text + Array("es".utf8)) }
        }
        return forms
    }

    // MARK: Inexact

    private func inexact(
        _ tokens: [Token], _ pieces: [Piece], from start: Int, isCovered: [Bool]
    ) -> [ValueSpan] {
        guard tokens[start].isWord || tokens[start].isQuoted else { return [] }
        var phrases = phrases(pieces, from: start)
        if let covered = isCovered[start...].firstIndex(of: true) { phrases = phrases.filter { $0.end <= covered } }
        let isLittle = tokens[start].isWord && EnglishWords.stop.contains(tokens[start].word)
        var best: (end: Int, key: Int, text: [UInt8])?
        for (end, text) in phrases {
            guard !isWeak(tokens, start..<end), !isFunctional(tokens, start..<end) else { continue }
            // Where nothing begins so, nothing longer does.
            guard let key = firstKey(beginning: text) else { break }
            if isLittle && end == start + 1 || text.count < 4 || !tokens[end - 1].isWord && !tokens[end - 1].isQuoted {
                continue
            }
            best = (end, key, text)
        }
        var spans =
            best.map {
                [ValueSpan(tokens: start..<$0.end, candidates: candidates(beginning: $0.text, from: $0.key))]
            } ?? []
        for (end, text) in phrases.prefix(4).reversed() where !isLittle {
            guard !isWeak(tokens, start..<end) else { continue }
            let found = misspelt(text)
            if !found.isEmpty {
                spans.append(ValueSpan(tokens: start..<end, candidates: found))
                break
            }
        }
        return spans
    }

    /// The first key that goes on behind the text with another word.
    private func firstKey(beginning text: [UInt8]) -> Int? {
        let start = text + [UInt8(ascii: " ")]
        let key = lowerBound(start[...])
        return key < keys.count && keys[key].starts(with: start) ? key : nil
    }

    private func candidates(beginning text: [UInt8], from first: Int) -> [ValueSpan.Candidate] {
        let start = text + [UInt8(ascii: " ")]
        var found: [ValueSpan.Candidate] = []
        var key = first
        while key < keys.count, found.count < Self.inexactLimit, keys[key].starts(with: start) {
            found += candidates(of: key, as: .prefix, limit: Self.inexactLimit - found.count)
            key += 1
        }
        return found
    }

    /// One word of the text is one edit away from a word of the value's.
    private func misspelt(_ text: [UInt8]) -> [ValueSpan.Candidate] {
        var found: [ValueSpan.Candidate] = []
        let words = text.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        for (place, word) in words.enumerated() {
            // The first letter is hardly ever the wrong one; "worth" is no "North".
            for other in fuzzy.near(word, limit: Self.inexactLimit, isPart: words.count > 1)
            where other.first == word.first {
                var corrected = words
                corrected[place] = other
                guard found.count < Self.inexactLimit,
                    let key = key(Array(corrected.joined(separator: [UInt8(ascii: " ")]))[...])
                else { continue }
                found += candidates(of: key, as: .fuzzy, limit: Self.inexactLimit - found.count)
            }
        }
        return found
    }
}

/// Words of a question that are values of columns.
package struct ValueSpan: Sendable, Hashable {
    package enum Match: Int, Sendable, Hashable, Comparable {
        /// One letter off.
        case fuzzy
        /// The value goes on behind it.
        case prefix
        /// The same but for case, accents, punctuation, or a plural ending of the words.
        case exact

        package static func < (left: Match, right: Match) -> Bool { left.rawValue < right.rawValue }
    }

    package struct Candidate: Sendable, Hashable {
        package var column: ColumnID
        /// As it is written in the data.
        package var value: String
        package var match: Match

        package init(column: ColumnID, value: String, match: Match) {
            self.column = column
            self.value = value
            self.match = match
        }
    }

    /// Indices into the tokens.
    package var tokens: Range<Int>
    /// Best first; at most `ValueIndex.candidateLimit`.
    package var candidates: [Candidate]

    package init(tokens: Range<Int>, candidates: [Candidate]) {
        self.tokens = tokens
        self.candidates = candidates
    }
}

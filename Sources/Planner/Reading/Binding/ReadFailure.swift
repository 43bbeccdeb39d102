/// Why a question became no plan.
enum ReadFailure: Error {
    case decline(Decline)
    /// The piece may be each of these, and nothing in the question chooses.
    case ambiguous(piece: Int, [Lexicon.Sense])
    /// Words that were understood and found no place.
    case unplaced([Int])

    static func unsound(_ text: String) -> ReadFailure { .decline(Decline(reason: .unsound, text: text)) }
    static func notSupported(_ text: String) -> ReadFailure { .decline(Decline(reason: .notSupported, text: text)) }
}

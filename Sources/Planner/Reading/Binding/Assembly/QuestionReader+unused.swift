/// Words that were understood as words and changed nothing.
extension QuestionReader {
    /// They promise that something was picked, and say not what.
    private static let vague: Set<String> = ["certain", "particular", "specific", "given"]

    /// In the order of the question: what somebody has taught to pass over, and what picks nothing.
    var unused: [String] {
        var words: [String] = []
        for piece in pieces {
            guard case .filler = piece.kind, let word = piece.words.first else { continue }
            let isTaught = overlay.excluded.contains(NameWords.base(word))
            if isTaught || Self.vague.contains(word), !words.contains(piece.text) { words.append(piece.text) }
        }
        return words
    }
}

/// "by source as a percentage": the number that was named, as each group's part of it.
enum SpokenShares {
    private static let forms: Set<String> = [
        "as a percentage", "as percentage", "as percentages", "as percent", "as a percent", "in percentages",
    ]

    /// What still says nothing but how a number is to be written.
    static func isForm(_ piece: Piece) -> Bool {
        piece.grammar == .remark && forms.contains(piece.words.joined(separator: " "))
    }

    /// What has become the share that it asks for.
    static func wasForm(_ piece: Piece) -> Bool {
        piece.grammar == .percent && forms.contains(piece.words.joined(separator: " "))
    }

    /// At the end of a question that compares nothing and names no other share.
    static func settled(_ pieces: [Piece]) -> [Piece] {
        guard let last = pieces.lastIndex(where: { !$0.isSilent || isForm($0) }), isForm(pieces[last]),
            pieces.contains(where: { [.by, .group, .each].contains($0.grammar) || $0.time?.grain != nil }),
            !pieces.contains(where: isCompared)
        else { return pieces }
        var settled = pieces
        settled[last].kind = .grammar(.percent)
        return settled
    }

    private static func isCompared(_ piece: Piece) -> Bool {
        switch piece.grammar {
        case .versus?, .compare?, .difference?, .ratio?, .percent?, .outOf?, .running?, .superlative?: return true
        default: break
        }
        switch piece.time?.meaning {
        case .comparison?, .against?: return true
        default: return false
        }
    }
}

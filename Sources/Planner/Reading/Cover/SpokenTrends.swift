/// "Is churn going up?": yes or no is seen in how the number went.
enum SpokenTrends {
    private static let verbs: Set<String> = [
        "growing", "shrinking", "rising", "falling", "declining", "decreasing", "increasing", "improving", "worsening",
        "dropping", "climbing", "going up", "going down", "getting better", "getting worse", "trending up",
        "trending down", "trending upwards", "trending downwards",
    ]

    private static let auxiliaries: Set<String> = ["is", "are", "was", "were"]

    /// The verb at the end of a yes-or-no question becomes the trend that answers it.
    static func settled(_ pieces: [Piece]) -> [Piece] {
        guard let first = pieces.first?.words.first, auxiliaries.contains(first),
            !pieces.contains(where: { isOtherwiseCompared($0) })
        else { return pieces }
        let found = pieces.indices.compactMap { index in verb(at: index, in: pieces) }
        guard found.count == 1, let verb = found.first, verb.lowerBound > 0,
            pieces[verb.upperBound...].allSatisfy({ $0.isSilent || $0.isPeriod || $0.isPassedOver })
        else { return pieces }
        var settled = pieces
        for index in verb { settled[index].kind = .filler }
        settled[verb.lowerBound].kind = .grammar(.overTime)
        return settled
    }

    /// One piece or two, as they were cut.
    private static func verb(at index: Int, in pieces: [Piece]) -> Range<Int>? {
        for count in [2, 1] where index + count <= pieces.count {
            let range = index..<index + count
            guard pieces[range].allSatisfy(isFree),
                verbs.contains(pieces[range].flatMap(\.words).joined(separator: " "))
            else { continue }
            return range
        }
        return nil
    }

    private static func isFree(_ piece: Piece) -> Bool {
        piece.isUnknown || piece.isSilent || [.unsupported, .ascending, .descending].contains(piece.grammar)
    }

    private static func isOtherwiseCompared(_ piece: Piece) -> Bool {
        switch piece.grammar {
        case .versus?, .compare?, .difference?, .superlative?, .which?, .howMany?, .overTime?, .than?: return true
        default: break
        }
        switch piece.time?.meaning {
        case .comparison?, .against?, .overTime?, .cycle?, .asOf?: return true
        default: return false
        }
    }
}

/// "The second highest": a place behind the first one.
enum SpokenPlaces {
    static func settled(_ pieces: [Piece]) -> [Piece] {
        var pieces = pieces
        for index in pieces.indices.dropLast() {
            guard let place = place(pieces[index]), let next = pieces.follower(of: index),
                case .superlative? = pieces[next].grammar, pieces[next].words != ["top"]
            else { continue }
            pieces[index].kind = .grammar(.place(place))
        }
        return pieces
    }

    private static func place(_ piece: Piece) -> Int? {
        if let span = piece.quantity, span.unit == .ordinal, case .number(let number) = span.meaning {
            return Int(number.description).flatMap { (2...20).contains($0) ? $0 : nil }
        }
        guard piece.isUnknown, piece.words.count == 1, let word = piece.words.first else { return nil }
        return ordinals.firstIndex(of: word).map { $0 + 2 }
    }

    private static let ordinals = [
        "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ]
}

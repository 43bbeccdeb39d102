/// Chooses which of the overlapping readings of a question's stretches stand, so that together they explain most of it.
struct Cover {
    struct Candidate {
        var piece: Piece
        var weight: Double
    }

    /// The pieces of the best cover, in order; every token is in exactly one.
    static func best(_ candidates: [Candidate], count: Int) -> [Piece] {
        var starts: [[Int]] = Array(repeating: [], count: count)
        for (index, candidate) in candidates.enumerated() { starts[candidate.piece.range.lowerBound].append(index) }
        var best = Array(repeating: -Double.infinity, count: count + 1)
        var from: [Int?] = Array(repeating: nil, count: count + 1)
        best[0] = 0
        for start in 0..<count where best[start] > -.infinity {
            for index in starts[start] {
                let end = candidates[index].piece.range.upperBound
                let score = best[start] + candidates[index].weight
                if score > best[end] + 1e-9 {
                    best[end] = score
                    from[end] = index
                }
            }
        }
        var pieces: [Piece] = []
        var end = count
        while end > 0, let index = from[end] {
            pieces.append(candidates[index].piece)
            end = candidates[index].piece.range.lowerBound
        }
        return pieces.reversed()
    }
}

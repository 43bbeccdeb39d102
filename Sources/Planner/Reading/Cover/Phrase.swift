/// Words of a question that stand for one thing, with what binds them to what stands before.
struct Phrase: Sendable {
    struct Superlative: Sendable {
        var piece: Int
        var isDescending: Bool
        var quality: Grammar.Quality?
    }

    /// Grammar between the phrase before and this one, in order, and the pieces it is made of.
    var links: [Grammar] = []
    var linkPieces: [Int] = []
    /// Verbs that bind it to what stands before.
    var verbs: [Int] = []
    var isEach = false
    var isWhich = false
    var isDistinct = false
    /// "how many", "number of".
    var count: Int?
    var isHowLong = false
    var aggregate: (piece: Int, Measure.Aggregate)?
    var total: Int?
    var superlative: Superlative?
    /// "top 5", "3 cities with the most".
    var limit: (piece: Int, Int)?
    var percent: Int?
    var ratio: Int?
    var difference: Int?
    /// "largest" of a difference or a time between two.
    var outer: Superlative?
    /// "time between".
    var elapsed: Int?
    /// "no", "never", "without".
    var negation: Int?
    var quantity: Int?
    var time: Int?
    /// Terms and quoted texts.
    var terms: [Int] = []
    /// Pieces that only hold it together; used when it is.
    var glue: [Int] = []

    var hasContent: Bool { !terms.isEmpty || quantity != nil || time != nil }
    var hasDeterminer: Bool {
        count != nil || aggregate != nil || total != nil || superlative != nil || percent != nil || ratio != nil
            || difference != nil || elapsed != nil || isHowLong || isDistinct || limit != nil
    }
    var isEmpty: Bool { !hasContent && !hasDeterminer }

    func links(_ grammar: Grammar) -> Bool { links.contains(grammar) }
    var isAnd: Bool { links.contains(.and) || links.contains(.comma) || links.contains(.open) }
    var startsSentence: Bool { links.contains(.sentence) }
}

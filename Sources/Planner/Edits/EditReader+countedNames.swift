/// "how many customers is that?", "what was the total amount?": of what was answered before, and not of everything.
extension EditReader {
    /// What is counted must be what was listed, counted or split by; nothing else tells how many of it were shown.
    mutating func readCountOfNamed() throws -> Bool {
        guard text.countsNamed else { return false }
        let terms = pieces.filter { !$0.entries.isEmpty }
        guard terms.count == 1, case .table(let named)? = terms[0].entries.first?.sense else {
            throw ReadFailure.unplaced([])
        }
        let table = model.tables[named].id
        if let counted = try countOfAnswer() {
            guard case .countOf(table, _) = counted else { throw ReadFailure.unplaced([]) }
            edits = [counted]
            return true
        }
        let isListed = earlier.recipe == .list && earlier.subject == table && earlier.limit == nil
        let isCounted =
            earlier.measures.count == 1 && earlier.limit == nil && earlier.comparison == nil
            && model.tableCounted(by: earlier.measures[0]) == table
        guard isListed || isCounted else { throw ReadFailure.unplaced([]) }
        edits = [.count]
        return true
    }

    /// "what industry are they in?": a column of what was listed or ranked, beside it.
    mutating func readColumnOfShown() throws -> Bool {
        guard text.asksOfShown, let term = pieces.firstIndex(where: { !$0.entries.isEmpty }) else { return false }
        if earlier.measures.isEmpty {
            cue = .add
            guard try readColumns([term]) else { throw ReadFailure.unplaced([term]) }
            return true
        }
        guard let column = described(try dimension([term]).0) else { throw ReadFailure.unplaced([term]) }
        edits = [.addColumns([column])]
        return true
    }

    /// A number of the rows that were counted, with all that was said of them.
    mutating func readTotalOfCounted() throws -> Bool {
        guard text.asksForTotal, earlier.measures.count == 1, earlier.comparison == nil, earlier.limit == nil,
            earlier.having.isEmpty, let counted = model.tableCounted(by: earlier.measures[0]),
            let base = reader.draft.subject, model.tables[base].id == counted
        else { return false }
        var aggregate: Measure.Aggregate?
        var found: [Int] = []
        for piece in pieces {
            if case .grammar(.aggregate(let said)) = piece.kind { aggregate = said }
            if piece.grammar == .total { aggregate = .sum }
            guard let best = piece.entries.first else { continue }
            guard case .column(let column) = best.sense, model.columns[column].table == base,
                model.columns[column].role == .measure, model.columns[column].kind == .number
            else { return false }
            if piece.words.first == "total", aggregate == nil { aggregate = .sum }
            found.append(column)
        }
        guard let aggregate, found.count == 1 else { return false }
        edits = earlier.dimensions.map { .removeDimension($0) }
        edits.append(.replaceMeasure(.aggregate(aggregate, .column(try reader.routed(found[0], base)))))
        assumptions.append("Of the rows that were counted before.")
        return true
    }
}

extension EditText {
    private static let closings: Set<String> = [
        "is that", "are that", "are those", "are these", "is this", "was that", "were those", "is it", "are they",
        "were they", "would that be", "does that make", "did that make",
    ]

    /// "how many customers is that?"
    var countsNamed: Bool {
        let said = words.filter { $0.contains { $0.isLetter } }
        guard said.starts(with: ["how", "many"]), (5...7).contains(said.count) else { return false }
        return Self.closings.contains(said.suffix(2).joined(separator: " "))
            || Self.closings.contains(said.suffix(3).joined(separator: " "))
    }

    private static let belonging: Set<String> = [
        "what", "which", "are", "do", "were", "have", "in", "on", "from", "of", "at", "they", "belong", "to", "the",
        "come",
    ]

    /// "what industry are they in?"
    var asksOfShown: Bool {
        guard ["what", "which"].contains(words.first ?? ""), words.contains("they"), pieces.count <= 7 else {
            return false
        }
        let terms = pieces.filter { !$0.entries.isEmpty }
        guard terms.count == 1, case .column? = terms[0].entries.first?.sense else { return false }
        return pieces.allSatisfy { piece in
            !piece.entries.isEmpty
                || piece.words.allSatisfy { Self.belonging.contains($0) || !$0.contains { $0.isLetter } }
        }
    }

    /// "what is the total amount?": nothing tells of what.
    var asksForTotal: Bool {
        guard ["what", "whats"].contains(words.first ?? ""), words.contains("the"), pieces.count <= 6 else {
            return false
        }
        var isAggregated = false
        for piece in pieces {
            switch piece.kind {
            case .grammar(.total), .grammar(.aggregate): isAggregated = true
            case .term: if piece.words.first == "total" { isAggregated = true }
            case .filler, .grammar(.which), .grammar(.be), .grammar(.sentence), .grammar(.howMuch), .grammar(.show):
                break
            default: return false
            }
        }
        return isAggregated && pieces.filter { !$0.entries.isEmpty }.count == 1
    }

    /// "and finance?", "only enterprise": the rest of something, and nothing that is asked for.
    var isRest: Bool {
        guard let first = words.first, Self.resting.contains(first), leansBackOnly else { return false }
        return !asksByItself
    }

    private static let resting: Set<String> = ["and", "only", "just", "also", "or", "but", "same", "solely", "plus"]
    private var leansBackOnly: Bool { !mayStandAlone && pieces.count <= 6 }

    /// "who are the advisors?": a name with an article, and nothing about it.
    var asksForNamed: Bool {
        guard ["who", "what", "which"].contains(words.first ?? ""), words.contains("the") else { return false }
        var names = 0
        for piece in pieces {
            switch piece.kind {
            case .term(let entries):
                guard case .column? = entries.first?.sense else { return false }
                names += 1
            case .unknown: names += 1
            case .filler, .grammar(.which), .grammar(.be), .grammar(.show), .grammar(.relative), .grammar(.sentence):
                break
            default: return false
            }
        }
        return names == 1
    }
}

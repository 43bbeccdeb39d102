/// How many rows are shown, which come next, in which order, and of which size.
extension EditReader {
    private static let courtesy: Set<String> = [
        "please", "show", "me", "and", "the", "give", "us", "then", "now", "?", ".", "!", ",", "ones", "rows", "also",
        "them", "of",
    ]

    /// "next 5", "the rest", "make it 10", "only the last 6": the whole text says how many.
    mutating func readCounted() throws -> Bool {
        let numbers = pieces.compactMap { piece -> Int? in
            guard case .number(let number)? = piece.quantity?.meaning, piece.quantity?.unit == nil else { return nil }
            return Int(number.description)
        }
        let others = pieces.filter { $0.quantity == nil }
        guard others.allSatisfy({ $0.time == nil }), numbers.count + others.count == pieces.count else { return false }
        let words = others.flatMap(\.words).filter { !Self.courtesy.contains($0) }
        let said = words.joined(separator: " ")
        if ["next", "more", "following"].contains(said), numbers.count < 2 { return try readNext(numbers.first) }
        if ["rest", "others", "remaining", "all others"].contains(said), numbers.isEmpty {
            return try readNext(nil, isAll: true)
        }
        if said == "last" || said == "only last" || said == "just last", numbers.count == 1, let grain = shownGrain {
            let column = try earlier.time?.column ?? timeColumn()
            edits = [.period(.init(column: column, period: .complete(count: numbers[0], grain, isFiscal: false)))]
            return true
        }
        let isOther = ["", "instead", "only", "just", "make it", "up to"].contains(said)
        guard isOther, let limit = earlier.limit, let first = numbers.first, first > 0,
            numbers.count == 1 || said == "instead" && numbers == [first, limit]
        else { return false }
        edits = [.top(first, isDescending: earlier.order.first?.isDescending ?? true)]
        return true
    }

    private mutating func readNext(_ count: Int?, isAll: Bool = false) throws -> Bool {
        guard let limit = earlier.limit else {
            throw ReadFailure.unsound("Nothing was left out there, so there are no further ones.")
        }
        if let count, count < 1 { return false }
        edits = [.next(isAll ? nil : count ?? limit)]
        return true
    }

    private var shownGrain: TimeGrain? {
        earlier.dimensions.lazy.compactMap { if case .time(_, let grain) = $0 { grain } else { nil } }.first
    }

    /// "above 10000", "only those with more than 3": groups by their number.
    mutating func readHaving(_ index: Int) -> Bool {
        guard let span = pieces[index].quantity, case .compare(let comparator, let number) = span.meaning,
            earlier.measures.count == 1, earlier.comparison == nil, [.none, .only, .add].contains(cue),
            earlier.dimensions.contains(where: { !$0.isTime })
        else { return false }
        switch span.unit {
        case nil, .money?: break
        case .percent? where earlier.recipe == .share: break
        default: return false
        }
        edits.append(.having(.init(measure: earlier.measures[0], comparator: comparator, number: number)))
        awaitsTerms = false
        cue = .none
        return true
    }

    // MARK: Columns of a list

    /// "show industry too": beside the columns of a list.
    mutating func readColumns(_ terms: [Int]) throws -> Bool {
        guard earlier.recipe == .list, earlier.measures.isEmpty, !isReplacing, cue == .add || isInclusive,
            let base = reader.draft.subject, !terms.isEmpty
        else { return false }
        var columns: [ColumnID] = []
        for index in terms {
            // A number of its own is no column of the rows.
            guard case .column? = pieces[index].entries.first?.sense else { return false }
            let named = pieces[index].entries.filter { $0.quality >= 0.85 }.compactMap { entry -> Int? in
                if case .column(let column) = entry.sense { column } else { nil }
            }
            let own = named.filter { model.columns[$0].table == base }
            guard let column = own.count == 1 ? own[0] : named.count == 1 ? named[0] : nil else { return false }
            try reader.reach(model.columns[column].table, from: base)
            columns.append(try reader.routed(column, base))
        }
        // A list that shows whatever there is shows them already.
        guard !earlier.columns.isEmpty else { return false }
        edits.append(.addColumns(columns))
        return true
    }
}
